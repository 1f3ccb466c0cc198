//! The identity check of the sandbox: a page on which one chooses what comes of it.

use super::pages::{escape, frame};
use super::{Words, respond};
use crate::app::{App, Caller, Work, blocking};
use crate::error::ApiError;
use crate::sessions::Session;
use crate::steps::{Check, IdentityResult, identified, tenant_of};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;
use tresen_core::ident::CheckId;
use tresen_wire::events::ActorKind;

pub const PAGE: &str = "/sandbox/identity/{check}";
pub const PASS: &str = "/sandbox/identity/{check}/pass";
pub const FAIL: &str = "/sandbox/identity/{check}/fail";
pub const CANCEL: &str = "/sandbox/identity/{check}/cancel";

/// The sentences of one language
struct Sentences {
    heading: &'static str,
    note: &'static str,
    pass: &'static str,
    fail: &'static str,
    cancel: &'static str,
    over: &'static str,
    back: &'static str,
}

const GERMAN: Sentences = Sentences {
    heading: "Identität prüfen",
    note: "Hier stünde die Prüfung eines Anbieters, zum Beispiel mit dem Ausweis. Im Übungsmodus wählen Sie das Ergebnis.",
    pass: "Bestätigt",
    fail: "Nicht bestätigt",
    cancel: "Abbrechen",
    over: "Diese Prüfung ist beendet. Sie können das Fenster schließen.",
    back: "Zurück zum Shop",
};

const ENGLISH: Sentences = Sentences {
    heading: "Check your identity",
    note: "A provider’s check would stand here, with an identity card for example. In practice mode you choose the result.",
    pass: "Confirmed",
    fail: "Not confirmed",
    cancel: "Cancel",
    over: "This check is over. You can close the window.",
    back: "Back to the shop",
};

struct View {
    id: CheckId,
    is_waiting: bool,
    return_url: Option<String>,
    locale: String,
}

/// The page on which one chooses
pub async fn page(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    html(looked_at(app, id).await)
}

/// It is this person
pub async fn pass(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    done(with(app, id, |work, id| identified(work, id, IdentityResult::Passed)).await)
}

/// It is not
pub async fn fail(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    done(with(app, id, |work, id| identified(work, id, IdentityResult::Failed)).await)
}

/// The person breaks it off
pub async fn cancel(State(app): State<Arc<App>>, Path(id): Path<String>) -> Response {
    done(with(app, id, |work, id| identified(work, id, IdentityResult::Cancelled)).await)
}

async fn with(
    app: Arc<App>,
    id: String,
    act: impl FnOnce(&Work<'_>, &CheckId) -> Result<(), ApiError> + Send + 'static,
) -> Result<View, ApiError> {
    let id = read_id(&id)?;
    blocking(move || {
        app.write_now(provider(&app, &id)?, |work| {
            act(work, &id)?;
            view(work, &id)
        })
    })
    .await
}

async fn looked_at(app: Arc<App>, id: String) -> Result<View, ApiError> {
    let id = read_id(&id)?;
    blocking(move || app.read_now(provider(&app, &id)?, |work| view(work, &id))).await
}

fn read_id(text: &str) -> Result<CheckId, ApiError> {
    CheckId::parse(text).ok_or_else(|| ApiError::unknown("check.unknown", "check"))
}

/// Whoever knows the check's id acts for whoever checks
fn provider(app: &App, id: &CheckId) -> Result<Caller, ApiError> {
    Ok(Caller::of(tenant_of(app, id)?, ActorKind::Provider, "sandbox", "provider"))
}

fn view(work: &Work<'_>, id: &CheckId) -> Result<View, ApiError> {
    let check = Check::load(work, id)?;
    let session = Session::load(work, &check.session)?;
    Ok(View { is_waiting: check.is_waiting(work), return_url: check.details.return_url, locale: session.locale, id: id.clone() })
}

/// Back to the shop, which asks for the step itself and believes nothing in the address
fn done(view: Result<View, ApiError>) -> Response {
    let back = view.as_ref().ok().and_then(|view| view.return_url.as_ref()).map(HeaderValue::try_from);
    match back {
        Some(Ok(location)) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Some(Err(_)) | None => html(view),
    }
}

fn html(view: Result<View, ApiError>) -> Response {
    match view {
        Ok(view) => respond(StatusCode::OK, written(&view), view.return_url.as_deref()),
        Err(problem) => {
            let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            respond(status, super::pages::gone((problem.status == 404).then_some(super::pages::NO_CHECK), super::pages::STYLE), None)
        }
    }
}

/// The forms' addresses are relative, so that the page works behind whatever path the shop's proxy puts before it.
fn written(view: &View) -> String {
    let words = Words::of(&view.locale);
    let Sentences { heading, note, pass, fail, cancel, over, back } = if words.is_german() { &GERMAN } else { &ENGLISH };
    let id = escape(view.id.as_str());
    let body = if view.is_waiting {
        format!(
            "<p>{note}</p>\
             <form method=\"post\" action=\"{id}/pass\"><button class=\"primary\">{pass}</button></form>\
             <form method=\"post\" action=\"{id}/fail\"><button>{fail}</button></form>\
             <form method=\"post\" action=\"{id}/cancel\"><button>{cancel}</button></form>"
        )
    } else {
        let back = view.return_url.as_deref().map(|url| format!("<a class=\"back\" href=\"{}\">{back}</a>", escape(url)));
        format!("<p>{over}</p>{}", back.unwrap_or_default())
    };
    frame(words, (heading, heading), &body, "../style.css")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_speaks_the_shoppers_language_and_has_buttons_only_while_it_waits() {
        let page = |is_waiting, locale: &str| {
            let return_url = Some("http://a.example/?x=1&y='".to_owned());
            written(&View { id: CheckId::from_bytes([1; 20]), is_waiting, return_url, locale: locale.to_owned() })
        };
        let german = page(true, "de-AT");
        assert!(german.contains("lang=\"de\"") && german.contains("/cancel\"><button>Abbrechen"), "{german}");
        assert!(!german.contains("a.example"), "{german}");
        let over = page(false, "fr");
        assert!(!over.contains("<form") && over.contains("href=\"http://a.example/?x=1&amp;y=&#39;\""), "{over}");
        assert!(over.contains("This check is over"), "{over}");
    }
}
