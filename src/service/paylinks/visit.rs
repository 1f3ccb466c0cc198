//! Who opens a pay link: a person, or a machine.
//!
//! Mails have no pixel that tells on their reader. The link is followed by people, and by scanners, previews and browsers that load ahead. Taken for a person
//! is who shows what browsers show when somebody follows a link, and nothing that machines show. Of everybody else nothing is known: that is not "unopened".

use super::Link;
use crate::app::Work;
use crate::collect;
use crate::error::ApiError;
use axum::http::HeaderMap;

/// What programs call themselves that follow links by themselves
const MACHINES: &[&str] = &[
    "bot",
    "crawl",
    "spider",
    "preview",
    "facebookexternalhit",
    "whatsapp/",
    "headless",
    "phantomjs",
    "scanner",
    "safelinks",
    "barracuda",
    "proofpoint",
    "mimecast",
    "googleimageproxy",
    "google-read-aloud",
    "lighthouse",
    "curl",
    "wget",
    "python",
    "go-http",
    "java/",
    "okhttp",
    "libwww",
    "node",
    "http-client",
    "httpclient",
];

/// Whether a person follows the link, as far as the request tells
pub fn is_person(headers: &HeaderMap) -> bool {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    // A browser that loads ahead of its user says so under one of these names (the second by Safari and old Chromium).
    let is_ahead = ["sec-purpose", "purpose", "x-purpose", "x-moz"]
        .iter()
        .any(|name| ["prefetch", "prerender", "preview"].iter().any(|word| said(name).contains(word)));
    let program = said("user-agent");
    let is_machine = program.is_empty() || MACHINES.iter().any(|name| program.contains(name));
    // Safari has no word for "somebody has pressed something".
    let is_safari = program.contains("version/") && program.contains("safari/") && !program.contains("chrome/");
    let follows =
        said("sec-fetch-dest") == "document" && said("sec-fetch-mode") == "navigate" && (said("sec-fetch-user") == "?1" || is_safari);
    follows && !is_ahead && !is_machine
}

/// Notes that a person has followed a link
pub fn note(work: &Work<'_>, link: &Link) -> Result<(), ApiError> {
    collect::visited(&work.as_system(), &link.customer, &link.currency, link.issued_ms)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

    fn is(program: &str, more: &[(&str, &str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in [("user-agent", program), ("sec-fetch-dest", "document"), ("sec-fetch-mode", "navigate")].iter().chain(more) {
            headers.insert(name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap());
        }
        is_person(&headers)
    }

    #[test]
    fn a_person_is_who_follows_a_link_in_a_browser() {
        let pressed = ("sec-fetch-user", "?1");
        assert!(is(FIREFOX, &[pressed]) && is(SAFARI, &[]));
        assert!(!is(FIREFOX, &[]), "nobody has pressed anything");
        assert!(!is(FIREFOX, &[pressed, ("sec-fetch-dest", "empty")]), "a script");
        for ahead in [("sec-purpose", "prefetch;prerender"), ("purpose", "prefetch"), ("x-purpose", "preview"), ("x-moz", "prefetch")] {
            assert!(!is(FIREFOX, &[pressed, ahead]) && !is(SAFARI, &[ahead]), "{ahead:?}");
        }
        for program in [
            "",
            "curl/8.5.0",
            "WhatsApp/2.23.20.0 A",
            "facebookexternalhit/1.1",
            "Mozilla/5.0 (compatible; Googlebot/2.1)",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0 Safari/537.36",
            "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
        ] {
            assert!(!is(program, &[pressed]), "{program}");
        }
        assert!(!is_person(&HeaderMap::new()));
    }
}
