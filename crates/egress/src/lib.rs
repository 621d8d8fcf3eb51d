//! The only crate that makes outgoing HTTP: capped, timed, without redirects.
//!
//! Refuses to know: GraphQL, SQL, what the answers mean.

use std::time::Duration;

pub use reqwest::header::HeaderMap;
use reqwest::header::{CACHE_CONTROL, DATE, EXPIRES, HeaderName};
use reqwest::redirect::Policy;

/// What one request may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Largest answer in bytes; a longer one is an error, not a cut.
    pub body_bytes: usize,
    /// Longest time until the answer is complete, connecting included.
    pub timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { body_bytes: 1024 * 1024, timeout: Duration::from_secs(10) }
    }
}

/// A whole answer with status 200.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Its body.
    pub body: Vec<u8>,
    /// How long it may be kept.
    pub caching: Caching,
}

/// The response headers that say how long an answer may be kept, as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caching {
    /// `Cache-Control`, several joined by commas.
    pub cache_control: Option<String>,
    /// `Expires`.
    pub expires: Option<String>,
    /// `Date`.
    pub date: Option<String>,
}

/// Why there is no answer. The texts name no credentials; they are for the log.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum EgressError {
    /// Not an absolute `http` or `https` URL.
    #[error("not an absolute http or https URL")]
    Url,
    /// Any status but 200; redirects are not followed.
    #[error("answered with status {0}")]
    Status(u16),
    /// Longer than allowed.
    #[error("the answer is longer than {0} bytes")]
    TooLarge(usize),
    /// Not complete in time.
    #[error("no complete answer within {0:?}")]
    Timeout(Duration),
    /// No connection, or a broken one.
    #[error("cannot be reached: {0}")]
    Unreachable(String),
}

/// Makes requests; cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
}

impl Client {
    /// A client that follows no redirect.
    ///
    /// # Errors
    /// [`EgressError::Unreachable`] when TLS cannot be set up on this machine.
    pub fn new() -> Result<Client, EgressError> {
        let http = reqwest::Client::builder()
            .redirect(Policy::none())
            .user_agent(concat!("purlin/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| EgressError::Unreachable(reason(&error)))?;
        Ok(Client { http })
    }

    /// Gets `url`.
    ///
    /// # Errors
    /// See [`EgressError`]; any status but 200 is one.
    pub async fn get(&self, url: &str, limits: Limits) -> Result<Answer, EgressError> {
        let answer = tokio::time::timeout(limits.timeout, receive(self.http.get(absolute(url)?), limits.body_bytes));
        answer.await.unwrap_or(Err(EgressError::Timeout(limits.timeout)))
    }

    /// Posts a body to `url`.
    ///
    /// # Errors
    /// See [`EgressError`]; any status but 200 is one.
    pub async fn post(
        &self,
        url: &str,
        headers: HeaderMap,
        body: Vec<u8>,
        limits: Limits,
    ) -> Result<Answer, EgressError> {
        let request = self.http.post(absolute(url)?).headers(headers).body(body);
        let answer = tokio::time::timeout(limits.timeout, receive(request, limits.body_bytes));
        answer.await.unwrap_or(Err(EgressError::Timeout(limits.timeout)))
    }
}

fn absolute(url: &str) -> Result<reqwest::Url, EgressError> {
    let url = reqwest::Url::parse(url).map_err(|_| EgressError::Url)?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        _ => Err(EgressError::Url),
    }
}

async fn receive(request: reqwest::RequestBuilder, body_bytes: usize) -> Result<Answer, EgressError> {
    let unreachable = |error: reqwest::Error| EgressError::Unreachable(reason(&error));
    let mut response = request.send().await.map_err(unreachable)?;
    if response.status() != reqwest::StatusCode::OK {
        return Err(EgressError::Status(response.status().as_u16()));
    }
    let caching = caching(response.headers());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
        if chunk.len() > body_bytes - body.len() {
            return Err(EgressError::TooLarge(body_bytes));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { body, caching })
}

fn caching(headers: &HeaderMap) -> Caching {
    let text = |name: HeaderName| {
        let values: Vec<&str> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    };
    Caching { cache_control: text(CACHE_CONTROL), expires: text(EXPIRES), date: text(DATE) }
}

/// The innermost reason; the outermost text would show the URL, which may hold a password.
fn reason(error: &reqwest::Error) -> String {
    let mut text = "the connection failed".to_owned();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text = inner.to_string();
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::{Caching, Client, EgressError, Limits};

    /// Answers one connection with `answer` and keeps it open.
    async fn serve_once(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/keys", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut connection, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            let _ = connection.read(&mut request).await.unwrap();
            connection.write_all(answer.as_bytes()).await.unwrap();
            // The client closes; until then a missing rest stays missing.
            while connection.read(&mut request).await.is_ok_and(|length| length > 0) {}
        });
        url
    }

    async fn get(answer: &'static str, limits: Limits) -> Result<super::Answer, EgressError> {
        Client::new().unwrap().get(&serve_once(answer).await, limits).await
    }

    #[tokio::test]
    async fn an_answer_comes_with_its_caching_headers() {
        let answer = get(
            "HTTP/1.1 200 OK\r\nCache-Control: public\r\nCache-Control: max-age=60\r\nContent-Length: 2\r\n\r\n{}",
            Limits::default(),
        );
        let answer = answer.await.unwrap();
        assert_eq!(answer.body, b"{}");
        let caching = Caching { cache_control: Some("public, max-age=60".to_owned()), ..Caching::default() };
        assert_eq!(answer.caching, caching);
    }

    #[tokio::test]
    async fn redirects_are_not_followed() {
        let answer = get("HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n", Limits::default());
        assert_eq!(answer.await, Err(EgressError::Status(302)));
    }

    #[tokio::test]
    async fn a_long_answer_is_an_error() {
        let limits = Limits { body_bytes: 4, ..Limits::default() };
        let answer = get("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345", limits);
        assert_eq!(answer.await, Err(EgressError::TooLarge(4)));
    }

    #[tokio::test]
    async fn a_stalled_answer_is_an_error() {
        let limits = Limits { timeout: Duration::from_millis(20), ..Limits::default() };
        let answer = get("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n123", limits);
        assert_eq!(answer.await, Err(EgressError::Timeout(limits.timeout)));
    }

    #[tokio::test]
    async fn only_http_urls_are_asked() {
        let client = Client::new().unwrap();
        for url in ["file:///etc/passwd", "keys.json", "ftp://127.0.0.1/"] {
            assert_eq!(client.get(url, Limits::default()).await, Err(EgressError::Url), "{url}");
        }
    }
}
