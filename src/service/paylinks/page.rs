//! The page behind a pay link, whole without a script: amount, account, reference, the code to scan, and who answers.
//!
//! **Invariant:** everything that others wrote is escaped; the page runs no script but the shop's own, named by its policy.

mod pay;

use super::human::said;
use crate::sandbox::escape;
use tresen_core::date::Date;
use tresen_core::money::{Currency, Money as Amount, NumberStyle};
use tresen_texts::account::{Facts, Happens, Key, Shown, State, Words, show};
use tresen_texts::{Day, Language};
use tresen_wire::http::{Paylink, PaylinkState};
use tresen_wire::money::Money;
use tresen_wire::policy::PayPage;

/// The page's own style, under the shop's
pub const STYLE: &str = include_str!("page/style.css");

/// The page of a link
///
/// `None` only if a language file of this build is damaged, which a test rules out.
pub fn page(token: &str, view: &Paylink, own: Option<&PayPage>) -> Option<String> {
    let language = Language::choose(&view.locale, view.address_form.code());
    let mut words = Words::of(language)?;
    let style = NumberStyle::of_language(language.name().as_bytes());
    let amount = |money: Option<&Money>| money.map(|money| written(money, style)).unwrap_or_default();
    let paid = view.receipt.as_ref().map(|receipt| &receipt.amount);
    let [sum, extra, whole, beside, disputed] =
        [paid.or(view.amount.as_ref()), view.extra.as_ref(), view.whole.as_ref(), view.beside.as_ref(), view.disputed.as_ref()].map(amount);
    let date = |day: Option<&String>| day.and_then(|day| Date::parse(day)).map(spoken);
    let website = view.shop.website.clone().unwrap_or_default();
    let facts = Facts {
        state: state(view.state),
        merchant: view.shop.name.as_bytes(),
        website: website.as_bytes(),
        amount: sum.as_bytes(),
        extra: extra.as_bytes(),
        whole: whole.as_bytes(),
        day: date(view.receipt.as_ref().map(|receipt| &receipt.on).or(view.due_date.as_ref())),
        late: view.late,
        under_way: view.under_way,
        beside: beside.as_bytes(),
        disputed: disputed.as_bytes(),
        next: view.next.as_ref().and_then(|next| Some((happens(&next.what)?, date(Some(&next.from))?))),
        until: None,
        promised: date(view.promise.made.as_ref()),
    };
    let shown = show(&mut words, &facts);
    let body = body(token, view, &shown, (&words, language));
    Some(frame(token, view, own, tag(language), &body))
}

/// The page of what is no link
pub fn unknown(language: Language) -> Option<String> {
    let words = Words::of(language)?;
    let body = format!(
        "<section class=\"plain\"><h1>{}</h1><p>{}</p></section>",
        html(&words.say(Key::UnknownTitle)),
        html(&words.say(Key::Unknown))
    );
    Some(document(tag(language), &text(&words.say(Key::UnknownTitle)), "", "", &format!("<main>{body}</main>")))
}

/// The tag of a language, without how a person is spoken to in it
pub(super) fn tag(language: Language) -> &'static str {
    language.name().split('-').next().unwrap_or_default()
}

fn frame(token: &str, view: &Paylink, own: Option<&PayPage>, lang: &str, body: &str) -> String {
    let (form, locale) = (view.address_form.code(), escape(&view.locale));
    let name = escape(&view.shop.name);
    let style = own.map(|own| format!("<link rel=\"stylesheet\" href=\"{}\">", escape(&own.stylesheet))).unwrap_or_default();
    let script = own.map(|own| script(token, &own.script, Language::choose(&view.locale, form))).unwrap_or_default();
    // Relative, so that it works behind whatever path the shop's proxy puts before it.
    let element = format!(
        "<tresen-account token=\"{}\" api=\"..\" locale=\"{locale}\" address-form=\"{form}\">{body}</tresen-account>",
        escape(token)
    );
    let (mark, back) = match home(view, own) {
        Some(home) if view.state == PaylinkState::Paid => {
            (link(&home, &name), format!("<p class=\"back\"><span aria-hidden=\"true\">← </span>{}</p>", link(&home, &name)))
        }
        Some(home) => (link(&home, &name), String::new()),
        None => (name.clone(), String::new()),
    };
    document(lang, &name, &style, &script, &format!("<header><h1 class=\"mark\">{mark}</h1></header><main>{element}{back}</main>"))
}

fn link(to: &str, words: &str) -> String {
    format!("<a href=\"{}\">{words}</a>", escape(to))
}

/// The way to the shop: where the policy says, else its website
fn home(view: &Paylink, own: Option<&PayPage>) -> Option<String> {
    let website = || view.shop.website.as_ref().map(|host| format!("https://{}", host.trim_start_matches("https://")));
    own.and_then(|own| own.home.clone()).or_else(website)
}

/// The shop's script, and what it asks for first while it is still on its way: the link, and what lies beside it under the package's own names
fn script(token: &str, address: &str, language: Language) -> String {
    let preload = |href: &str| format!("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"{}\">", escape(href));
    let beside = match address.strip_suffix("account.js") {
        // In a language that is a draft the element may speak another one.
        Some(folder) if !language.is_draft() => {
            preload(&format!("{folder}account.wasm")) + &preload(&format!("{folder}locales/account/{}.json", language.name()))
        }
        Some(folder) => preload(&format!("{folder}account.wasm")),
        None => String::new(),
    };
    let script = format!("<script type=\"module\" src=\"{}\"></script>", escape(address));
    script + &preload(&format!("../v1/paylinks/{token}")) + &beside
}

