//! Where messages may go: to addresses of the public internet, and never into the network that the service runs in.
//!
//! **Invariant:** what is checked is the address that is connected to, after the name was looked up: a name that points elsewhere a moment
//! later changes nothing.

use crate::error::ApiError;
use axum::http::Uri;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

const URL_MAX: usize = 2_000;

/// Refuses an address that is none, is not encrypted, or carries a password; in the sandbox a receiver may run on the same machine
pub fn check(url: &str, sandbox: bool) -> Result<(), ApiError> {
    let refused = |message: &str, help: &str| Err(ApiError::invalid("webhook.url", "/url", message, help));
    let uri: Option<Uri> = Some(url).filter(|url| url.len() <= URL_MAX && !url.contains('#')).and_then(|url| url.parse().ok());
    let unread = || refused("the address cannot be read", "write it whole, such as `https://shop.example/hooks/tresen`");
    let Some((scheme, authority)) = uri.as_ref().and_then(|uri| Some((uri.scheme_str()?, uri.authority()?))) else { return unread() };
    if authority.as_str().contains('@') {
        return refused("the address carries a name or password", "leave them out: messages are known by their signature");
    }
    if !is_host(authority.host()) || !is_port(authority.as_str(), authority.host()) || !url.bytes().all(may_stand_in_an_address) {
        return unread();
    }
    let here = names_this_machine(authority.host());
    match (scheme, here) {
        ("https", false) => Ok(()),
        ("http" | "https", true) if sandbox => Ok(()),
        (_, true) => refused("the address is one of this machine", "name an address of the public internet"),
        _ => refused("the address is not encrypted", "use `https`: what happens to a customer's account is nobody else's business"),
    }
}

/// Whether a host is a name as names are looked up, or an address in numbers
fn is_host(host: &str) -> bool {
    let literal = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    if let Some(literal) = literal {
        return literal.parse::<Ipv6Addr>().is_ok();
    }
    let is_edge = |one: Option<&u8>| one.is_some_and(u8::is_ascii_alphanumeric);
    is_edge(host.as_bytes().first())
        && is_edge(host.as_bytes().last())
        && host.bytes().all(|one| one.is_ascii_alphanumeric() || matches!(one, b'.' | b'-'))
}

/// Whether what stands behind the host is nothing, or a port from 1 to 65535 without leading zeros
fn is_port(authority: &str, host: &str) -> bool {
    match authority.strip_prefix(host).map(|rest| rest.strip_prefix(':')) {
        Some(None) => authority == host,
        Some(Some(port)) => !port.starts_with('0') && port.parse::<u16>().is_ok(),
        None => false,
    }
}

/// What RFC 3986 lets stand in an address
fn may_stand_in_an_address(one: u8) -> bool {
    one.is_ascii_alphanumeric() || b"!$%&'()*+,-./:;=?@[]_~".contains(&one)
}

/// Whether the host is this machine by its name
fn names_this_machine(host: &str) -> bool {
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || literal.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Looks names up and keeps the addresses that messages may go to
#[derive(Debug)]
pub struct Permitted {
    /// Whether a receiver may run on the same machine
    pub sandbox: bool,
}

/// No address of that name may be connected to
#[derive(Debug)]
pub struct Forbidden;

impl std::fmt::Display for Forbidden {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("the name leads to no address of the public internet")
    }
}

impl std::error::Error for Forbidden {}

impl Resolver for Permitted {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        // In the sandbox a name that is this machine's leads to it and nowhere else.
        let here = self.sandbox && uri.host().is_some_and(names_this_machine);
        let is_permitted = |address: &&SocketAddr| if here { address.ip().is_loopback() } else { is_public(address.ip()) };
        let mut kept = self.empty();
        found.iter().filter(is_permitted).for_each(|address| kept.push(*address));
        if kept.is_empty() { Err(ureq::Error::Other(Box::new(Forbidden))) } else { Ok(kept) }
    }
}

/// Whether an address is one of the public internet, by the registries of special addresses (RFC 6890)
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 198 && (18..20).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99);
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    // Only what is given out to networks; of that not what leads to an address of the fourth version, nor what is for books.
    let given_out = (a & 0xe000) == 0x2000;
    let special = (a == 0x2001 && (b < 0x0200 || b == 0x0db8)) || a == 0x2002 || (a == 0x3fff && b < 0x1000);
    given_out && !special
}

#[cfg(test)]
mod tests {
    use super::*;
    use ureq::Agent;
    use ureq::unversioned::transport::DefaultConnector;

    #[test]
    fn an_address_is_encrypted_whole_and_without_a_password() {
        for url in ["https://shop.example/hooks", "https://shop.example:8443/hooks?x=1", "https://[2a00::1]/"] {
            assert!(check(url, false).is_ok(), "{url}");
        }
        for url in [
            "",
            "/hooks",
            "shop.example/hooks",
            "http://shop.example/",
            "ftp://shop.example/",
            "https://",
            "https://user:pw@shop.example/",
            "https://shop.example/#x",
            "http://localhost:4000/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "file:///etc/passwd",
            "https://LOCALHOST/",
            "https://shop*.example/",
            "https://-shop.example/",
            "https://shop.example:0/",
            "https://shop.example:65536/",
            "https://shop.example:08443/",
            "https://shop.example:/",
            "https://shop.example/{x}",
            "https://[2a00::1/",
        ] {
            assert_eq!(check(url, false).unwrap_err().code, "webhook.url", "{url}");
        }
        for url in ["http://127.0.0.1:4000/hooks", "http://localhost:4000/", "http://[::1]:4000/"] {
            assert!(check(url, true).is_ok(), "{url}");
        }
        assert!(check("http://shop.example/", true).is_err() && check("http://127.0.0.1.example/", true).is_err());
        assert!(check(&format!("https://shop.example/{}", "x".repeat(URL_MAX)), false).is_err());
    }

    #[test]
    fn addresses_inside_are_not_public() {
        for inside in [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.8.8.8",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:a00:1::",
            "3fff::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(inside.parse().unwrap()), "{inside}");
        }
        for outside in [
            "1.1.1.1",
            "8.8.8.8",
            "100.128.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "223.255.255.254",
            "2a00:1450::1",
            "2606:4700::1111",
        ] {
            assert!(is_public(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn a_name_that_leads_inside_is_not_connected_to() {
        for (sandbox, url, arrives) in [
            (true, "http://127.0.0.1:9/", true),
            (false, "https://127.0.0.1:9/", false),
            (false, "https://localhost:9/", false),
            (true, "https://10.0.0.1:9/", false),
            (true, "https://169.254.169.254/", false),
        ] {
            // Nobody listens at port 9: what may be connected to is refused, what may not is not even tried.
            let agent = Agent::with_parts(Config::builder().proxy(None).build(), DefaultConnector::default(), Permitted { sandbox });
            let problem = agent.get(url).call().unwrap_err();
            assert_eq!(!matches!(&problem, ureq::Error::Other(cause) if cause.is::<Forbidden>()), arrives, "{url}: {problem}");
        }
    }
}
