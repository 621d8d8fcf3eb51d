//! A socket that hangs up only after the other side has. Refuses to know: what is said on it.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Closed by us, it first waits until the other side has closed it.
pub(super) struct Linger<S>(pub(super) S);

impl<S: AsyncRead + Unpin> AsyncRead for Linger<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Linger<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, buffer)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let mut bytes = [0; 64];
            let mut buffer = ReadBuf::new(&mut bytes);
            let read = ready!(Pin::new(&mut self.0).poll_read(context, &mut buffer));
            if read.is_err() || buffer.filled().is_empty() {
                return Pin::new(&mut self.0).poll_shutdown(context);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::Linger;

    #[tokio::test]
    async fn it_is_closed_after_the_other_side() {
        let (ours, mut theirs) = tokio::io::duplex(16);
        let mut ours = Linger(ours);
        ours.write_all(b"stop").await.unwrap();
        let mut told = [0; 4];
        let mut closing = std::pin::pin!(ours.shutdown());
        tokio::select! {
            biased;
            _ = &mut closing => panic!("nobody closed the other side"),
            read = theirs.read_exact(&mut told) => assert_eq!(read.unwrap(), 4),
        }
        theirs.write_all(b"so be it").await.unwrap();
        drop(theirs);
        closing.await.unwrap();
    }
}