fn document(lang: &str, title: &str, style: &str, script: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\"><title>{title}</title>\
         <link rel=\"stylesheet\" href=\"../pay/pay.css\">{style}{script}</head><body>{body}</body></html>"
    )
}

fn body(token: &str, view: &Paylink, shown: &Shown, (words, language): (&Words, Language)) -> String {
    let mut out = format!("<section class=\"plain\"><h2 class=\"title\">{}</h2>", html(&shown.title));
    if !shown.amount.is_empty() {
        out.push_str(&format!("<p class=\"sum\">{}</p>", html(&shown.amount)));
    }
    out.push_str(&format!("<p class=\"note\">{}</p>", html(&shown.note)));
    for line in &shown.lines {
        out.push_str(&format!("<p>{}</p>", html(line)));
    }
    out.push_str(&pay::buttons(token, view, words));
    if let Some(transfer) = &view.transfer {
        out.push_str(&format!("<h3>{}</h3>", html(&words.say(Key::Transfer))));
        if let Some(code) = &transfer.code {
            out.push_str(&format!(
                "<svg class=\"code\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{label}\" shape-rendering=\"crispEdges\">\
                 <path class=\"light\" d=\"M0 0h{side}v{side}h-{side}z\"/><path d=\"{path}\"/></svg><p>{scan}</p>",
                side = code.side,
                path = escape(&code.path),
                label = escape(&text(&words.say(Key::Qr))),
                scan = html(&words.say(Key::Scan)),
            ));
        }
        let bic = transfer.bic.clone().unwrap_or_default();
        let amount = text(&shown.amount);
        out.push_str("<dl>");
        for (key, value) in [
            (Key::FieldHolder, &transfer.holder),
            (Key::FieldIban, &grouped(&transfer.iban)),
            (Key::FieldBic, &bic),
            (Key::FieldAmount, &amount),
            (Key::FieldReference, &transfer.reference),
        ] {
            if !value.is_empty() {
                out.push_str(&format!("<dt>{}</dt><dd>{}</dd>", html(&words.say(key)), escape(value)));
            }
        }
        out.push_str("</dl>");
    }
    if !shown.next.is_empty() {
        out.push_str(&format!("<h3>{}</h3><p>{}</p>", html(&words.say(Key::Next)), html(&shown.next)));
    }
    out.push_str(&human(view, words, language));
    if !shown.genuine.is_empty() {
        out.push_str(&format!("<p class=\"soft\">{}</p>", html(&shown.genuine)));
    }
    out.push_str("</section>");
    out
}

fn human(view: &Paylink, words: &Words, language: Language) -> String {
    let shop = &view.shop;
    let contacts = [(Key::Call, "tel:", &shop.phone), (Key::Write, "mailto:", &shop.email)];
    let links: String = contacts
        .into_iter()
        .filter_map(|(key, scheme, address)| {
            let address = escape(address.as_deref()?);
            let dialled = if scheme == "tel:" { address.replace(' ', "") } else { address.clone() };
            Some(format!("<p><a href=\"{scheme}{dialled}\">{}: {address}</a></p>", html(&words.say(key))))
        })
        .collect();
    if links.is_empty() {
        return links;
    }
    let hours = shop.hours.as_ref().and_then(|hours| said(hours, language));
    let hours = hours.map(|hours| format!("<p class=\"soft\">{}</p>", escape(hours))).unwrap_or_default();
    format!("<h3>{}</h3>{hours}{links}", html(&words.say(Key::Human)))
}

fn state(state: PaylinkState) -> State {
    match state {
        PaylinkState::Open => State::Open,
        PaylinkState::Paid => State::Paid,
        PaylinkState::Superseded => State::Superseded,
        PaylinkState::Expired => State::Expired,
        PaylinkState::InClarification => State::Clarifying,
        PaylinkState::Elsewhere => State::Elsewhere,
    }
}

fn happens(what: &str) -> Option<Happens> {
    match what {
        "note" => Some(Happens::Note),
        "reminder" => Some(Happens::Reminder),
        "final_notice" => Some(Happens::FinalNotice),
        "hand_over" => Some(Happens::HandOver),
        _ => None,
    }
}

fn spoken(date: Date) -> Day {
    let (year, month, day) = date.ymd();
    Day { year: u16::try_from(year).unwrap_or_default(), month, day, weekday: date.weekday().days_from_monday() }
}

fn written(money: &Money, style: NumberStyle) -> String {
    let amount = Currency::parse(&money.currency).and_then(|currency| Amount::from_minor(money.minor, currency).ok());
    amount.map_or_else(|| format!("{} {}", money.minor, money.currency), |amount| amount.to_text(style))
}

fn grouped(iban: &str) -> String {
    tresen_wire::iban::printed(iban)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace(char::from(tresen_texts::STRONG), "")
}

/// A sentence of ours: what is strong in it is, and what somebody else wrote is no markup
fn html(sentence: &[u8]) -> String {
    let sentence = String::from_utf8_lossy(sentence);
    let parts = sentence.split(char::from(tresen_texts::STRONG)).enumerate();
    parts.map(|(place, part)| if place % 2 == 1 { format!("<b>{}</b>", escape(part)) } else { escape(part) }).collect()
}
