//! Where everybody is admin, only a local host name will do: a page of another site that resolves to this machine
//! (DNS rebinding) sends its own name.

use axum::extract::Request;
use axum::http::header::HOST;
use axum::middleware::Next;
use axum::response::Response;

use super::refusal::Refusal;

/// Refuses foreign host names.
pub async fn check(request: Request, next: Next) -> Response {
    let header = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    // HTTP/2 names the host in the URL instead.
    let host = header.or_else(|| request.uri().authority().map(|authority| authority.as_str()));
    if !host.is_some_and(is_local) {
        return Refusal::foreign_host().response();
    }
    next.run(request).await
}

/// Whether a `Host` header names this machine.
pub fn is_local(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or("", |(address, _)| address),
        None => host.split_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_local;

    #[test]
    fn only_names_of_this_machine_are_local() {
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "127.9.9.9", "[::1]:8080", "[::1]"] {
            assert!(is_local(host), "{host}");
        }
        for host in ["", "localhost.evil.example", "evil.example:8080", "127.0.0.1.evil.example", "10.0.0.1", "[::2]:1"]
        {
            assert!(!is_local(host), "{host}");
        }
    }
}
