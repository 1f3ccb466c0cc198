//! Mails that come back: what they say of which message.
//!
//! | what comes | what it says |
//! |---|---|
//! | a delivery status notification (RFC 3464) or the form of qmail, `failed` | it came back; 5.x.x: that address takes nothing, 4.x.x: somebody has given up trying |
//! | the same, `delayed`, `relayed` or `expanded` | nothing: whoever carries it goes on |
//! | the same, `delivered` | it arrived |
//! | a feedback report (RFC 5965) of abuse, fraud or opting out | the customer does not want it |
//! | an automatic answer (RFC 3834), a receipt, anything else | nothing |

use super::is_status;
use mail_parser::{Message, MessageParser, MimeHeaders as _};
use tresen_core::ident::MessageId;

/// What a mail says of a message
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// It came back, and nobody tries again
    Returned {
        /// Whether the address takes nothing at all; else somebody has tried for days
        hard: bool,
        /// The status by RFC 3463, where there is one
        status: Option<String>,
    },
    /// It arrived
    Delivered,
    /// The customer does not want to be written to
    Complained,
    /// Nothing that counts, and why
    Nothing(&'static str),
}

/// A mail that was read
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What it says
    pub news: News,
    /// Of which message it may be: first what the address says at which it came in, last what is written in it
    pub about: Vec<MessageId>,
}

/// Where the address stands at which a mail came in
const ARRIVED_AT: [&str; 5] = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To"];

/// Reads a mail
pub fn read(bytes: &[u8]) -> Report {
    let Some(mail) = MessageParser::default().parse(bytes) else {
        return Report { news: News::Nothing("mail.unreadable"), about: Vec::new() };
    };
    let mut about = Vec::new();
    for name in ARRIVED_AT {
        all(&mail, name).for_each(|value| names(value, &mut about));
    }
    let mut news = None;
    for part in &mail.parts {
        let Some(kind) = part.content_type() else { continue };
        match (kind.ctype().to_ascii_lowercase().as_str(), kind.subtype().unwrap_or_default().to_ascii_lowercase().as_str()) {
            ("message", "delivery-status" | "global-delivery-status") => {
                let groups = groups(part.contents());
                groups.iter().filter_map(|group| field(group, "Original-Envelope-Id")).for_each(|value| names(&value, &mut about));
                news = news.or_else(|| Some(of_status(&groups)));
            }
            ("message", "feedback-report") => {
                let kind = groups(part.contents()).iter().find_map(|group| field(group, "Feedback-Type"));
                news = news.or_else(|| Some(of_feedback(&kind.unwrap_or_default())));
            }
            ("message", "disposition-notification") => news = news.or(Some(News::Nothing("mail.receipt"))),
            ("message", _) | ("text", "rfc822-headers") => {
                let returned = part.message().map(|message| all(message, "Message-ID").map(str::to_owned).collect::<Vec<_>>());
                let returned = returned.or_else(|| Some(field(part.contents(), "Message-ID")?.lines().map(str::to_owned).collect()));
                returned.unwrap_or_default().iter().for_each(|value| names(value, &mut about));
            }
            _ => {}
        }
    }
    for name in ["In-Reply-To", "References"] {
        all(&mail, name).for_each(|value| names(value, &mut about));
    }
    Report { news: news.unwrap_or_else(|| without_a_report(&mail)), about }
}

/// What notifications say, recipient by recipient: each message of ours has one, which a forwarder may have made several of
fn of_status(groups: &[Vec<u8>]) -> News {
    let told = |wanted: &str| groups.iter().find(|group| field(group, "Action").is_some_and(|action| action.eq_ignore_ascii_case(wanted)));
    if let Some(group) = told("failed") {
        let status = field(group, "Status").and_then(|status| status.split_whitespace().next().map(str::to_owned));
        let answered = field(group, "Diagnostic-Code").and_then(|said| said.split_once(';').map(|(_, said)| said.trim_start().to_owned()));
        let hard = status.as_ref().or(answered.as_ref()).is_some_and(|status| status.starts_with('5'));
        return News::Returned { hard, status };
    }
    if told("delivered").is_some() {
        return News::Delivered;
    }
    if told("delayed").is_some() {
        return News::Nothing("mail.delayed");
    }
    let goes_on = told("relayed").is_some() || told("expanded").is_some();
    News::Nothing(if goes_on { "mail.on_its_way" } else { "mail.no_status" })
}

fn of_feedback(kind: &str) -> News {
    match kind.to_ascii_lowercase().as_str() {
        "abuse" | "fraud" | "opt-out" | "opt-out-list" => News::Complained,
        _ => News::Nothing("mail.no_complaint"),
    }
}

/// What is no report: Exim before 4.93 named who failed in a header and nothing else that a machine reads
fn without_a_report(mail: &Message<'_>) -> News {
    if all(mail, "X-Failed-Recipients").next().is_some() {
        let hard = mail.body_text(0).is_some_and(|text| text.contains("permanent error"));
        return News::Returned { hard, status: None };
    }
    if let Some(status) = of_qmail(mail) {
        return News::Returned { hard: status.starts_with('5'), status: Some(status) };
    }
    let said = |name: &str| all(mail, name).next().map(|value| value.trim().to_ascii_lowercase());
    let is_automatic = said("Auto-Submitted").is_some_and(|value| !value.starts_with("no"))
        || ["X-Autoreply", "X-Autorespond", "X-Autoresponder"].iter().any(|name| said(name).is_some())
        || said("Precedence").is_some_and(|value| matches!(value.as_str(), "auto_reply" | "bulk" | "junk"));
    News::Nothing(if is_automatic { "mail.auto_reply" } else { "mail.no_report" })
}

/// The status in the form of qmail, which begins with the same words everywhere and has the status of each failure as `(#5.1.1)`
fn of_qmail(mail: &Message<'_>) -> Option<String> {
    let text = mail.body_text(0).filter(|text| text.starts_with("Hi. This is the "))?;
    let (status, _) = text.split_once("(#")?.1.split_once(')')?;
    is_status(status).then(|| status.to_owned())
}

/// All fields of a name, as they were written
fn all<'a>(mail: &'a Message<'_>, name: &'a str) -> impl Iterator<Item = &'a str> {
    mail.headers_raw().filter(move |(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// The groups of fields of a report, which blank lines part
fn groups(bytes: &[u8]) -> Vec<Vec<u8>> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    text.split("\n\n").filter(|group| !group.trim().is_empty()).map(|group| format!("{}\n\n", group.trim_start()).into_bytes()).collect()
}

/// A field of a group
fn field(group: &[u8], name: &str) -> Option<String> {
    let read = MessageParser::default().parse_headers(group)?;
    all(&read, name).next().map(|value| value.trim().to_owned())
}

/// The names of messages that stand in a text; mail servers may have changed their letters to capitals
fn names(text: &str, found: &mut Vec<MessageId>) {
    const LENGTH: usize = "msg_".len() + 32;
    let text = text.to_ascii_lowercase();
    for (at, _) in text.match_indices("msg_") {
        let name = text.get(at..at.saturating_add(LENGTH)).and_then(MessageId::parse);
        if let Some(name) = name.filter(|name| !found.contains(name)) {
            found.push(name);
        }
    }
}

#[cfg(test)]
mod tests;
