//! Opens connections: reads the URL, chooses TLS, settles the session. Refuses to know: pools, plans.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::{CancelToken, Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::connection::Connection;
use super::fault::told_to_operator;
use crate::DatabaseError;

/// Longest wait for a connection to be made, unless the URL says otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How much longer than a statement a transaction may wait for its next one; nobody leaves one open on purpose.
const IDLE_IN_TRANSACTION: Duration = Duration::from_secs(5);

/// Everything needed to open one more connection.
pub(super) struct Connector {
    config: Config,
    tls: Tls,
    statement_timeout: Duration,
}

/// How connections are encrypted.
#[derive(Clone)]
enum Tls {
    /// Not at all: `sslmode=disable`, unix sockets.
    None,
    /// As `sslmode` says.
    Rustls(MakeRustlsConnect),
}

/// What `sslmode` and `sslrootcert` ask of the server's certificate; the driver itself knows neither.
#[derive(Debug, PartialEq, Eq)]
enum Trust {
    /// `prefer`, `require`: encrypted, but any certificate will do (as libpq does).
    Anything,
    /// `verify-ca`, `verify-full`: a certificate for this host by a public authority or by those in the file.
    Verified(Option<PathBuf>),
}

impl Connector {
    /// Reads the URL; opens nothing yet.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`]; the text repeats nothing of the URL, which may hold a password.
    pub(super) fn new(url: &str, statement_timeout: Duration) -> Result<Connector, DatabaseError> {
        let (url, trust) = take_trust(url);
        let mut config: Config = url.parse().map_err(|_| {
            DatabaseError::Unavailable(
                "the URL cannot be read; it should look like `postgres://user:password@host:5432/database`".to_owned(),
            )
        })?;
        if config.get_application_name().is_none() {
            config.application_name("purlin");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT_TIMEOUT);
        }
        if matches!(trust, Trust::Verified(_)) {
            config.ssl_mode(SslMode::Require);
        }
        let unix = config.get_hosts().iter().any(|host| matches!(host, Host::Unix(_)));
        let tls = match config.get_ssl_mode() {
            SslMode::Disable => Tls::None,
            _ if unix => Tls::None,
            _ => Tls::Rustls(MakeRustlsConnect::new(client_config(trust)?)),
        };
        if matches!(tls, Tls::None) {
            config.ssl_mode(SslMode::Disable);
        }
        Ok(Connector { config, tls, statement_timeout })
    }

    /// Opens a connection for plans.
    ///
    /// # Errors
    /// [`DatabaseError::Unavailable`] with the server's or the system's reason.
    pub(super) async fn connect(&self) -> Result<Connection, DatabaseError> {
        self.open(self.statement_timeout).await
    }

    /// Opens a connection whose statements may take as long as they need: migrations, introspection, seeds.
    ///
    /// # Errors
    /// As [`Connector::connect`].
    pub(super) async fn connect_unhurried(&self) -> Result<Connection, DatabaseError> {
        self.open(Duration::ZERO).await
    }

    /// Asks the server to stop what the connection of `token` is running. Whether it did is not known afterwards.
    pub(super) async fn cancel(&self, token: &CancelToken) -> Result<(), tokio_postgres::Error> {
        match &self.tls {
            Tls::None => token.cancel_query(NoTls).await,
            Tls::Rustls(tls) => token.cancel_query(tls.clone()).await,
        }
    }

    async fn open(&self, statement_timeout: Duration) -> Result<Connection, DatabaseError> {
        let unavailable = |error: tokio_postgres::Error| DatabaseError::Unavailable(told_to_operator(&error));
        let (client, driver) = match &self.tls {
            Tls::None => {
                let (client, connection) = self.config.connect(NoTls).await.map_err(unavailable)?;
                (client, tokio::spawn(async move { log_end(connection.await) }))
            }
            Tls::Rustls(tls) => {
                let (client, connection) = self.config.connect(tls.clone()).await.map_err(unavailable)?;
                (client, tokio::spawn(async move { log_end(connection.await) }))
            }
        };
        settle(&client, statement_timeout).await.map_err(unavailable)?;
        Ok(Connection::new(client, driver))
    }
}

/// Fixes every session setting that changes what statements mean or how values are printed, and compiles no statement to
/// machine code: that takes longer than what it would save a request.
async fn settle(client: &Client, statement_timeout: Duration) -> Result<(), tokio_postgres::Error> {
    let limit = statement_timeout.as_millis();
    let idle = if limit == 0 { 0 } else { (statement_timeout + IDLE_IN_TRANSACTION).as_millis() };
    let settings = format!(
        "set time zone 'UTC'; set statement_timeout = {limit}; set idle_in_transaction_session_timeout = {idle}; \
         set extra_float_digits = 1; set standard_conforming_strings = on; set datestyle = 'ISO, YMD'; \
         set intervalstyle = 'postgres'; set bytea_output = 'hex'; set jit = off"
    );
    client.batch_execute(&settings).await
}

