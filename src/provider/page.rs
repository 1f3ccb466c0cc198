//! The page on which somebody pays, in German and English, and the page of the bank that asks back.
//!
//! **Invariant:** looking changes nothing; the page runs no script, and what others wrote is escaped.

use crate::Desk;
use crate::state::{Amount, Checkout, Status};
use axum::extract::{Path, State as Of};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;
use tresen_core::money::{Currency, Money, NumberStyle};

/// The sentences of one language
struct Words {
    lang: &'static str,
    note: &'static str,
    title: &'static str,
    to: &'static str,
    amount: &'static str,
    pay: &'static str,
    cancel: &'static str,
    other: &'static str,
    bank_title: &'static str,
    bank: &'static str,
    allow: &'static str,
    deny: &'static str,
    over: &'static str,
    back: &'static str,
    /// What a provider does to a shop, beside the plain yes and no
    tricks: [(&'static str, &'static str); 6],
}

const GERMAN: Words = Words {
    lang: "de",
    note: "Übungsmodus: Hier fließt kein Geld.",
    title: "Mit Karte bezahlen",
    to: "An",
    amount: "Betrag",
    pay: "Jetzt bezahlen",
    cancel: "Zurück zum Shop",
    other: "Anderes üben",
    bank_title: "Ihre Bank fragt nach",
    bank: "Bitte geben Sie die Zahlung frei, wie Sie es von Ihrer Bank kennen.",
    allow: "Zahlung freigeben",
    deny: "Ablehnen",
    over: "Diese Zahlung ist abgeschlossen.",
    back: "Zurück zum Shop",
    tricks: [
        ("decline", "Karte wird abgelehnt"),
        ("processing", "Geld ist unterwegs"),
        ("late", "Zusage kommt erst später"),
        ("twice", "Nachricht kommt mehrfach"),
        ("amount", "Nachricht nennt einen falschen Betrag"),
        ("killed", "Anbieter stürzt nach dem Bezahlen ab"),
    ],
};

const ENGLISH: Words = Words {
    lang: "en",
    note: "Practice mode: no money moves here.",
    title: "Pay by card",
    to: "To",
    amount: "Amount",
    pay: "Pay now",
    cancel: "Back to the shop",
    other: "Practise something else",
    bank_title: "Your bank asks back",
    bank: "Please approve the payment as you do with your bank.",
    allow: "Approve payment",
    deny: "Decline",
    over: "This payment is done.",
    back: "Back to the shop",
    tricks: [
        ("decline", "The card is declined"),
        ("processing", "The money is on its way"),
        ("late", "The approval comes later"),
        ("twice", "The notice comes several times"),
        ("amount", "The notice names a wrong amount"),
        ("killed", "The provider dies after the payment"),
    ],
};

impl Words {
    fn of(locale: &str) -> &'static Self {
        if locale == "de" || locale.starts_with("de-") { &GERMAN } else { &ENGLISH }
    }
}

pub async fn page(Of(desk): Of<Arc<Desk>>, Path(id): Path<String>) -> Response {
    shown(&desk, &id, paying)
}

pub async fn bank(Of(desk): Of<Arc<Desk>>, Path(id): Path<String>) -> Response {
    shown(&desk, &id, asking)
}

fn shown(desk: &Desk, id: &str, body: fn(&Checkout, &Words) -> String) -> Response {
    let Ok(checkout) = desk.store.change(|state| state.checkout(id).cloned()) else { return gone() };
    let words = Words::of(&checkout.wanted.locale);
    let is_open = checkout.status == Status::Open && !checkout.late;
    let body = if is_open { body(&checkout, words) } else { over(&checkout, words) };
    html(StatusCode::OK, words, &body)
}

fn facts(checkout: &Checkout, words: &Words) -> String {
    format!(
        "<dl><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd class=\"amount\">{}</dd></dl>",
        words.to,
        escape(&checkout.wanted.description),
        words.amount,
        escape(&written(&checkout.wanted.amount, words))
    )
}

fn button(checkout: &Checkout, choice: &str, label: &str, class: &str) -> String {
    format!("<form method=\"post\" action=\"/pay/{}/{choice}\"><button class=\"{class}\">{label}</button></form>", escape(&checkout.id))
}

fn paying(checkout: &Checkout, words: &Words) -> String {
    let tricks: String = words.tricks.iter().map(|(choice, label)| button(checkout, choice, label, "small")).collect();
    format!(
        "<h1>{}</h1>{}{}{}<details><summary>{}</summary><a class=\"small\" href=\"/pay/{}/bank\">{}</a>{tricks}</details>",
        words.title,
        facts(checkout, words),
        button(checkout, "pay", words.pay, "primary"),
        button(checkout, "cancel", words.cancel, ""),
        words.other,
        escape(&checkout.id),
        words.bank_title,
    )
}

fn asking(checkout: &Checkout, words: &Words) -> String {
    format!(
        "<h1>{}</h1><p>{}</p>{}{}{}",
        words.bank_title,
        words.bank,
        facts(checkout, words),
        button(checkout, "pay", words.allow, "primary"),
        button(checkout, "decline", words.deny, "")
    )
}

fn over(checkout: &Checkout, words: &Words) -> String {
    format!(
        "<h1>{}</h1>{}<a class=\"primary\" href=\"{}\">{}</a>",
        words.over,
        facts(checkout, words),
        escape(&checkout.wanted.return_url),
        words.back
    )
}

/// What a visitor sees who came for what there is not
pub fn gone() -> Response {
    let sentence = "<p>Diese Zahlung gibt es nicht. <span lang=\"en\">There is no such payment.</span></p>";
    html(StatusCode::NOT_FOUND, &GERMAN, sentence)
}

/// On to another page
pub fn to(address: &str) -> Response {
    match HeaderValue::try_from(address) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => gone(),
    }
}

fn html(status: StatusCode, words: &Words, body: &str) -> Response {
    let page = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{}</title><link rel=\"icon\" href=\"data:,\"><link rel=\"stylesheet\" href=\"/pay/style.css\"></head><body><main><p class=\"note\">{}</p>{body}</main></body></html>",
        words.lang, words.title, words.note
    );
    // Browsers hold the whole way back after a form to `form-action`, and where it ends is the shop's own affair.
    let policy = "default-src 'none'; img-src data:; style-src 'self'; form-action http: https:; base-uri 'none'; frame-ancestors 'none'";
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex")),
    ];
    (status, headers, page).into_response()
}

pub async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("page/style.css")).into_response()
}

fn written(amount: &Amount, words: &Words) -> String {
    let style = if words.lang == "de" { NumberStyle::German } else { NumberStyle::English };
    let money = Currency::parse(&amount.currency).and_then(|currency| Money::from_minor(amount.minor, currency).ok());
    money.map_or_else(|| format!("{} {}", amount.minor, amount.currency), |money| money.to_text(style))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
