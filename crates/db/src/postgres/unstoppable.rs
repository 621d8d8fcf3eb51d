//! A future that runs to its end whoever waits for it: in place while somebody does, in a task of its own afterwards.
//! Refuses to know: what it does.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Runs `future` to its end even if this is dropped before.
pub(super) struct Unstoppable<F: Future + Send + 'static> {
    /// `None` once it has ended, or has panicked.
    running: Option<Pin<Box<F>>>,
}

impl<F: Future + Send + 'static> Unstoppable<F> {
    /// Begins when it is first polled; dropped before that, it still runs.
    pub(super) fn new(future: F) -> Unstoppable<F> {
        Unstoppable { running: Some(Box::pin(future)) }
    }
}

impl<F: Future + Send + 'static> Future for Unstoppable<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        // Out of its place while it runs: a panic leaves nothing behind that could be polled again.
        let Some(mut running) = self.running.take() else { return Poll::Pending };
        let polled = running.as_mut().poll(context);
        if polled.is_pending() {
            self.running = Some(running);
        }
        polled
    }
}

impl<F: Future + Send + 'static> Drop for Unstoppable<F> {
    fn drop(&mut self) {
        let Some(running) = self.running.take() else { return };
        // Without a runtime nothing can run any more.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                running.await;
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::Unstoppable;

    #[tokio::test]
    async fn it_ends_in_place_or_behind_the_back_of_who_left() {
        assert_eq!(Unstoppable::new(async { 7 }).await, 7);
        let (go, gone) = oneshot::channel::<()>();
        let (done, ended) = oneshot::channel();
        let running = Unstoppable::new(async move {
            gone.await.unwrap();
            done.send(7).unwrap();
        });
        tokio::select! {
            biased;
            () = running => panic!("nothing let it go on"),
            () = std::future::ready(()) => {}
        }
        go.send(()).unwrap();
        assert_eq!(ended.await, Ok(7));
    }
}
