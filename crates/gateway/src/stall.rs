//! A connection whose client must go on reading: a write that makes no progress for too long is an error.
//!
//! Refuses to know: what is written.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;

/// A stream with a limit on how long a write may stand still.
pub struct Watched<S> {
    stream: S,
    patience: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl<S> Watched<S> {
    /// Watches a stream.
    pub fn new(stream: S, patience: Duration) -> Watched<S> {
        Watched { stream, patience, stalled: None }
    }

    /// Passes progress on; starts or looks at the clock when there is none.
    fn watch<T>(&mut self, context: &mut Context<'_>, progress: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if progress.is_ready() {
            self.stalled = None;
            return progress;
        }
        let patience = self.patience;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watch(context, progress)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let progress = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.watch(context, progress)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let progress = Pin::new(&mut self.stream).poll_flush(context);
        self.watch(context, progress)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let progress = Pin::new(&mut self.stream).poll_shutdown(context);
        self.watch(context, progress)
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::Watched;

    #[tokio::test]
    async fn a_client_that_does_not_read_is_not_waited_for() {
        let (server, mut client) = duplex(16);
        let mut server = Watched::new(server, Duration::from_millis(10));
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
        let mut server = Watched::new(server, Duration::from_secs(60));
        let sent = tokio::spawn(async move { server.write_all(&[1; 64]).await });
        let mut all = [0; 64];
        client.read_exact(&mut all).await.unwrap();
        assert_eq!(all, [1; 64]);
        sent.await.unwrap().unwrap();
    }
}
