//! A PostgreSQL server of one test's own, which may be stopped and started again. Gone when dropped.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

use crate::database::{PostgresDatabase, TemporaryFolder};

/// Where Debian's packages of PostgreSQL put their programs: a folder for each major version, `bin` in it.
const VERSIONS: &str = "/usr/lib/postgresql";

/// Ports of such servers. They are below those that outgoing connections are given (`ip_local_port_range`), so that
/// nobody takes a server's port while it is stopped.
const PORTS: std::ops::Range<u16> = 20_000..32_000;

/// What the server writes when it can be asked: `… connections`, or `… read-only connections`.
const READY: &str = "database system is ready to accept ";

static NEXT: AtomicU16 = AtomicU16::new(0);

/// How a server is asked to end. Described in PostgreSQL's documentation, "Shutting Down the Server".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shutdown {
    /// Transactions are rolled back, connections are ended, everything is written: `SIGINT`.
    Fast,
    /// As a crash: the next start recovers from the log. `SIGQUIT`.
    Immediate,
}

/// A PostgreSQL server that listens on a port of 127.0.0.1 of its own and keeps what it acknowledged (`fsync` is on).
pub struct PostgresServer {
    folder: TemporaryFolder,
    settings: Vec<String>,
    port: u16,
    process: Option<Child>,
}

impl PostgresServer {
    /// Makes one and waits until it can be asked. Settings are as in its file: `max_connections = 20`.
    ///
    /// # Panics
    /// When PostgreSQL is not installed, or does not start.
    pub fn start(settings: &[&str]) -> PostgresServer {
        let folder = own_folder();
        let made = program("initdb", folder.path())
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"])
            .arg(folder.path().join("data"))
            .output()
            .unwrap_or_else(|error| panic!("cannot run initdb: {error}"));
        assert!(made.status.success(), "initdb failed: {}", String::from_utf8_lossy(&made.stderr));
        let settings = settings.iter().map(|setting| (*setting).to_owned()).collect();
        PostgresServer::start_in(folder, settings)
    }

    /// A streaming replica of it with the same settings.
    ///
    /// # Panics
    /// When it cannot be copied, or the replica does not start.
    pub fn create_replica(&self) -> PostgresServer {
        let folder = own_folder();
        let copied = program("pg_basebackup", folder.path())
            .args(["--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync", "--pgdata"])
            .arg(folder.path().join("data"))
            .args(["--dbname", &self.url()])
            .output()
            .unwrap_or_else(|error| panic!("cannot run pg_basebackup: {error}"));
        assert!(copied.status.success(), "pg_basebackup failed: {}", String::from_utf8_lossy(&copied.stderr));
        PostgresServer::start_in(folder, self.settings.clone())
    }

    fn start_in(folder: TemporaryFolder, settings: Vec<String>) -> PostgresServer {
        let mut server = PostgresServer { folder, settings, port: 0, process: None };
        for port in free_ports() {
            server.port = port;
            match server.launch() {
                Ok(()) => return server,
                // Somebody else took the port in between.
                Err(log) if log.contains("Address already in use") => {}
                Err(log) => panic!("PostgreSQL does not start: {log}"),
            }
        }
        panic!("no port of {PORTS:?} is free");
    }

