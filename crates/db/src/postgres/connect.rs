//! Opens connections: reads the URL, chooses TLS, settles the session. Refuses to know: pools, plans.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rustls::ClientConfig;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio::net::{TcpStream, UnixStream};
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{CancelToken, Config, NoTls, SimpleQueryMessage};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::connection::Connection;
use super::fault::told_to_operator;
use super::linger::Linger;
use super::position::{Position, cells};
use super::session::{Begins, Setting, of_options, settings, told_once};
use crate::{DatabaseError, Pooler};

/// Longest wait for a connection to be made, unless the URL says otherwise.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// A setting of nobody's, by which one sees whether what a connection says when it begins reaches the server.
const PROBE: &str = "purlin.probe";

/// PostgreSQL's port where the URL names none.
const PORT: u16 = 5432;

/// Why a request to stop a statement did not arrive.
type CancelError = Box<dyn std::error::Error + Send + Sync>;

/// Everything needed to open one more connection.
pub(super) struct Connector {
    config: Config,
    tls: Tls,
    statement_timeout: Duration,
    pooler: Pooler,
    /// What the URL's `options` set, which a pooler does not take when a connection begins.
    of_url: Vec<Setting>,
    /// The least position in the log that a server must have replayed to be the replica it was; none for a primary.
    not_before: Option<Arc<AtomicU64>>,
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
    pub(super) fn new(url: &str, statement_timeout: Duration, pooler: Pooler) -> Result<Connector, DatabaseError> {
        let (url, trust) = take_trust(url);
        let mut config = read(&url)?;
        let mut of_url = Vec::new();
        if let (Pooler::Transaction, Some(options)) = (pooler, config.get_options()) {
            of_url = of_options(options)?;
            config = read(&without(&url, "options"))?;
        }
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
        Ok(Connector { config, tls, statement_timeout, pooler, of_url, not_before: None })
    }

    /// For a replica of which this position has been told: a server that is further behind is not connected to.
    pub(super) fn not_before(self, position: Arc<AtomicU64>) -> Connector {
        Connector { not_before: Some(position), ..self }
    }

    /// Whether a connection is a session of its own.
    pub(super) fn keeps_sessions(&self) -> bool {
        self.pooler == Pooler::None
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
    pub(super) async fn cancel(&self, token: &CancelToken) -> Result<(), CancelError> {
        match (self.pooler, &self.tls) {
            (Pooler::Transaction, _) => self.cancel_patiently(token).await?,
            (Pooler::None, Tls::None) => token.cancel_query(NoTls).await?,
            (Pooler::None, Tls::Rustls(tls)) => token.cancel_query(tls.clone()).await?,
        }
        Ok(())
    }

    /// The same, until the pooler has passed it on: PgBouncer 1.18 ends itself when whoever asks hangs up before.
    async fn cancel_patiently(&self, token: &CancelToken) -> Result<(), CancelError> {
        let ports = self.config.get_ports();
        // One of them knows the connection, and the others do nothing.
        for (index, host) in self.config.get_hosts().iter().enumerate() {
            let port = ports.get(index).or(ports.first()).copied().unwrap_or(PORT);
            match host {
                Host::Unix(folder) => {
                    let socket = UnixStream::connect(folder.join(format!(".s.PGSQL.{port}"))).await?;
                    token.cancel_query_raw(Linger(socket), NoTls).await?;
                }
                Host::Tcp(host) => {
                    let socket = Linger(TcpStream::connect((host.as_str(), port)).await?);
                    match &self.tls {
                        Tls::None => token.cancel_query_raw(socket, NoTls).await?,
                        Tls::Rustls(tls) => {
                            let tls = MakeTlsConnect::<Linger<TcpStream>>::make_tls_connect(&mut tls.clone(), host)?;
                            token.cancel_query_raw(socket, tls).await?;
                        }
                    }
                }
            }
        }
        Ok(())
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
        let settings = settings(statement_timeout);
        let begins = match self.pooler {
            Pooler::None => {
                client.batch_execute(&told_once(&settings)).await.map_err(unavailable)?;
                Begins::of_session()
            }
            Pooler::Transaction => Begins::of_pooler(self.of_url.iter().chain(&settings)),
        };
        if let Some(least) = &self.not_before {
            // Read once connected: what was told by then was told by this server, unless it began again behind that.
            let least = Position(least.load(Ordering::SeqCst));
            let told = client.simple_query("select pg_last_wal_replay_lsn()").await.map_err(unavailable)?;
            let replayed = cells(&told).first().copied().flatten().and_then(Position::read);
            if replayed.unwrap_or_default() < least {
                return Err(DatabaseError::Unavailable("the replica has gone back behind where it was".to_owned()));
            }
        }
        Ok(Connection::new(client, driver, begins))
    }

    /// Whether something between here and the server hands out sessions: what a connection says when it begins does not
    /// reach the server.
    ///
    /// # Errors
    /// As [`Connector::connect`].
    pub(super) async fn passes_pooler(&self) -> Result<bool, DatabaseError> {
        // Without it nothing can be reached at all.
        drop(self.open(self.statement_timeout).await?);
        let mut probing = self.config.clone();
        probing.options(format!("{} -c {PROBE}=1", self.config.get_options().unwrap_or_default()).trim());
        let probing =
            Connector { config: probing, tls: self.tls.clone(), of_url: Vec::new(), not_before: None, ..*self };
        let Ok(connection) = probing.open(self.statement_timeout).await else { return Ok(true) };
        let asked = connection.client().simple_query(&format!("select current_setting('{PROBE}', true)")).await;
        let told = asked.map_err(|error| DatabaseError::Unavailable(told_to_operator(&error)))?;
        let arrived = told.iter().any(|message| match message {
            SimpleQueryMessage::Row(row) => row.get(0) == Some("1"),
            _ => false,
        });
        Ok(!arrived)
    }
}

fn read(url: &str) -> Result<Config, DatabaseError> {
    let expected = "the URL cannot be read; it should look like `postgres://user:password@host:5432/database`";
    url.parse().map_err(|_| DatabaseError::Unavailable(expected.to_owned()))
}

/// A URL without one of its parameters.
fn without(url: &str, parameter: &str) -> String {
    let Some((base, query)) = url.split_once('?') else { return url.to_owned() };
    let kept = query.split('&').filter(|pair| pair.split('=').next() != Some(parameter));
    format!("{base}?{}", kept.collect::<Vec<_>>().join("&"))
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
        Connector::new(url, Duration::from_secs(1), Pooler::None)
    }

    #[test]
    fn a_pooler_is_not_told_the_options_of_the_url() {
        let url = "postgres://a@b/c?connect_timeout=3&options=-c%20search_path%3Dapp&sslmode=disable";
        let pooled = Connector::new(url, Duration::from_secs(1), Pooler::Transaction).unwrap();
        assert_eq!(pooled.config.get_options(), None);
        assert_eq!(pooled.config.get_connect_timeout(), Some(&Duration::from_secs(3)));
        assert_eq!(pooled.of_url, [Setting::new("search_path", "app")]);
        assert_eq!(connector(url).unwrap().config.get_options(), Some("-c search_path=app"));
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
