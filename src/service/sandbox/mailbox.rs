//! The mailbox of the sandbox: every mail and message to a telephone that would have been sent, for the demo and for tests.
//!
//! **Invariant:** only the demo's messages are shown on the page, for it asks for no key.

use super::pages::{escape, frame};
use super::{Words, respond};
use crate::app::{App, Caller, Work, blocking};
use crate::clock::instant;
use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use crate::steps::Outgoing;
use crate::tenants;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use rusqlite::params;
use std::sync::Arc;
use tresen_core::ident::{CustomerId, MessageId};
use tresen_wire::http::{SandboxMessage, SandboxMessages};

pub const PAGE: &str = "/sandbox/mailbox";

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
        messages.push(SandboxMessage { id, channel, to: recipient, subject, text, locale, sent_at: instant(sent_ms)? });
    }
    Ok(SandboxMessages { messages })
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
            respond(status, super::pages::gone(None), None)
        }
    }
}

fn written(words: &Words, messages: &[SandboxMessage]) -> String {
    let (heading, nothing) =
        if words.is_german() { ("Postfach", "Noch wurde nichts gesendet.") } else { ("Mailbox", "Nothing has been sent yet.") };
    let body: String = messages.iter().map(message).collect();
    let body = if body.is_empty() { format!("<p>{nothing}</p>") } else { body };
    frame(words, (heading, heading), &body, "style.css")
}

fn message(message: &SandboxMessage) -> String {
    let SandboxMessage { to, subject, text, locale, sent_at, .. } = message;
    let heading = subject.as_ref().map(|subject| format!("<h2>{}</h2>", escape(subject))).unwrap_or_default();
    format!(
        "<article lang=\"{}\"><p class=\"note\">{} · {}</p>{heading}<p class=\"letter\">{}</p></article>",
        escape(locale),
        escape(to),
        escape(sent_at),
        escape(text)
    )
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
        };
        let page = written(Words::of("de"), &[message]);
        assert!(page.contains("A &amp; B") && page.contains("&lt;script&gt;") && page.contains("&lt;a@b.example&gt;"), "{page}");
        assert!(page.contains("lang=\"de&quot;\"") && page.contains("href=\"style.css\""), "{page}");
        assert!(written(Words::of("en"), &[]).contains("Nothing has been sent yet."));
    }
}
