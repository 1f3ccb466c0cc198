//! The pages of the sandbox provider, in German and English.

use tresen_core::money::{Currency, Money as Amount, NumberStyle};
use tresen_wire::http::PaymentState;
use tresen_wire::money::Money;

/// The way from a payment's page to the style sheet
pub const STYLE: &str = "../style.css";
/// The same from where a button of it leads
pub const STYLE_BEHIND: &str = "../../style.css";

/// The sentences of one language
pub struct Words {
    lang: &'static str,
    title: &'static str,
    note: &'static str,
    heading: &'static str,
    to: &'static str,
    order: &'static str,
    amount: &'static str,
    approve: &'static str,
    decline: &'static str,
    settled: &'static str,
    declined: &'static str,
    expired: &'static str,
    back: &'static str,
}

const GERMAN: Words = Words {
    lang: "de",
    title: "Zahlung",
    note: "Übungsmodus: Hier fließt kein Geld.",
    heading: "Zahlung freigeben",
    to: "An",
    order: "Bestellung",
    amount: "Betrag",
    approve: "Zahlung freigeben",
    decline: "Abbrechen",
    settled: "Die Zahlung ist freigegeben.",
    declined: "Die Zahlung wurde abgebrochen. Es wurde nichts abgebucht.",
    expired: "Die Zeit für diese Zahlung ist abgelaufen. Es wurde nichts abgebucht.",
    back: "Zurück zum Shop",
};

const ENGLISH: Words = Words {
    lang: "en",
    title: "Payment",
    note: "Practice mode: no money moves here.",
    heading: "Approve the payment",
    to: "To",
    order: "Order",
    amount: "Amount",
    approve: "Approve payment",
    decline: "Cancel",
    settled: "The payment is approved.",
    declined: "The payment was cancelled. Nothing was charged.",
    expired: "The time for this payment has run out. Nothing was charged.",
    back: "Back to the shop",
};

impl Words {
    /// The sentences for a locale
    pub fn of(locale: &str) -> &'static Self {
        if locale == "de" || locale.starts_with("de-") { &GERMAN } else { &ENGLISH }
    }

    /// Whether they are German
    pub fn is_german(&self) -> bool {
        self.lang == GERMAN.lang
    }
}

/// The page of a payment, with its two buttons while it waits; `back` leads to the shop, `style` to the style sheet
pub fn payment(payment: &PaymentState, locale: &str, merchant: &str, back: Option<&str>, style: &str) -> String {
    let words = Words::of(locale);
    let facts = format!(
        "<dl><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd class=\"amount\">{}</dd></dl>",
        words.to,
        escape(merchant),
        words.order,
        escape(&payment.order),
        words.amount,
        escape(&amount(&payment.amount, words)),
    );
    let (heading, rest) = match payment.state.as_str() {
        "initiated" => (words.heading, buttons(&payment.id, words)),
        "settled" => (words.settled, way_back(back, words)),
        "declined" => (words.declined, way_back(back, words)),
        _ => (words.expired, way_back(back, words)),
    };
    frame(words, (words.title, heading), &format!("{facts}{rest}"), style)
}

/// What a visitor is told whose payment is not known
pub const NO_PAYMENT: &str = "Diese Zahlung gibt es nicht. <span lang=\"en\">There is no such payment.</span>";
/// What a visitor is told whose check is not known
pub const NO_CHECK: &str = "Diese Prüfung gibt es nicht. <span lang=\"en\">There is no such check.</span>";

/// What a visitor sees who came for what is `unknown`, or when the service could not answer
pub fn gone(unknown: Option<&str>, style: &str) -> String {
    let sentence = unknown.unwrap_or(
        "Das hat gerade nicht geklappt. Bitte laden Sie die Seite neu. <span lang=\"en\">That did not work just now. Please load the page again.</span>",
    );
    frame(&GERMAN, (GERMAN.title, GERMAN.title), &format!("<p>{sentence}</p>"), style)
}

/// The forms' addresses are relative, so that the page works behind whatever path the shop's proxy puts before it.
fn buttons(id: &str, words: &Words) -> String {
    let id = escape(id);
    format!(
        "<form method=\"post\" action=\"{id}/approve\"><button class=\"primary\">{}</button></form>\
         <form method=\"post\" action=\"{id}/decline\"><button>{}</button></form>",
        words.approve, words.decline
    )
}

fn way_back(back: Option<&str>, words: &Words) -> String {
    back.map_or_else(String::new, |url| format!("<a class=\"back\" href=\"{}\">{}</a>", escape(url), words.back))
}

/// A page with its title and heading; `style` is the way from it to the style sheet
pub fn frame(words: &Words, (title, heading): (&str, &str), body: &str, style: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><link rel=\"stylesheet\" href=\"{style}\"></head>\
         <body><main><p class=\"note\">{note}</p><h1>{heading}</h1>{body}</main></body></html>",
        lang = words.lang,
        note = words.note,
    )
}

fn amount(amount: &Money, words: &Words) -> String {
    let style = if words.lang == "de" { NumberStyle::German } else { NumberStyle::English };
    let money = Currency::parse(&amount.currency).and_then(|currency| Amount::from_minor(amount.minor, currency).ok());
    money.map_or_else(|| format!("{} {}", amount.minor, amount.currency), |money| money.to_text(style))
}

/// A text in which nothing is markup
pub fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, character| {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(state: &str, locale: &str) -> String {
        let state = PaymentState {
            id: "pay_1".into(),
            state: state.into(),
            order: "<b>7".into(),
            method: "card".into(),
            provider: "sandbox".into(),
            amount: Money::new(16_840, "EUR"),
            expires_at: "2026-11-21T12:30:00.000Z".into(),
        };
        payment(&state, locale, "Müller & Söhne", Some("http://a.example/?x=1&payment=pay_1"), STYLE)
    }

    #[test]
    fn a_page_speaks_the_shoppers_language_and_escapes_what_others_wrote() {
        let german = page("initiated", "de-AT");
        assert!(german.contains("lang=\"de\"") && german.contains("Zahlung freigeben"), "{german}");
        assert!(german.contains("Müller &amp; Söhne") && german.contains("&lt;b&gt;7"), "{german}");
        assert!(german.contains("168,40"), "{german}");
        assert!(page("initiated", "fr").contains("Approve payment"));
    }

    #[test]
    fn only_a_waiting_payment_has_buttons_and_only_a_done_one_a_way_back() {
        for state in ["settled", "declined", "expired"] {
            let page = page(state, "en");
            assert!(!page.contains("<form") && page.contains("href=\"http://a.example/?x=1&amp;payment=pay_1\""), "{page}");
        }
        assert!(!page("initiated", "en").contains("Back to the shop"));
    }
}
