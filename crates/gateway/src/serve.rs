//! Connections: accepted up to a limit, timed, and ended in order when the process is asked to stop.
//!
//! Refuses to know: what is served.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use futures_util::FutureExt;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use purlin_schema::Limit;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Service;

use crate::metrics::Metrics;
use crate::settings::HttpLimits;
use crate::stall::{Answer, Patience, Requests, Watched};
use crate::tls::Certificates;
use crate::transport::{Peer, Proxies, Refusal};

/// Longest time a TLS handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Longest time a refused connection may take to read why.
const REFUSAL: Duration = Duration::from_secs(1);
/// How long accepting rests after the system had no more file handles.
const EXHAUSTED: Duration = Duration::from_millis(50);
/// Most request headers.
const HEADERS: usize = 100;
/// Largest request head and read buffer of HTTP/1, in bytes.
const HEAD_BYTES: usize = 64 * 1024;
/// Largest list of headers of HTTP/2, in bytes. It also bounds how many CONTINUATION frames a head may have.
const HEADER_LIST_BYTES: u32 = 16 * 1024;
/// Most requests at once on one HTTP/2 connection.
const STREAMS: u32 = 100;
/// Most requests of a connection that a client may have taken back before we saw them; one more ends the connection.
const UNSEEN_RESETS: usize = 20;
/// Most requests of a connection that may be wrong in themselves; one more ends the connection.
const FAULTY_STREAMS: usize = 100;

/// Where connections come in, and who counts them.
pub struct Door {
    /// Where they come in.
    pub listener: TcpListener,
    /// With which certificate they are encrypted, if they are.
    pub certificates: Option<Arc<Certificates>>,
    /// Who counts them.
    pub metrics: Arc<Metrics>,
}

/// Serves until `stop` is done, then lets requests under way end.
pub async fn serve(door: Door, router: Router, limits: &HttpLimits, stop: impl Future<Output = ()>) {
    let Door { listener, certificates, metrics } = door;
    let server = server();
    let admission = Admission::new(limits);
    let graceful = GracefulShutdown::new();
    let patience = Patience { head: limits.header_timeout, idle: limits.idle_timeout, send: limits.send_timeout };
    let peers_wanted = limits.rate.is_some() || !limits.rate_by_role.is_empty() || limits.log_address;
    tokio::pin!(stop);
    loop {
        let (stream, address) = tokio::select! {
            // Whoever can connect can be sure that the process stops when it is asked to.
            biased;
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    rest_after(&error).await;
                    continue;
                }
            },
        };
        let admitted = match admission.admit(address) {
            Ok(admitted) => admitted,
            Err(limit) => {
                metrics.connection_refused();
                tokio::spawn(refuse(stream, limit));
                continue;
            }
        };
        // Small answers must not wait for an acknowledgement.
        let _ = stream.set_nodelay(true);
        let requests = Arc::new(Requests::default());
        let stream = Watched::new(stream, patience, Arc::clone(&requests));
        let (router, peer) = (router.clone(), peers_wanted.then_some(Peer(address.ip())));
        let service = service_fn(move |mut request: Request<Incoming>| {
            let under_way = requests.begin();
            if let Some(peer) = peer {
                request.extensions_mut().insert(peer);
            }
            let mut router = router.clone();
            router.call(request).map(|answer| answer.map(|answer| answer.map(|body| Answer::new(body, under_way))))
        });
        let (server, watcher) = (server.clone(), graceful.watcher());
        let acceptor = certificates.as_ref().map(|certificates| certificates.acceptor());
        let metrics = Arc::clone(&metrics);
        tokio::spawn(async move {
            let _admitted = admitted;
            let _open = metrics.connections.enter();
            let served = match acceptor {
                None => watcher.watch(server.serve_connection(TokioIo::new(stream), service).into_owned()).await,
                Some(acceptor) => match tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                    Ok(Ok(stream)) => {
                        watcher.watch(server.serve_connection(TokioIo::new(stream), service).into_owned()).await
                    }
                    Ok(Err(_)) | Err(_) => return metrics.handshake_failed(),
                },
            };
            // A client that breaks off is no news.
            let _ = served;
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.shutdown_grace, graceful.shutdown()).await.is_err() {
        tracing::warn!(grace = ?limits.shutdown_grace, "requests under way did not end in time");
    }
}

