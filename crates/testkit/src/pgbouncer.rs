//! A PgBouncer of one test's own. Gone when dropped.

use std::fs::{self, File};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Stdio};

use crate::database::{PostgresDatabase, TemporaryFolder};
use crate::server::{not_as_root, own_folder};
use crate::until;

/// Where Debian's package puts it.
const PROGRAM: &str = "/usr/sbin/pgbouncer";
/// The port in the name of its socket.
const PORT: u16 = 6432;

/// PgBouncer with `pool_mode = transaction` before the databases of a server, reached by a socket in a folder of its own.
/// Its connections take turns, so that two transactions are seldom on the same one.
pub struct PgBouncer {
    folder: TemporaryFolder,
    process: Child,
}

impl PgBouncer {
    /// Starts one that has so many connections to each database, and waits until it can be asked.
    ///
    /// # Panics
    /// When it is not installed or does not start.
    pub fn start(database: &PostgresDatabase, connections: usize) -> PgBouncer {
        let folder = own_folder();
        let (host, port) = database.address();
        let place = folder.path().display();
        let settings = format!(
            "[databases]\n* = host={host} port={port} user=postgres\n\
             [pgbouncer]\nlisten_addr =\nlisten_port = {PORT}\nunix_socket_dir = {place}\nauth_type = any\n\
             auth_file = {place}/users\npool_mode = transaction\ndefault_pool_size = {connections}\n\
             min_pool_size = {connections}\nserver_round_robin = 1\nmax_client_conn = 200\n"
        );
        for (name, text) in [("pgbouncer.ini", &*settings), ("users", "\"postgres\" \"\"\n")] {
            fs::write(folder.path().join(name), text).expect("a file of settings");
        }
        let log = File::create(folder.path().join("log")).expect("a file for the log");
        let process = not_as_root(Path::new(PROGRAM), folder.path())
            .arg("pgbouncer.ini")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| panic!("cannot run {PROGRAM}: {error}; ./scripts/test installs it"));
        let mut pooler = PgBouncer { folder, process };
        until("PgBouncer starts", || {
            let has_ended = matches!(pooler.process.try_wait(), Ok(Some(_)));
            assert!(!has_ended, "PgBouncer does not start: {}", pooler.log());
            UnixStream::connect(pooler.folder.path().join(format!(".s.PGSQL.{PORT}"))).is_ok()
        });
        pooler
    }

    /// The database as one sees it through the pooler.
    pub fn pooled(&self, database: &PostgresDatabase) -> PostgresDatabase {
        let folder = self.folder.path().display().to_string().replace('/', "%2F");
        PostgresDatabase::of_server(format!("postgres://postgres@{folder}:{PORT}"), database.name())
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for PgBouncer {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.log());
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
