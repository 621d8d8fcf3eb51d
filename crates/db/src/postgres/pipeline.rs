//! Runs futures side by side so that their messages leave in order, in one flight. Refuses to know: what they do.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

/// Runs all to their end and gives their results in order; the first to fail *in order* is the answer, and those after
/// it are dropped. Futures are first polled in order, which is when the driver sends their messages.
pub(super) async fn in_order<T, E, F>(futures: impl IntoIterator<Item = F>) -> Result<Vec<T>, E>
where
    F: Future<Output = Result<T, E>>,
{
    let mut running: Vec<Step<T, F>> = futures.into_iter().map(|future| Step::Running(Box::pin(future))).collect();
    let mut failed: Option<(usize, E)> = None;
    poll_fn(|context| {
        // After a failure only those before it matter: in a transaction the later ones fail because of it.
        let until = failed.as_ref().map_or(running.len(), |(index, _)| *index);
        let mut pending = false;
        for (index, step) in running[..until].iter_mut().enumerate() {
            let Step::Running(future) = step else { continue };
            match future.as_mut().poll(context) {
                Poll::Pending => pending = true,
                Poll::Ready(Ok(value)) => *step = Step::Done(value),
                Poll::Ready(Err(error)) => {
                    failed = Some((index, error));
                    break;
                }
            }
        }
        if pending { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    match failed {
        Some((_, error)) => Err(error),
        None => Ok(running.into_iter().filter_map(Step::value).collect()),
    }
}

enum Step<T, F> {
    Running(Pin<Box<F>>),
    Done(T),
}

impl<T, F> Step<T, F> {
    fn value(self) -> Option<T> {
        match self {
            Step::Done(value) => Some(value),
            Step::Running(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn results_keep_their_order() {
        let (first_send, first) = oneshot::channel::<u8>();
        let (second_send, second) = oneshot::channel::<u8>();
        let polled = RefCell::new(Vec::new());
        let waiting = [(1, first), (2, second)].map(|(name, receiver)| {
            let polled = &polled;
            async move {
                polled.borrow_mut().push(name);
                receiver.await
            }
        });
        let feed = async {
            second_send.send(20).unwrap();
            first_send.send(10).unwrap();
        };
        let (results, ()) = futures_util::future::join(in_order(waiting), feed).await;
        assert_eq!(results.unwrap(), [10, 20]);
        assert_eq!(*polled.borrow(), [1, 2]);
    }

    #[tokio::test]
    async fn the_first_failure_in_order_is_told() {
        let (first_send, first) = oneshot::channel::<Result<(), &str>>();
        let (second_send, second) = oneshot::channel();
        let waiting = [first, second].map(|receiver| async move { receiver.await.unwrap() });
        let feed = async {
            second_send.send(Err("second")).unwrap();
            tokio::task::yield_now().await;
            first_send.send(Err("first")).unwrap();
        };
        let (results, ()) = futures_util::future::join(in_order(waiting), feed).await;
        assert_eq!(results, Err("first"));
    }
}
