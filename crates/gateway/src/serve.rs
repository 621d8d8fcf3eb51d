//! Connections: accepted up to a limit, timed, and ended in order when the process is asked to stop.
//!
//! Refuses to know: what is served.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::metrics::Metrics;
use crate::settings::HttpLimits;
use crate::stall::Watched;

/// Longest time a refused connection may take to read why.
const REFUSAL: Duration = Duration::from_secs(1);
/// How long accepting rests after the system had no more file handles.
const EXHAUSTED: Duration = Duration::from_millis(50);
/// Most request headers.
const HEADERS: usize = 100;
/// Largest request head and read buffer, in bytes.
const HEAD_BYTES: usize = 64 * 1024;
/// Most requests at once on one HTTP/2 connection.
const STREAMS: u32 = 100;
const BUSY: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 1\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/// Where connections come in, and who counts them.
pub struct Door {
    /// Where they come in.
    pub listener: TcpListener,
    /// Who counts them.
    pub metrics: Arc<Metrics>,
}

/// Serves until `stop` is done, then lets requests under way end.
pub async fn serve(door: Door, router: Router, limits: &HttpLimits, stop: impl Future<Output = ()>) {
    let Door { listener, metrics } = door;
    let server = server(limits);
    let admission = Admission::new(limits);
    let graceful = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let (stream, address) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    rest_after(&error).await;
                    continue;
                }
            },
        };
        let Some(admitted) = admission.admit(address) else {
            metrics.connection_refused();
            tokio::spawn(refuse(stream));
            continue;
        };
        // Small answers must not wait for an acknowledgement.
        let _ = stream.set_nodelay(true);
        let stream = Watched::new(stream, limits.send_timeout);
        let service = TowerToHyperService::new(router.clone());
        let connection = graceful.watch(server.serve_connection(TokioIo::new(stream), service).into_owned());
        let metrics = Arc::clone(&metrics);
        tokio::spawn(async move {
            let _open = metrics.connections.enter();
            // A client that breaks off is no news.
            let _ = connection.await;
            drop(admitted);
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

fn server(limits: &HttpLimits) -> auto::Builder<TokioExecutor> {
    let mut server = auto::Builder::new(TokioExecutor::new());
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_timeout)
        .max_headers(HEADERS)
        .max_buf_size(HEAD_BYTES);
    server
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEAD_BYTES as u32)
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

async fn refuse(mut stream: TcpStream) {
    let _ = tokio::time::timeout(REFUSAL, stream.write_all(BUSY)).await;
}

/// Connections by address.
type Counts = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// How many connections there are, in all and by address.
struct Admission {
    all: Arc<Semaphore>,
    by_address: Counts,
    per_address: usize,
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
            by_address: Arc::default(),
            per_address: limits.connections_per_address,
        }
    }

    fn admit(&self, address: SocketAddr) -> Option<Admitted> {
        let place = Arc::clone(&self.all).try_acquire_owned().ok()?;
        let address = address.ip().to_canonical();
        // Behind a proxy on the same machine all clients have this address.
        if address.is_loopback() {
            return Some(Admitted { _place: place, counted: None });
        }
        let mut counts = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= self.per_address {
            return None;
        }
        *count += 1;
        Some(Admitted { _place: place, counted: Some((address, Arc::clone(&self.by_address))) })
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
