//! A connection whose client must go on: it sends its headers in time, asks now and then, and reads what it is sent.
//!
//! Refuses to know: what is read and written.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::HttpBody;
use hyper::body::{Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

/// How a connection of HTTP/2 begins (RFC 9113, section 3.4).
const HTTP2_PREFACE: &[u8] = b"PRI ";

/// How long a client may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// From the first byte of a request's head to its last, on HTTP/1; on HTTP/2 heads are as patient as `idle`.
    pub head: Duration,
    /// Without a request under way.
    pub idle: Duration,
    /// Without reading anything of its answer.
    pub send: Duration,
}

/// The requests of one connection.
#[derive(Debug, Default)]
pub struct Requests {
    begun: AtomicUsize,
    ended: AtomicUsize,
}

/// A request under way; dropped with its answer.
#[derive(Debug)]
pub struct UnderWay(Arc<Requests>);

impl Requests {
    /// One more.
    pub fn begin(self: &Arc<Requests>) -> UnderWay {
        self.begun.fetch_add(1, Ordering::Relaxed);
        UnderWay(Arc::clone(self))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, Ordering::Relaxed);
    }
}

/// An answer's body; its request is under way until all of it was handed on.
pub struct Answer<B> {
    body: B,
    _under_way: UnderWay,
}

impl<B> Answer<B> {
    /// The body of the answer to this request.
    pub fn new(body: B, under_way: UnderWay) -> Answer<B> {
        Answer { body, _under_way: under_way }
    }
}

impl<B: HttpBody + Unpin> HttpBody for Answer<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A stream with limits on how long its client may take.
pub struct Watched<S> {
    stream: S,
    patience: Patience,
    requests: Arc<Requests>,
    /// Runs while a write stands still.
    stalled: Option<Pin<Box<Sleep>>>,
    /// Looks at `quiet` and `head` from time to time; it is late rather than set anew with each request.
    clock: Option<Pin<Box<Sleep>>>,
    /// Requests begun when it was looked last.
    begun: usize,
    /// Since when nothing is asked.
    quiet: Instant,
    /// When a head began that is not complete.
    head: Option<Instant>,
    http2: Option<bool>,
}

impl<S> Watched<S> {
    /// Watches the stream of these requests.
    pub fn new(stream: S, patience: Patience, requests: Arc<Requests>) -> Watched<S> {
        let (stalled, clock, head, http2) = (None, None, None, None);
        Watched { stream, patience, requests, stalled, clock, begun: 0, quiet: Instant::now(), head, http2 }
    }

    /// Notes that something of an answer was written.
    fn watch_write<T>(&mut self, context: &mut Context<'_>, progress: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        // What HTTP/2 writes may be no answer.
        if progress.is_ready() && self.http2 != Some(true) {
            self.asked();
        }
        self.watch_flush(context, progress)
    }

    /// Passes progress on; starts or looks at the clock when there is none.
    fn watch_flush<T>(&mut self, context: &mut Context<'_>, progress: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if progress.is_ready() {
            self.stalled = None;
            return progress;
        }
        let patience = self.patience.send;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    fn asked(&mut self) {
        self.quiet = Instant::now();
        self.head = None;
    }

    /// Notes what was read, outside of any request: the beginning of the next one.
    fn note_read(&mut self, bytes: &[u8]) {
        let http2 = *self.http2.get_or_insert_with(|| bytes.starts_with(HTTP2_PREFACE));
        if !http2 && !bytes.is_empty() {
            self.head.get_or_insert_with(Instant::now);
        }
    }

    /// Whether the client has taken too long. Wakes the task when it may have.
    fn is_too_late(&mut self, context: &mut Context<'_>) -> bool {
        let due = match self.head {
            Some(begun) => begun + self.patience.head,
            None => self.quiet + self.patience.idle,
        };
        let clock = self.clock.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(due)));
        if clock.deadline() > due {
            clock.as_mut().reset(due);
        }
        while clock.as_mut().poll(context).is_ready() {
            if Instant::now() >= due {
                return true;
            }
            clock.as_mut().reset(due);
        }
        false
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let progress = Pin::new(&mut self.stream).poll_read(context, buffer);
        let begun = self.requests.begun.load(Ordering::Relaxed);
        if begun != self.begun || begun != self.requests.ended.load(Ordering::Relaxed) {
            self.begun = begun;
            self.asked();
        }
        match progress {
            Poll::Ready(Ok(())) if begun == self.requests.ended.load(Ordering::Relaxed) => {
                self.note_read(&buffer.filled()[before..]);
                progress
            }
            Poll::Pending if self.is_too_late(context) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            progress => progress,
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch_write(context, progress)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.watch_write(context, progress)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let progress = Pin::new(&mut self.stream).poll_flush(context);
        self.watch_flush(context, progress)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let progress = Pin::new(&mut self.stream).poll_shutdown(context);
        self.watch_flush(context, progress)
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::sync::Arc;
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::{Patience, Requests, Watched};

    fn watched<S>(stream: S, patience: Patience) -> Watched<S> {
        Watched::new(stream, patience, Arc::new(Requests::default()))
    }

    /// Far more than a test takes.
    const LONG: Duration = Duration::from_secs(60);
    const PATIENT: Patience = Patience { head: LONG, idle: LONG, send: LONG };

    #[tokio::test]
    async fn a_client_that_does_not_read_is_not_waited_for() {
        let (server, mut client) = duplex(16);
        let mut server = watched(server, Patience { send: Duration::from_millis(10), ..PATIENT });
        let error = server.write_all(&[1; 64]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        // What fitted had been written.
        let mut begun = [0; 16];
        client.read_exact(&mut begun).await.unwrap();
        assert_eq!(begun, [1; 16]);
    }

    #[tokio::test]
    async fn a_client_that_reads_gets_everything() {
        let (server, mut client) = duplex(16);
        let mut server = watched(server, PATIENT);
        let sent = tokio::spawn(async move { server.write_all(&[1; 64]).await });
        let mut all = [0; 64];
        client.read_exact(&mut all).await.unwrap();
        assert_eq!(all, [1; 64]);
        sent.await.unwrap().unwrap();
    }

    /// How long a read waits for a client that has sent this much.
    async fn waits(sent: &[u8], requests: Arc<Requests>) -> Duration {
        let (server, mut client) = duplex(64);
        let patience =
            Patience { head: Duration::from_secs(10), idle: Duration::from_secs(75), send: Duration::from_secs(30) };
        let mut server = Watched::new(server, patience, requests);
        let begun = tokio::time::Instant::now();
        client.write_all(sent).await.unwrap();
        let error = loop {
            match server.read(&mut [0; 64]).await {
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        begun.elapsed()
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_has_less_time_than_an_idle_connection() {
        let near = |waited: Duration, seconds| waited.as_secs() == seconds;
        assert!(near(waits(b"", Arc::default()).await, 75));
        assert!(near(waits(b"POST / HTT", Arc::default()).await, 10));
        // Bytes of HTTP/2 may be anything; they are no request.
        assert!(near(waits(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Arc::default()).await, 75));
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_under_way_is_waited_for() {
        let requests: Arc<Requests> = Arc::default();
        let under_way = requests.begin();
        let waiting = tokio::spawn(waits(b"POST", Arc::clone(&requests)));
        tokio::time::sleep(Duration::from_secs(1000)).await;
        assert!(!waiting.is_finished());
        drop(under_way);
        assert!(waiting.await.unwrap() >= Duration::from_secs(1000));
    }
}
