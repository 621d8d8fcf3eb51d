//! A PostgreSQL database and a folder for one test each, gone when dropped.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// Names the server's URL without a database: `postgres://postgres@127.0.0.1:PORT`.
const SERVER_VARIABLE: &str = "PURLIN_TEST_POSTGRES";

static NEXT: AtomicU32 = AtomicU32::new(0);

fn unique_name() -> String {
    format!("purlin_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// An empty PostgreSQL database of its own (UTF-8, collation C, time zone UTC).
pub struct PostgresDatabase {
    server: String,
    name: String,
    /// Whether it goes when dropped.
    own: bool,
}

impl PostgresDatabase {
    /// Makes one on the server that `PURLIN_TEST_POSTGRES` names.
    ///
    /// # Panics
    /// When the variable is not set or the server does not answer: `./scripts/test` starts one, and
    /// `eval "$(./scripts/postgres start)"` does so for a shell.
    pub fn create() -> PostgresDatabase {
        let server = std::env::var(SERVER_VARIABLE).unwrap_or_else(|_| {
            panic!("{SERVER_VARIABLE} is not set; run ./scripts/test, or: eval \"$(./scripts/postgres start)\"")
        });
        PostgresDatabase::create_on(server)
    }

    /// Makes one on the server with this URL.
    pub(crate) fn create_on(server: String) -> PostgresDatabase {
        let database = PostgresDatabase { server, name: unique_name(), own: true };
        database.psql("postgres", &format!("create database {} template template0", database.name));
        database
    }

    /// Another one with the same content. Nobody may be connected to this one meanwhile.
    ///
    /// # Panics
    /// When somebody is.
    pub fn copy(&self) -> PostgresDatabase {
        let copy = PostgresDatabase { server: self.server.clone(), name: unique_name(), own: true };
        copy.psql("postgres", &format!("create database {} template {}", copy.name, self.name));
        copy
    }

    /// A database that is there already, and stays.
    pub(crate) fn of_server(server: String, name: &str) -> PostgresDatabase {
        PostgresDatabase { server, name: name.to_owned(), own: false }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Host and port of its server.
    pub(crate) fn address(&self) -> (&str, &str) {
        let address = self.server.rsplit_once('@').map_or(&*self.server, |(_, address)| address);
        address.rsplit_once(':').unwrap_or((address, "5432"))
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("{}/{}", self.server, self.name)
    }

    /// Runs SQL in it.
    ///
    /// # Panics
    /// When a statement fails.
    pub fn execute(&self, sql: &str) {
        self.psql(&self.name, sql);
    }

    /// Runs a file of SQL in it.
    ///
    /// # Panics
    /// When a statement fails.
    pub fn execute_file(&self, path: &Path) {
        run(Command::new("psql").args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f"]).arg(path).arg(self.url()));
    }

    /// The first column of the first row a query gives, as psql prints it.
    ///
    /// # Panics
    /// When the query fails.
    pub fn query(&self, sql: &str) -> String {
        run(Command::new("psql").args(["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-c", sql]).arg(self.url()))
    }

    fn psql(&self, database: &str, sql: &str) {
        let url = format!("{}/{database}", self.server);
        run(Command::new("psql").args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", sql]).arg(url));
    }
}

impl Drop for PostgresDatabase {
    fn drop(&mut self) {
        if !self.own {
            return;
        }
        let url = format!("{}/postgres", self.server);
        let sql = format!("drop database if exists {} with (force)", self.name);
        // A database left behind goes with the test server; a panic here would hide the test's own failure.
        let _ = Command::new("psql").args(["-X", "-q", "-c", &sql]).arg(url).output();
    }
}

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("cannot run psql: {error}"));
    assert!(output.status.success(), "psql failed: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

/// An empty folder of its own.
pub struct TemporaryFolder {
    path: PathBuf,
}

impl TemporaryFolder {
    /// Makes one under the system's folder for temporary files.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn create() -> TemporaryFolder {
        let path = std::env::temp_dir().join(unique_name());
        // A folder of an earlier process with the same id may have been left by a kill.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap_or_else(|error| panic!("cannot make {}: {error}", path.display()));
        TemporaryFolder { path }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
