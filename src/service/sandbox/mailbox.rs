//! The mailbox of the sandbox: every mail, letter and message to a telephone that would have been sent, for the demo and for tests.
//!
//! **Invariant:** only the demo's messages are shown on the page, for it asks for no key.
//! **Invariant:** a mail is shown as a mail program shows it, in a frame of its own that runs no script and loads nothing.

use super::pages::{escape, frame};
use super::{Words, respond};
use crate::api::Segments;
use crate::app::{App, Caller, Work, blocking};
use crate::clock::instant;
use crate::collect;
use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use crate::steps::Outgoing;
use crate::tenants;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use rusqlite::params;
use std::sync::Arc;
use tresen_core::ident::{CustomerId, MessageId};
use tresen_wire::http::{SandboxMessage, SandboxMessages};

pub const PAGE: &str = "/sandbox/mailbox";
pub const FORM: &str = "/sandbox/mailbox/{message}/{form}";

/// The newest are shown, and no more than that
const SHOWN_MAX: u32 = 50;

/// What has been sent for the tenant, the newest first; of an erased person nothing is left
pub fn messages(work: &Work<'_>) -> Result<SandboxMessages, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT message_id, customer_id, channel, sealed_message, changed_ms FROM messages WHERE tenant_id = ?1 AND state = 'sent' \
         ORDER BY position DESC LIMIT ?2",
    )?;
    let rows = statement
        .query_map(params![work.tenant.as_str(), SHOWN_MAX], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?
        .collect::<Result<Vec<(String, String, String, Option<Vec<u8>>, i64)>, _>>()?;
    let mut messages = Vec::new();
    for (id, customer, channel, sealed, sent_ms) in rows {
        let (Some(sealed), Some(key)) = (sealed, work.key_of(&ids::stored(&customer, CustomerId::parse)?)?) else { continue };
        let place = Place::Message(ids::stored(&id, MessageId::parse)?);
        let Outgoing { recipient, subject, text, locale, .. } = serde_json::from_slice(&key.open(&place, &sealed)?)?;
        let subject = (!subject.is_empty()).then_some(subject);
        messages.push(SandboxMessage { id, channel, to: recipient, subject, text, locale, sent_at: instant(sent_ms)?, forms: Vec::new() });
    }
    messages.extend(collect::mailbox(work, SHOWN_MAX)?);
    messages.sort_by(|one, other| other.sent_at.cmp(&one.sent_at));
    messages.truncate(usize::try_from(SHOWN_MAX).unwrap_or(usize::MAX));
    Ok(SandboxMessages { messages })
}

/// A mail as it looks, or a letter
pub async fn form(State(app): State<Arc<App>>, Segments(message, form): Segments) -> Result<Response, ApiError> {
    let found = blocking(move || {
        let demo = tenants::id(tenants::DEMO).map_err(ApiError::internal)?;
        let id = collect::message_id(&message)?;
        app.read_now(Caller::system(demo), |work| collect::form(work, &id, &form))
    });
    let collect::Form { media_type, bytes } = found.await?;
    // Its links leave the frame.
    let page = String::from_utf8(bytes).map(|page| page.replacen("<head>", "<head><base target=\"_top\">", 1).into_bytes());
    let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    Ok((headers, page.unwrap_or_else(std::string::FromUtf8Error::into_bytes)).into_response())
}

/// The page, in the language of whoever looks
pub async fn page(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let language = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let words = Words::of(language.split([',', ';']).next().unwrap_or_default());
    let shown = blocking(move || {
        let demo = tenants::id(tenants::DEMO).map_err(ApiError::internal)?;
        app.read_now(Caller::system(demo), messages)
    });
    match shown.await {
        Ok(SandboxMessages { messages }) => respond(StatusCode::OK, written(words, &messages), None),
        Err(problem) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            respond(status, super::pages::gone(None, "style.css"), None)
        }
    }
}

fn written(words: &Words, messages: &[SandboxMessage]) -> String {
    let (heading, nothing) =
        if words.is_german() { ("Postfach", "Noch wurde nichts gesendet.") } else { ("Mailbox", "Nothing has been sent yet.") };
    let body: String = messages.iter().map(|one| message(words, one)).collect();
    let body = if body.is_empty() { format!("<p>{nothing}</p>") } else { body };
    frame(words, (heading, heading), &body, "style.css")
}

fn message(words: &Words, message: &SandboxMessage) -> String {
    let SandboxMessage { id, to, subject, text, locale, sent_at, forms, .. } = message;
    let heading = subject.as_ref().map(|subject| format!("<h2>{}</h2>", escape(subject))).unwrap_or_default();
    let (id, locale, title) = (escape(id), escape(locale), escape(subject.as_deref().unwrap_or_default()));
    let (open, letter) =
        if words.is_german() { ("In eigenem Fenster", "Brief als PDF") } else { ("In a window of its own", "Letter as PDF") };
    let has = |form: &str| forms.iter().any(|one| one == form);
    let shown = if has("html") {
        format!(
            "<iframe class=\"mail\" sandbox=\"allow-top-navigation-by-user-activation\" loading=\"lazy\" title=\"{title}\" src=\"mailbox/{id}/html\"></iframe>\
             <p><a href=\"mailbox/{id}/html\">{open}</a></p>"
        )
    } else {
        format!("<p class=\"letter\">{}</p>", escape(text))
    };
    let letter = if has("pdf") { format!("<p><a href=\"mailbox/{id}/pdf\">{letter}</a></p>") } else { String::new() };
    format!("<article lang=\"{locale}\"><p class=\"note\">{} · {}</p>{heading}{letter}{shown}</article>", escape(to), escape(sent_at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_escapes_what_others_wrote() {
        let message = SandboxMessage {
            id: "msg_1".into(),
            channel: "email".into(),
            to: "<a@b.example>".into(),
            subject: Some("Ihr Code von A & B".into()),
            text: "042137\n<script>".into(),
            locale: "de\"".into(),
            sent_at: "2026-11-21T12:00:00.000Z".into(),
            forms: vec!["html".into(), "pdf".into()],
        };
        let text_only = SandboxMessage { forms: Vec::new(), ..message.clone() };
        let framed = written(Words::of("de"), &[message]);
        assert!(framed.contains("src=\"mailbox/msg_1/html\"") && framed.contains("href=\"mailbox/msg_1/pdf\""), "{framed}");
        assert!(framed.contains("title=\"Ihr Code von A &amp; B\"") && !framed.contains("<script>"), "{framed}");
        let page = written(Words::of("de"), &[text_only]);
        assert!(page.contains("A &amp; B") && page.contains("&lt;script&gt;") && page.contains("&lt;a@b.example&gt;"), "{page}");
        assert!(page.contains("lang=\"de&quot;\"") && page.contains("href=\"style.css\""), "{page}");
        assert!(written(Words::of("en"), &[]).contains("Nothing has been sent yet."));
    }
}
