//! A request's body, read whole: up to a size, in a time, and never slower than a rate.

use std::time::Duration;

use axum::body::{Bytes, HttpBody};
use http_body_util::BodyExt;
use tokio::time::{Instant, timeout_at};

use super::refusal::Refusal;
use crate::settings::HttpLimits;

/// How long a body may come at any rate.
const GRACE: Duration = Duration::from_secs(5);

/// Reads a body to its end.
pub async fn read<B: HttpBody<Data = Bytes> + Unpin>(mut body: B, limits: &HttpLimits) -> Result<Bytes, Refusal> {
    let hint = body.size_hint();
    // Nobody waits for a body that says itself that it is too large.
    if hint.lower() > limits.body_bytes as u64 {
        return Err(Refusal::too_large(limits.body_bytes));
    }
    let begun = Instant::now();
    let (mut first, mut whole) = (Bytes::new(), Vec::new());
    loop {
        let received = first.len() + whole.len();
        let Some(data) = frame(&mut body, begun, received, limits).await? else { break };
        if received + data.len() > limits.body_bytes {
            return Err(Refusal::too_large(limits.body_bytes));
        }
        if received == 0 {
            // Most bodies are one frame, which is then the body.
            first = data;
            continue;
        }
        if whole.is_empty() {
            whole.extend_from_slice(&std::mem::take(&mut first));
        }
        whole.extend_from_slice(&data);
    }
    Ok(if whole.is_empty() { first } else { whole.into() })
}

/// The next data; trailers are not looked at.
async fn frame<B: HttpBody<Data = Bytes> + Unpin>(
    body: &mut B,
    begun: Instant,
    received: usize,
    limits: &HttpLimits,
) -> Result<Option<Bytes>, Refusal> {
    let last = begun + limits.body_timeout;
    let due = match limits.body_rate {
        0 => last,
        rate => begun + GRACE + Duration::from_secs_f64(received as f64 / rate as f64),
    };
    loop {
        match timeout_at(last.min(due), body.frame()).await {
            Err(_) if due < last => return Err(Refusal::trickling_body(limits)),
            Err(_) => return Err(Refusal::slow_body(limits)),
            Ok(None) => return Ok(None),
            Ok(Some(Err(_))) => return Err(Refusal::broken_body()),
            Ok(Some(Ok(frame))) => match frame.into_data() {
                Ok(data) if data.is_empty() => {}
                Ok(data) => return Ok(Some(data)),
                Err(_trailers) => {}
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::path::PathBuf;
    use std::time::Duration;

    use axum::body::{Body, Bytes};
    use futures_util::stream;

    use super::read;
    use crate::settings::{HttpLimits, Settings, Sources, resolve};

    fn limits() -> HttpLimits {
        let sources = Sources {
            flags: Default::default(),
            environment: &|_| None,
            file: Default::default(),
            roles: Default::default(),
        };
        Settings::from_values(&resolve(&sources).unwrap(), PathBuf::new()).unwrap().http
    }

    /// So many pieces of so many bytes, one each second. The clock of these tests jumps when all wait.
    fn trickle(pieces: usize, bytes: usize) -> Body {
        Body::from_stream(stream::unfold(0, move |sent| async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            (sent < pieces).then(|| (Ok::<_, Infallible>(Bytes::from(vec![b'x'; bytes])), sent + 1))
        }))
    }

    async fn told(body: Body, limits: &HttpLimits) -> Result<usize, String> {
        let read = read(body, limits).await;
        read.map(|body| body.len()).map_err(|refusal| String::from_utf8(refusal.body()).unwrap())
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_trickles_is_left_long_before_the_whole_time() {
        let limits = limits();
        let begun = tokio::time::Instant::now();
        let refused = told(trickle(1000, 10), &limits).await.unwrap_err();
        assert!(
            refused.contains(r#""limit":{"name":"body_rate","value":1000,"setting":"limits.body_rate"}"#),
            "{refused}"
        );
        assert!(begun.elapsed() < Duration::from_secs(7));
        // At the rate and above it comes through, until the whole time is over.
        assert_eq!(told(trickle(20, 1000), &limits).await, Ok(20_000));
        assert!(told(trickle(40, 2000), &limits).await.unwrap_err().contains("body_timeout"));
        assert_eq!(told(trickle(20, 1), &HttpLimits { body_rate: 0, ..limits }).await, Ok(20));
    }

    #[tokio::test(start_paused = true)]
    async fn size_is_counted_as_it_comes() {
        let limits = HttpLimits { body_bytes: 10, body_rate: 0, ..limits() };
        assert_eq!(told(Body::from("0123456789"), &limits).await, Ok(10));
        assert!(told(Body::from("0123456789x"), &limits).await.is_err());
        assert!(told(trickle(11, 1), &limits).await.unwrap_err().contains("body_bytes"));
    }
}
