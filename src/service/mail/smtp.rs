//! A mail server as whoever carries messages.

use super::address::{BounceAddress, address};
use super::compose::{Draft, Unwritable, write};
use super::connection::{Connections, Kept};
use super::deliver::{Outcome, Posted, deliver};
use super::relay::{Relay, Unreached};
use crate::collect::{Handed, Parcel, Transport};
use crate::steps::{AdapterProblem, Mailer, Outgoing};
use lettre::Address;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tresen_core::ladder::Channel;

/// How long a mail may take altogether: what takes ten minutes with all others of its batch is taken for lost
const PATIENCE: Duration = Duration::from_secs(60);

/// How long one may take while somebody waits for a page
const WAITED_FOR: Duration = Duration::from_secs(10);

/// What is known of a mail server
#[derive(Clone, Default)]
pub struct SmtpConfig {
    /// Where it is: `smtps://user:password@host`, `smtp://host:587`
    pub url: String,
    /// Name and password, where they do not stand in the address
    pub named: Option<(String, String)>,
    /// The certificate of whoever vouches for it, as PEM, where that is nobody whom browsers trust
    pub authority: Option<Vec<u8>>,
    /// The address from which all mails go; without it each goes from the address of its merchant's imprint
    pub from: Option<String>,
    /// Where bounces go, such as `bounces@shop.example`: each mail's own is `bounces+msg_…@shop.example`
    pub bounces: Option<String>,
}

impl std::fmt::Debug for SmtpConfig {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address holds a password.
        out.debug_struct("SmtpConfig").field("from", &self.from).field("bounces", &self.bounces).finish_non_exhaustive()
    }
}

/// A mail server
#[derive(Debug, Clone)]
pub struct Smtp {
    relay: Arc<Relay>,
    connections: Arc<Connections>,
    from: Option<Address>,
    bounces: Option<BounceAddress>,
}

impl Smtp {
    /// The server of a configuration; nobody is asked yet whether it is there
    ///
    /// # Errors
    ///
    /// A sentence for whoever starts the service.
    pub fn new(config: &SmtpConfig) -> Result<Self, String> {
        let named = config.named.as_ref().map(|(user, password)| (user.as_str(), password.as_str()));
        let relay = Relay::parse(&config.url, named, config.authority.as_deref())?;
        let from = config.from.as_deref().map(|from| address(from).ok_or("the address from which mails go is none")).transpose()?;
        let bounces = config.bounces.as_deref();
        let bounces =
            bounces.map(|bounces| BounceAddress::parse(bounces).ok_or("the address for bounces is none, or too long")).transpose()?;
        Ok(Self { relay: Arc::new(relay), connections: Arc::default(), from, bounces })
    }

    fn hand_over(&self, draft: &Draft<'_>, patience: Duration) -> Handed {
        let written = match write(self.from.as_ref(), draft) {
            Ok(written) => written,
            Err(Unwritable::NoRecipient) => return Handed::Refused("no address that can be written to".to_owned()),
            Err(Unwritable::NoSender) => {
                tracing::warn!("a mail has no sender: neither `--mail-from` nor the policy's imprint says it");
                return Handed::NotNow("no sender".to_owned());
            }
        };
        let bounces = self.bounces.as_ref().and_then(|bounces| bounces.of(draft.id));
        let from = bounces.as_ref().unwrap_or(&written.from);
        let mail = Posted { id: draft.id, from, to: &written.to, bytes: &written.bytes };
        let until = Instant::now().checked_add(patience).unwrap_or_else(Instant::now);
        match self.connections.take(&self.relay, patience) {
            Ok(kept) => self.over(kept, &mail, until),
            Err(problem) => unreached(problem),
        }
    }

    fn over(&self, mut kept: Kept, mail: &Posted<'_>, until: Instant) -> Handed {
        match deliver(&mut kept.line, mail, until) {
            Outcome::Answered(handed, fit) => {
                if fit {
                    self.connections.keep(kept);
                }
                handed
            }
            Outcome::Gone if kept.used => {
                let patience = until.saturating_duration_since(Instant::now()).max(Duration::from_secs(1));
                match Connections::open(&self.relay, patience) {
                    Ok(new) => self.over(new, mail, until),
                    Err(problem) => unreached(problem),
                }
            }
            Outcome::Gone => Handed::NotNow("the mail server hung up".to_owned()),
        }
    }
}

fn unreached(Unreached(code): Unreached) -> Handed {
    tracing::warn!(code, "the mail server cannot be reached, or does not let us in");
    Handed::NotNow(code.map_or_else(|| "the mail server cannot be reached".to_owned(), |code| format!("smtp {code}")))
}

impl Transport for Smtp {
    fn send(&self, channel: Channel, parcel: &Parcel) -> Handed {
        if channel != Channel::Email {
            return Handed::Refused("a mail server carries mails".to_owned());
        }
        let Parcel { id, locale, sender, recipient, subject, text, html, .. } = parcel;
        self.hand_over(&Draft { id, locale, sender, recipient, subject, text, html: Some(html) }, PATIENCE)
    }

    fn carries(&self, channel: Channel) -> bool {
        channel == Channel::Email
    }
}

impl Mailer for Smtp {
    fn send(&self, message: &Outgoing) -> Result<(), AdapterProblem> {
        let Outgoing { id, recipient, subject, text, locale, sender, .. } = message;
        match self.hand_over(&Draft { id, locale, sender, recipient, subject, text, html: None }, WAITED_FOR) {
            // Where nobody knows, whoever waits will see, and may ask for another.
            Handed::Sent { .. } | Handed::Unknown(_) => Ok(()),
            Handed::Refused(why) | Handed::NotNow(why) => Err(AdapterProblem(why)),
        }
    }
}
