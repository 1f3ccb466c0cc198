//! Addresses that mail can be sent to, and the one that a bounce comes back to.

use lettre::Address;
use url::Host;

/// The address as it is written to: its domain in the letters of the DNS
///
/// Nothing for what is none, for a number in place of a domain, and for a name before the `@` beyond ASCII: few servers take that (RFC 6531), and one
/// that does not would be asked in vain.
pub fn address(text: &str) -> Option<Address> {
    let (local, domain) = text.trim().rsplit_once('@')?;
    if !local.is_ascii() || local.chars().any(|letter| letter.is_ascii_control()) {
        return None;
    }
    match Host::parse(domain).ok()? {
        Host::Domain(domain) => Address::new(local, domain).ok(),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

/// Where bounces go: an address whose server keeps what stands behind a plus
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BounceAddress {
    local: String,
    domain: String,
}

impl BounceAddress {
    /// Reads it; nothing where a message's name finds no room before the `@`
    pub fn parse(text: &str) -> Option<Self> {
        // RFC 5321 gives the name 64 bytes, and a message's takes 37 with its plus.
        const NAME_MAX: usize = 64 - 37;
        let address = address(text).filter(|address| address.user().len() <= NAME_MAX && !address.user().contains('+'))?;
        Some(Self { local: address.user().to_owned(), domain: address.domain().to_owned() })
    }

    /// The sender of one message, by which its bounce is known
    pub fn of(&self, message: &str) -> Option<Address> {
        Address::new(format!("{}+{message}", self.local), &self.domain).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_written_as_the_dns_has_it() {
        for (text, written) in [
            ("anna@example.org", "anna@example.org"),
            (" anna@Example.ORG ", "anna@example.org"),
            ("anna@müller-söhne.example", "anna@xn--mller-shne-kcb9d.example"),
            ("o'neil+shop@example.org", "o'neil+shop@example.org"),
            ("\"a b\"@example.org", "\"a b\"@example.org"),
        ] {
            assert_eq!(address(text).unwrap().to_string(), written, "{text}");
        }
        for text in [
            "",
            "anna",
            "@example.org",
            "anna@",
            "anna@127.0.0.1",
            "anna@[::1]",
            "dörte@example.org",
            "anna@exa mple.org",
            "anna@example.org\r\nRCPT TO:<bob@example.org>",
            "an\r\nna@example.org",
            "anna>@example.org",
            "anna@example.org>",
            "\"a\r\nb\"@example.org",
            "anna b@example.org",
        ] {
            assert!(address(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_bounce_address_has_room_for_a_message() {
        let message = format!("msg_{}", "0".repeat(32));
        let bounces = BounceAddress::parse("bounces@shop.example").unwrap();
        assert_eq!(bounces.of(&message).unwrap().to_string(), format!("bounces+{message}@shop.example"));
        assert!(BounceAddress::parse(&format!("{}@shop.example", "b".repeat(27))).unwrap().of(&message).is_some());
        for wrong in ["bounces", "a+b@shop.example", &format!("{}@shop.example", "b".repeat(28))] {
            assert!(BounceAddress::parse(wrong).is_none(), "{wrong}");
        }
    }
}