    /// Its URL without a database: `postgres://postgres@127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}", self.port)
    }

    /// An empty database of it.
    ///
    /// # Panics
    /// When it is stopped.
    pub fn create_database(&self) -> PostgresDatabase {
        PostgresDatabase::create_on(self.url())
    }

    /// A database of it that is there already, by its name.
    pub fn database(&self, name: &str) -> PostgresDatabase {
        PostgresDatabase::of_server(self.url(), name)
    }

    /// Asks it to end and waits until it is gone.
    ///
    /// # Panics
    /// When it is stopped already.
    pub fn stop(&mut self, shutdown: Shutdown) {
        let mut process = self.process.take().expect("a server that runs");
        let signal = match shutdown {
            Shutdown::Fast => "-INT",
            Shutdown::Immediate => "-QUIT",
        };
        let sent = Command::new("kill").args([signal, &process.id().to_string()]).status().expect("kill");
        assert!(sent.success());
        process.wait().expect("the server's end");
    }

    /// Starts it again, on the same port with the same data, and waits until it can be asked.
    ///
    /// # Panics
    /// When it runs, or does not start.
    pub fn start_again(&mut self) {
        assert!(self.process.is_none(), "the server runs");
        self.launch().unwrap_or_else(|log| panic!("PostgreSQL does not start again: {log}"));
    }

    /// Starts the process and waits until it can be asked. What it wrote, where it ends instead.
    fn launch(&mut self) -> Result<(), String> {
        let mut command = program("postgres", self.folder.path());
        command.arg("-D").arg(self.folder.path().join("data"));
        let port = format!("port = {}", self.port);
        let socket = format!("unix_socket_directories = {}", self.folder.path().display());
        let fixed = ["listen_addresses = 127.0.0.1", "timezone = UTC", "lc_messages = C", &port, &socket];
        for setting in fixed.into_iter().chain(self.settings.iter().map(String::as_str)) {
            let (name, value) = setting.split_once('=').unwrap_or_else(|| panic!("{setting} is no setting"));
            command.arg("-c").arg(format!("{}={}", name.trim(), value.trim()));
        }
        let mut process = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot run postgres: {error}"));
        let log = BufReader::new(process.stderr.take().expect("a pipe"));
        match until_ready(log) {
            Ok(log) => {
                let mut file = File::create(self.folder.path().join("log")).expect("a file for the log");
                // Ends with the server, whose last line closes the pipe.
                std::thread::spawn(move || std::io::copy(&mut { log }, &mut file));
                self.process = Some(process);
                Ok(())
            }
            Err(log) => {
                let _ = process.wait();
                Err(log)
            }
        }
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        if self.process.is_some() {
            self.stop(Shutdown::Immediate);
        }
    }
}

/// The log after the line that says that the server can be asked; all of it, where there is no such line.
fn until_ready(mut log: BufReader<ChildStderr>) -> Result<BufReader<ChildStderr>, String> {
    let mut all = String::new();
    loop {
        let begin = all.len();
        match log.read_line(&mut all) {
            Ok(0) | Err(_) => return Err(all),
            Ok(_) if all[begin..].contains(READY) => return Ok(log),
            Ok(_) => {}
        }
    }
}

/// Ports on which nobody listens now, other ones for each process and call first.
fn free_ports() -> impl Iterator<Item = u16> {
    let count = PORTS.end - PORTS.start;
    let process = u16::try_from(std::process::id() % u32::from(count)).unwrap_or_default();
    let first = process.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(97));
    (0..count)
        .map(move |step| PORTS.start + (first % count + step) % count)
        .filter(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
}

/// A folder for programs that refuse to run as root: that of `postgres`, if root makes it.
pub(crate) fn own_folder() -> TemporaryFolder {
    let folder = TemporaryFolder::create();
    if is_root() {
        let owned = Command::new("chown").arg("postgres").arg(folder.path()).status().expect("chown");
        assert!(owned.success(), "cannot give {} to postgres", folder.path().display());
    }
    folder
}

/// A program of PostgreSQL.
fn program(name: &str, folder: &Path) -> Command {
    not_as_root(&newest_version().join("bin").join(name), folder)
}

/// A program that refuses to run as root: root runs it as `postgres`.
pub(crate) fn not_as_root(path: &Path, folder: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(path);
        command
    } else {
        Command::new(path)
    };
    command.current_dir(folder);
    command
}

/// The folder of the newest version that is installed.
fn newest_version() -> PathBuf {
    let versions = std::fs::read_dir(VERSIONS).into_iter().flatten().flatten().map(|entry| entry.path());
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    versions
        .filter(|path| path.join("bin/initdb").exists())
        .max_by_key(number)
        .unwrap_or_else(|| panic!("PostgreSQL is not installed in {VERSIONS}; ./scripts/test installs it"))
}

/// Whether this process is root's: whose its entry in `/proc` is.
fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0)
}
