//! Who is at the other end: the connection's address, or what trusted proxies say of it.
//!
//! Refuses to know: what the address is used for.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;

use crate::settings::HttpLimits;

/// The address of a connection, among a request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Proxies that are believed about whom they ask for.
#[derive(Clone, Debug, Default)]
pub struct Proxies {
    trusted: Vec<IpNet>,
    /// The one header that they add to. Others come from anybody.
    header: String,
}

impl Proxies {
    /// The proxies of these settings.
    pub fn new(limits: &HttpLimits) -> Proxies {
        Proxies { trusted: limits.trusted_proxies.clone(), header: limits.forwarded_header.clone() }
    }

    /// Whether a connection from here is a proxy's.
    pub fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted.iter().any(|network| network.contains(&address))
    }

    /// The address of who asks. A proxy adds the address that asked it at the end, so the way goes from the end
    /// backwards for as long as each hop is trusted; what stands before the first that is not, anybody may have written.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut address = peer.to_canonical();
        if !self.trusts(address) {
            return address;
        }
        let values: Vec<&str> = headers.get_all(&self.header).iter().filter_map(|value| value.to_str().ok()).collect();
        for hop in values.iter().rev().flat_map(|value| value.rsplit(',')) {
            let node = if self.header == "forwarded" { forwarded_for(hop) } else { Some(hop.trim()) };
            let Some(said) = node.and_then(node_address) else { break };
            address = said;
            if !self.trusts(address) {
                break;
            }
        }
        address
    }
}

/// The `for` of an element of `Forwarded` (RFC 7239, section 4).
fn forwarded_for(element: &str) -> Option<&str> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.split_once('=')?;
        name.trim().eq_ignore_ascii_case("for").then(|| value.trim().trim_matches('"'))
    })
}

/// An address, perhaps in brackets or with a port.
fn node_address(node: &str) -> Option<IpAddr> {
    let plain = node.trim_start_matches('[').trim_end_matches(']').parse().ok();
    let address: IpAddr = plain.or_else(|| node.parse::<SocketAddr>().ok().map(|with_port| with_port.ip()))?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::Proxies;

    fn client(header: &str, peer: &str, lines: &[(&'static str, &'static str)]) -> String {
        let trusted = ["10.0.0.0/8", "fd00::/8"].iter().map(|text| text.parse().unwrap()).collect();
        let proxies = Proxies { trusted, header: header.to_owned() };
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        proxies.client(peer.parse::<IpAddr>().unwrap(), &headers).to_string()
    }

    #[test]
    fn only_what_trusted_proxies_added_is_believed() {
        let xff = |peer, value| client("x-forwarded-for", peer, &[("x-forwarded-for", value)]);
        // Nobody trusted: the header is the client's own.
        assert_eq!(xff("203.0.113.9", "127.0.0.1"), "203.0.113.9");
        assert_eq!(xff("10.0.0.1", "198.51.100.7"), "198.51.100.7");
        // What the client wrote stands in front of what the proxy added.
        assert_eq!(xff("10.0.0.1", "127.0.0.1, 198.51.100.7"), "198.51.100.7");
        assert_eq!(xff("10.0.0.1", "127.0.0.1, 198.51.100.7, 10.2.3.4"), "198.51.100.7");
        assert_eq!(xff("::ffff:10.0.0.1", "198.51.100.7:4711"), "198.51.100.7");
        assert_eq!(xff("fd00::1", "[2001:db8::1]:80"), "2001:db8::1");
        assert_eq!(xff("10.0.0.1", "2001:db8::1"), "2001:db8::1");
        // Only proxies: the furthest of them.
        assert_eq!(xff("10.0.0.1", "10.0.0.3, 10.0.0.2"), "10.0.0.3");
        // What is no address ends the way.
        for odd in ["", "unknown", "198.51.100.7, unknown", "198.51.100.7, ", "198.51.100.7, _hidden", "1.2.3.4.5"] {
            assert_eq!(xff("10.0.0.1", odd), "10.0.0.1", "{odd}");
        }
        let two = [("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "198.51.100.7, 10.0.0.2")];
        assert_eq!(client("x-forwarded-for", "10.0.0.1", &two), "198.51.100.7");
    }

    #[test]
    fn one_header_counts_and_the_other_is_the_clients() {
        let both =
            [("forwarded", "for=192.0.2.60;proto=http, For=\"[2001:db8::1]:4711\""), ("x-forwarded-for", "9.9.9.9")];
        assert_eq!(client("forwarded", "10.0.0.1", &both), "2001:db8::1");
        assert_eq!(client("x-forwarded-for", "10.0.0.1", &both), "9.9.9.9");
        for odd in ["proto=http", "for=unknown", "for", "for=\"_x\"", "by=1.2.3.4"] {
            assert_eq!(client("forwarded", "10.0.0.1", &[("forwarded", odd)]), "10.0.0.1", "{odd}");
        }
    }
}