fn log_end(result: Result<(), tokio_postgres::Error>) {
    if let Err(error) = result {
        tracing::warn!(reason = told_to_operator(&error), "a database connection ended");
    }
}

/// Takes the parts of `sslmode` and `sslrootcert` out of the URL that the driver does not know.
fn take_trust(url: &str) -> (String, Trust) {
    let Some((base, query)) = url.split_once('?') else {
        return (url.to_owned(), Trust::Anything);
    };
    let mut trust = Trust::Anything;
    let mut kept = Vec::new();
    for pair in query.split('&') {
        match pair.split_once('=') {
            Some(("sslmode", "verify-full" | "verify-ca")) if trust == Trust::Anything => {
                trust = Trust::Verified(None);
            }
            Some(("sslmode", "verify-full" | "verify-ca")) => {}
            Some(("sslrootcert", path)) => trust = Trust::Verified(Some(PathBuf::from(path.replace("%2F", "/")))),
            _ => kept.push(pair),
        }
    }
    (format!("{base}?{}", kept.join("&")), trust)
}

fn client_config(trust: Trust) -> Result<ClientConfig, DatabaseError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| DatabaseError::Unavailable(format!("TLS cannot be set up: {error}")))?;
    Ok(match trust {
        Trust::Anything => builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(AnyCertificate { provider }))
            .with_no_client_auth(),
        Trust::Verified(file) => builder.with_root_certificates(roots(file)?).with_no_client_auth(),
    })
}

fn roots(file: Option<PathBuf>) -> Result<RootCertStore, DatabaseError> {
    let Some(file) = file else {
        return Ok(RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() });
    };
    let unreadable = |reason: String| {
        DatabaseError::Unavailable(format!(
            "the certificates of `sslrootcert` in {} are not usable: {reason}",
            file.display()
        ))
    };
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(&file).map_err(|error| unreadable(error.to_string()))? {
        let certificate = certificate.map_err(|error| unreadable(error.to_string()))?;
        roots.add(certificate).map_err(|error| unreadable(error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(unreadable("there are none".to_owned()));
    }
    Ok(roots)
}

/// Accepts every certificate, but insists that the server holds its key: `sslmode=require` encrypts, nothing more.
#[derive(Debug)]
struct AnyCertificate {
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _certificate: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connector(url: &str) -> Result<Connector, DatabaseError> {
        Connector::new(url, Duration::from_secs(1))
    }

    #[test]
    fn verification_is_read_from_the_url() {
        for (url, kept, trust) in [
            ("postgres://a@b/c", "postgres://a@b/c", Trust::Anything),
            ("postgres://a@b/c?sslmode=require", "postgres://a@b/c?sslmode=require", Trust::Anything),
            ("postgres://a@b/c?sslmode=verify-full", "postgres://a@b/c?", Trust::Verified(None)),
            (
                "postgres://a@b/c?sslrootcert=%2Fca.pem&sslmode=verify-ca&connect_timeout=3",
                "postgres://a@b/c?connect_timeout=3",
                Trust::Verified(Some(PathBuf::from("/ca.pem"))),
            ),
        ] {
            assert_eq!(take_trust(url), (kept.to_owned(), trust));
        }
    }

    #[test]
    fn tls_is_used_unless_refused_or_local() {
        let encrypted = |url| matches!(connector(url).unwrap().tls, Tls::Rustls(_));
        assert!(encrypted("postgres://a@b/c"));
        assert!(encrypted("postgres://a@b/c?sslmode=require"));
        assert!(encrypted("postgres://a@b/c?sslmode=verify-full"));
        assert!(!encrypted("postgres://a@b/c?sslmode=disable"));
        assert!(!encrypted("postgres:///c?host=/var/run/postgresql"));
    }

    #[test]
    fn an_unreadable_url_is_not_repeated() {
        let Err(error) = connector("postgres://user:se?cret@host:x/d") else { panic!("the URL was accepted") };
        assert!(!error.to_string().contains("cret"), "{error}");
    }

    #[test]
    fn missing_certificates_are_an_error() {
        let Err(error) = connector("postgres://a@b/c?sslrootcert=/nowhere/ca.pem") else { panic!("accepted") };
        assert!(error.to_string().contains("/nowhere/ca.pem"), "{error}");
    }
}
