//! The server that takes mails on: where it is, and how it is spoken to.

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::Ehlo;
use lettre::transport::smtp::extension::ClientId;
use percent_encoding::percent_decode_str;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;
use url::Url;

/// How what is said is kept from others
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Guard {
    /// Not at all: on this machine, or where whoever runs the service says so
    None,
    /// By STARTTLS, or not at all
    StartTls,
    /// From the first byte on
    Tls,
}

/// A mail server
pub struct Relay {
    host: String,
    port: u16,
    guard: Guard,
    tls: TlsParameters,
    credentials: Option<Credentials>,
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Relay").field("host", &self.host).field("port", &self.port).field("guard", &self.guard).finish_non_exhaustive()
    }
}

/// What a server says that it can do
#[derive(Debug, Clone, Copy, Default)]
pub struct Abilities {
    /// It reads several commands at once (RFC 2920)
    pub pipelining: bool,
    /// It takes a name for the mail that its bounce repeats, and sends back no more than the head (RFC 3461)
    pub notification: bool,
}

/// A connection over which mails may be sent
pub struct Line {
    /// The connection itself
    pub smtp: SmtpConnection,
    /// What the other end can do
    pub abilities: Abilities,
}

/// The connection could not be made; the number is what the server answered, if it did
#[derive(Debug, Clone, Copy)]
pub struct Unreached(pub Option<u16>);

impl From<lettre::transport::smtp::Error> for Unreached {
    fn from(problem: lettre::transport::smtp::Error) -> Self {
        Self(problem.status().map(Into::into))
    }
}

impl Relay {
    /// Reads `smtps://user:password@host:465` or `smtp://host:587`; name and password may come from elsewhere, so that they are in no list of processes
    ///
    /// # Errors
    ///
    /// A sentence for whoever starts the service, without the password.
    pub fn parse(text: &str, named: Option<(&str, &str)>, authority: Option<&[u8]>) -> Result<Self, String> {
        let shape = || "the address of the mail server cannot be read: write it as `smtps://host` or `smtp://host:587`".to_owned();
        let url = Url::parse(text).map_err(|_| shape())?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or_else(shape)?.trim_matches(['[', ']']).to_owned();
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(shape());
        }
        let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        let guard = match (url.scheme(), url.query()) {
            ("smtps", None) => Guard::Tls,
            ("smtp", None) => {
                if is_here {
                    Guard::None
                } else {
                    Guard::StartTls
                }
            }
            ("smtp", Some("tls=starttls")) => Guard::StartTls,
            ("smtp", Some("tls=none")) => Guard::None,
            ("smtp" | "smtps", Some(_)) => return Err("behind `smtp://host` there may be `?tls=starttls` or `?tls=none`".to_owned()),
            _ => return Err(shape()),
        };
        let decoded = |part: &str| percent_decode_str(part).decode_utf8().map(std::borrow::Cow::into_owned).map_err(|_| shape());
        let credentials = match (named, url.username(), url.password()) {
            (Some((user, password)), ..) => Some(Credentials::new(user.to_owned(), password.to_owned())),
            (None, "", None) => None,
            (None, user, password) => Some(Credentials::new(decoded(user)?, decoded(password.unwrap_or_default())?)),
        };
        if credentials.is_some() && guard == Guard::None && !is_here {
            return Err("the password for the mail server would travel in the clear: use `smtps`, or `smtp` with STARTTLS".to_owned());
        }
        let port = url.port().unwrap_or(match guard {
            Guard::Tls => 465,
            Guard::StartTls => 587,
            Guard::None => 25,
        });
        Ok(Self { tls: tls(&host, authority)?, host, port, guard, credentials })
    }

    /// Connects, and asks what the server can do
    pub fn connect(&self, patience: Duration) -> Result<Line, Unreached> {
        let hello = ClientId::Ipv4(Ipv4Addr::LOCALHOST);
        let tls = (self.guard == Guard::Tls).then_some(&self.tls);
        let mut smtp = SmtpConnection::connect((self.host.as_str(), self.port), Some(patience), &hello, tls, None)?;
        if self.guard == Guard::StartTls {
            smtp.starttls(&self.tls, &hello)?;
        }
        if let Some(credentials) = &self.credentials {
            smtp.auth(&[Mechanism::Plain, Mechanism::Login], credentials)?;
        }
        // Once more, for the library tells of few abilities; a greeting may be repeated (RFC 5321, 4.1.4).
        let said = smtp.command(Ehlo::new(hello))?;
        let can = |what: &str| said.message().any(|line| line.split(' ').next().is_some_and(|word| word.eq_ignore_ascii_case(what)));
        let abilities = Abilities { pipelining: can("PIPELINING"), notification: can("DSN") };
        Ok(Line { smtp, abilities })
    }
}

fn tls(host: &str, authority: Option<&[u8]>) -> Result<TlsParameters, String> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(pem) = authority {
        let certificate =
            Certificate::from_pem(pem).map_err(|_| "the certificate of the mail server's authority cannot be read".to_owned())?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build_rustls().map_err(|_| "the connection to the mail server cannot be encrypted".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay(text: &str) -> Relay {
        Relay::parse(text, None, None).unwrap()
    }

    #[test]
    fn what_leaves_this_machine_is_encrypted_unless_somebody_says_otherwise() {
        for (text, guard, port) in [
            ("smtps://mail.example", Guard::Tls, 465),
            ("smtps://mail.example:4650/", Guard::Tls, 4650),
            ("smtp://mail.example", Guard::StartTls, 587),
            ("smtp://mail.example:25", Guard::StartTls, 25),
            ("smtp://127.0.0.1:2525", Guard::None, 2525),
            ("smtp://localhost", Guard::None, 25),
            ("smtp://[::1]:2525", Guard::None, 2525),
            ("smtp://127.0.0.1:2525?tls=starttls", Guard::StartTls, 2525),
            ("smtp://mailpit:1025?tls=none", Guard::None, 1025),
        ] {
            let relay = relay(text);
            assert_eq!((relay.guard, relay.port), (guard, port), "{text}");
        }
        for text in ["", "mail.example", "http://mail.example", "smtp://", "smtp://mail.example/x", "smtps://mail.example?tls=none"] {
            assert!(Relay::parse(text, None, None).is_err(), "{text}");
        }
    }

    #[test]
    fn a_password_is_neither_shown_nor_sent_in_the_clear() {
        let shown = format!("{:?}", relay("smtps://anna%40example.org:geh%2Feim@mail.example"));
        assert!(shown.contains("mail.example") && !shown.contains("eim") && !shown.contains("anna"), "{shown}");
        let problem = Relay::parse("smtp://anna:geheim@mail.example?tls=none", None, None).unwrap_err();
        assert!(problem.contains("in the clear") && !problem.contains("geheim"), "{problem}");
        assert!(Relay::parse("smtp://mail.example?tls=none", Some(("anna", "geheim")), None).is_err());
        assert!(Relay::parse("smtp://127.0.0.1:25", Some(("anna", "geheim")), None).is_ok());
    }
}