/// The signals by which a process is asked to stop: SIGINT and, on Unix, SIGTERM. From when they are listened to, none
/// is lost.
pub struct StopSignals {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
}

impl StopSignals {
    /// Listens from now on.
    ///
    /// # Errors
    /// When the system does not let the process listen.
    pub fn listen() -> io::Result<StopSignals> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(StopSignals { signals: [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?] })
        }
        #[cfg(not(unix))]
        Ok(StopSignals {})
    }

    /// Done at the next signal.
    pub async fn next(&mut self) {
        #[cfg(unix)]
        {
            let [interrupt, terminate] = &mut self.signals;
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        }
        #[cfg(not(unix))]
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

fn server() -> auto::Builder<TokioExecutor> {
    let mut server = auto::Builder::new(TokioExecutor::new());
    server
        .http1()
        .timer(TokioTimer::new())
        // The stream watches its head itself, and idleness with it.
        .header_read_timeout(None)
        .max_headers(HEADERS)
        .max_buf_size(HEAD_BYTES);
    server
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEADER_LIST_BYTES)
        .max_pending_accept_reset_streams(UNSEEN_RESETS)
        .max_local_error_reset_streams(FAULTY_STREAMS)
        .keep_alive_interval(Duration::from_secs(30));
    server
}

/// Without file handles every accept fails at once; without a rest the loop would spin.
async fn rest_after(error: &io::Error) {
    let by_client =
        [io::ErrorKind::ConnectionAborted, io::ErrorKind::ConnectionReset, io::ErrorKind::ConnectionRefused];
    if !by_client.contains(&error.kind()) {
        tracing::error!(%error, "cannot accept connections");
        tokio::time::sleep(EXHAUSTED).await;
    }
}

async fn refuse(mut stream: TcpStream, limit: Limit) {
    let refusal = Refusal::connections(limit);
    let body = String::from_utf8_lossy(&refusal.body()).into_owned();
    let answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json; charset=utf-8\r\nretry-after: 1\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let _ = tokio::time::timeout(REFUSAL, stream.write_all(answer.as_bytes())).await;
}

/// Connections by address.
type Counts = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// How many connections there are, in all and by address.
struct Admission {
    all: Arc<Semaphore>,
    most: usize,
    by_address: Counts,
    per_address: usize,
    proxies: Proxies,
}

/// A connection's place; given back when dropped.
struct Admitted {
    _place: OwnedSemaphorePermit,
    counted: Option<(IpAddr, Counts)>,
}

impl Admission {
    fn new(limits: &HttpLimits) -> Admission {
        Admission {
            all: Arc::new(Semaphore::new(limits.connections.min(Semaphore::MAX_PERMITS))),
            most: limits.connections,
            by_address: Arc::default(),
            per_address: limits.connections_per_address,
            proxies: Proxies::new(limits),
        }
    }

    /// A place for a connection, or the limit that leaves none.
    fn admit(&self, address: SocketAddr) -> Result<Admitted, Limit> {
        let full = |_| Limit::new("connections", self.most as u64, "limits.connections");
        let place = Arc::clone(&self.all).try_acquire_owned().map_err(full)?;
        let address = address.ip().to_canonical();
        // All clients of a proxy have its address, and of one on this machine this machine's.
        if address.is_loopback() || self.proxies.trusts(address) {
            return Ok(Admitted { _place: place, counted: None });
        }
        let mut counts = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= self.per_address {
            let (name, setting) = ("connections_per_address", "limits.connections_per_address");
            return Err(Limit::new(name, self.per_address as u64, setting));
        }
        *count += 1;
        Ok(Admitted { _place: place, counted: Some((address, Arc::clone(&self.by_address))) })
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        let Some((address, counts)) = &self.counted else { return };
        let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(address);
            }
        }
    }
}
