//! Mails that come in: what they say of a message is taken down as if somebody had told it.
//!
//! **Invariant:** whatever comes in is answered: what is no news, or is about nobody's message, is left aside with a reason, so that no mail server sends it
//! again and again.

use super::report::{News, Report, read};
use crate::app::Work;
use crate::collect::{self, tell_delivery};
use crate::error::ApiError;
use crate::steps;
use rusqlite::{OptionalExtension as _, params};
use tresen_core::ident::MessageId;
use tresen_wire::http::{DeliveryNews, MailRead, TellDelivery};

/// Takes a mail in
///
/// # Errors
///
/// `mail.too_early` while the message is still being handed over: a server that is as quick as that sends its bounce again a little later.
pub fn take_in(work: &Work<'_>, bytes: &[u8]) -> Result<MailRead, ApiError> {
    let Report { news, about } = read(bytes);
    let aside = |message: Option<&MessageId>, why: &str| {
        Ok(MailRead { message: message.map(ToString::to_string), news: None, ignored: Some(why.to_owned()) })
    };
    if let News::Nothing(why) = news {
        return aside(about.first(), why);
    }
    for id in &about {
        let Some(state) = state(work, id)? else {
            if let (News::Returned { .. }, true) = (&news, steps::undeliverable(work, id)?) {
                return Ok(MailRead { message: Some(id.to_string()), news: Some(DeliveryNews::Bounced), ignored: None });
            }
            continue;
        };
        if state == "sending" {
            return Err(too_early());
        }
        if matches!(state.as_str(), "intended" | "failed" | "suppressed") {
            return aside(Some(id), "message.not_sent");
        }
        let told = match &news {
            News::Returned { hard, status } => {
                collect::came_back(work, id, *hard, status.as_deref())?;
                DeliveryNews::Bounced
            }
            News::Delivered => tell(work, id, DeliveryNews::Delivered)?,
            News::Complained => tell(work, id, DeliveryNews::Complained)?,
            News::Nothing(why) => return aside(Some(id), why),
        };
        return Ok(MailRead { message: Some(id.to_string()), news: Some(told), ignored: None });
    }
    aside(None, "mail.unknown_message")
}

fn tell(work: &Work<'_>, id: &MessageId, news: DeliveryNews) -> Result<DeliveryNews, ApiError> {
    tell_delivery(work, id, &TellDelivery { news }).map(|_| news)
}

fn state(work: &Work<'_>, id: &MessageId) -> Result<Option<String>, ApiError> {
    Ok(work
        .tx
        .prepare_cached("SELECT state FROM contacts WHERE tenant_id = ?1 AND message_id = ?2")?
        .query_row(params![work.tenant.as_str(), id.as_str()], |row| row.get(0))
        .optional()?)
}

fn too_early() -> ApiError {
    ApiError {
        retry_after: Some(30),
        ..ApiError::new(
            503,
            "mail.too_early",
            "the message is just being handed over",
            "send the mail again in a minute, as a mail server does by itself",
        )
    }
}
