//! TLS of the server: certificate and key come from files and are replaced without losing a connection.
//!
//! Refuses to know: HTTP.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::problem::Problem;

/// How often the files are looked at.
const INTERVAL: Duration = Duration::from_secs(30);
/// Largest file, in bytes.
const FILE_BYTES: u64 = 1 << 20;

/// The certificate in force, and where the next one comes from.
pub struct Certificates {
    certificate: PathBuf,
    key: PathBuf,
    config: ArcSwap<ServerConfig>,
    /// What the files held when they were read last.
    read: Mutex<Files>,
}

#[derive(PartialEq, Eq)]
struct Files {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

impl Certificates {
    /// Reads the files.
    ///
    /// # Errors
    /// Files that cannot be read, hold no certificate or no key, or do not belong together.
    pub fn load(certificate: &Path, key: &Path) -> Result<Certificates, Problem> {
        let files = Files::read(certificate, key)?;
        Ok(Certificates {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
            config: ArcSwap::from(Arc::new(files.config(certificate)?)),
            read: Mutex::new(files),
        })
    }

    /// Accepts a connection with the certificate in force now.
    pub fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(self.config.load_full())
    }

    /// Reads the files again; whether they hold something new, which is then in force for new connections.
    ///
    /// # Errors
    /// As [`Certificates::load`]; the certificate in force stays.
    pub fn reload(&self) -> Result<bool, Problem> {
        let files = Files::read(&self.certificate, &self.key)?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if *read == files {
            return Ok(false);
        }
        self.config.store(Arc::new(files.config(&self.certificate)?));
        *read = files;
        Ok(true)
    }

    /// Reloads whenever the files change (looked at every 30 s) or, on Unix, the process gets SIGHUP. Never ends.
    pub async fn watch(&self, mut asked: Hangup) {
        loop {
            tokio::select! {
                () = tokio::time::sleep(INTERVAL) => {}
                () = asked.next() => {}
            }
            match self.reload() {
                Ok(true) => tracing::info!("a new certificate is in force"),
                Ok(false) => {}
                Err(problem) => tracing::error!(
                    message_of = problem.message,
                    reasons = problem.reasons.join("; "),
                    "the certificate cannot be replaced; the old one stays in force"
                ),
            }
        }
    }
}

/// SIGHUP, heard from the moment this is made.
pub struct Hangup {
    #[cfg(unix)]
    signal: tokio::signal::unix::Signal,
}

impl Hangup {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the system does not let the process listen.
    pub fn listen() -> std::io::Result<Hangup> {
        Ok(Hangup {
            #[cfg(unix)]
            signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) {
        #[cfg(unix)]
        self.signal.recv().await;
        #[cfg(not(unix))]
        std::future::pending::<()>().await;
    }
}

impl Files {
    fn read(certificate: &Path, key: &Path) -> Result<Files, Problem> {
        Ok(Files { certificate: bytes(certificate)?, key: bytes(key)? })
    }

    /// TLS 1.2 and 1.3, HTTP/2 before HTTP/1.1.
    fn config(&self, place: &Path) -> Result<ServerConfig, Problem> {
        let wrong = |reason: String| {
            Problem::new("tls", "the certificate and its key cannot be used")
                .at(place.display().to_string())
                .because(reason)
                .hint("`tls.certificate` is a PEM file with the whole chain, `tls.key` one with its private key")
        };
        let chain = CertificateDer::pem_slice_iter(&self.certificate).collect::<Result<Vec<_>, _>>();
        let chain = chain.map_err(|error| wrong(format!("the certificate: {error}")))?;
        let key = PrivateKeyDer::from_pem_slice(&self.key).map_err(|error| wrong(format!("the key: {error}")))?;
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let builder = builder.map_err(|error| wrong(error.to_string()))?;
        let config = builder.with_no_client_auth().with_single_cert(chain, key);
        let mut config = config.map_err(|error| wrong(error.to_string()))?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(config)
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Problem> {
    let failed = |error: std::io::Error| Problem::file(path, &error);
    if std::fs::metadata(path).map_err(failed)?.len() > FILE_BYTES {
        return Err(Problem::new("file", format!("`{}` is larger than {FILE_BYTES} bytes", path.display())));
    }
    std::fs::read(path).map_err(failed)
}
