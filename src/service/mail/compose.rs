//! The mail itself.
//!
//! **Invariant:** nothing that others wrote ends a line of the head: neither a name, nor a subject, nor an address.

use super::Correspondent;
use super::address::address;
use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};

/// What is to be written
#[derive(Debug)]
pub struct Draft<'a> {
    /// The service's own id: the name of the mail is made of it
    pub id: &'a str,
    /// Language of whoever reads it
    pub locale: &'a str,
    /// In whose name
    pub sender: &'a Correspondent,
    /// To which address
    pub recipient: &'a str,
    /// What stands in a list of mails
    pub subject: &'a str,
    /// The mail as text
    pub text: &'a str,
    /// The mail as a page, where there is one
    pub html: Option<&'a str>,
}

/// A mail as it goes over the wire
#[derive(Debug)]
pub struct Written {
    /// From whom
    pub from: Address,
    /// To whom
    pub to: Address,
    /// Everything: ASCII, lines of at most 998 characters that end in CR LF, dots not yet doubled
    pub bytes: Vec<u8>,
}

/// Why a mail is not written
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwritable {
    /// Neither the operator nor the merchant has said from which address mails go
    NoSender,
    /// The address is none that can be written to
    NoRecipient,
}

/// Writes a mail from an address of the operator's, or else from the merchant's own
pub fn write(from: Option<&Address>, draft: &Draft<'_>) -> Result<Written, Unwritable> {
    let own = draft.sender.email.as_deref().and_then(address);
    let from = from.cloned().or_else(|| own.clone()).ok_or(Unwritable::NoSender)?;
    let to = address(draft.recipient).ok_or(Unwritable::NoRecipient)?;
    let mut message = Message::builder()
        .from(Mailbox::new(Some(line(&draft.sender.name)), from.clone()))
        .to(Mailbox::new(None, to.clone()))
        .subject(line(draft.subject))
        .message_id(Some(format!("<{}@{}>", draft.id, from.domain())))
        .date_now()
        // RFC 3834: nobody's automatic answer is wanted; the second says so to Exchange, and leaves its bounces alone.
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("X-Auto-Response-Suppress", "OOF, AutoReply"))
        .raw_header(header("Content-Language", &line(draft.locale)));
    if let Some(own) = own.filter(|own| *own != from) {
        message = message.reply_to(Mailbox::new(Some(line(&draft.sender.name)), own));
    }
    let text = part(ContentType::TEXT_PLAIN, draft.text);
    let made = match draft.html {
        Some(html) => message.multipart(MultiPart::alternative().singlepart(text).singlepart(part(ContentType::TEXT_HTML, html))),
        None => message.singlepart(text),
    };
    // It asks for a sender and a recipient, which are there.
    let bytes = made.map_err(|_| Unwritable::NoRecipient)?.formatted();
    Ok(Written { from, to, bytes })
}

/// One line, without what would end it
fn line(text: &str) -> String {
    let ends = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    text.chars().map(|letter| if ends(letter) { ' ' } else { letter }).collect::<String>().trim().to_owned()
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Quoted-printable whatever it says: long lines, umlauts and euro signs arrive by every server, and the source stays readable
fn part(kind: ContentType, text: &str) -> SinglePart {
    let encoded = Body::new_with_encoding(text.to_owned(), ContentTransferEncoding::QuotedPrintable);
    // This encoding takes everything.
    let body = encoded.unwrap_or_else(Body::new);
    SinglePart::builder().content_type(kind).body(body)
}
