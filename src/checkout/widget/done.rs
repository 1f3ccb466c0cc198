//! After the order: what is to be paid, by when, and what happens next.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use tresen_core::date::Date;
use tresen_core::policy::Kind;
use tresen_texts::{Key, Texts, date, fill};
use tresen_ui::{Element, Icon, attr, icon, put, rich, say};

use super::kinds::words;
use super::words::day;

/// A confirmed order, in words
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Done {
    /// The heading for those who do not see it
    pub title: String,
    /// What has been ordered and whether anything is to be done
    pub note: String,
    /// What the amount is about, "Zu zahlen bis …"
    pub label: String,
    /// The amount
    pub amount: String,
    /// What it costs
    pub line: String,
    /// The payment reference, with its name; empty where nothing is to be transferred
    pub reference: [String; 2],
    /// The heading of the steps
    pub next: String,
    /// What happens, step by step
    pub steps: Vec<(String, String)>,
}

impl Done {
    /// The words for an order that was confirmed with a method of that kind
    pub fn new(texts: &Texts, kind: Kind, amount: String, due: Option<Date>, reference: &str) -> Self {
        let said = |key: Key| String::from(texts.get(key));
        let named = due.map(|due| date(texts, day(due), false)).unwrap_or_default();
        let fill_in = |key: Key| {
            let mut until = String::new();
            fill(&mut until, texts.get(Key::UntilDate), &[("date", &named)]);
            let mut out = String::new();
            fill(&mut out, texts.get(key), &[("date", &named), ("amount", &amount), ("until", &until)]);
            out
        };
        let step = |what: Key, when: String| (said(what), when);
        let ordered = step(Key::DoneOrdered, said(Key::DoneToday));
        let bill = step(Key::DoneBill, said(Key::DoneBillLine));
        let (label, line, steps) = match (kind, due) {
            (Kind::Invoice | Kind::PayLater, Some(_)) => {
                (Key::DonePayBy, Some(Key::DoneNoCost), vec![ordered, bill, step(Key::DoneDue, fill_in(Key::DoneDueLine))])
            }
            (Kind::Invoice | Kind::PayLater, None) => (Key::DonePay, None, vec![ordered, bill]),
            (Kind::SepaDebit, Some(_)) => (Key::DoneDebitOn, None, vec![ordered, step(Key::DoneDue, fill_in(Key::DoneDebitLine))]),
            (Kind::Prepayment, _) => (Key::DoneTransfer, Some(Key::DoneBank), Vec::new()),
            (Kind::SepaDebit, None) | (Kind::Instalments | Kind::Card | Kind::Wallet, _) => (Key::DonePaid, None, Vec::new()),
        };
        let transfers = matches!(kind, Kind::Invoice | Kind::PayLater | Kind::Prepayment) && !reference.is_empty();
        Self {
            title: said(Key::DoneTitle),
            note: said(words(kind).done),
            label: fill_in(label),
            line: line.map(said).unwrap_or_default(),
            reference: if transfers { [said(Key::DoneReference), reference.into()] } else { Default::default() },
            next: said(Key::DoneNext),
            steps,
            amount,
        }
    }
}

/// Builds the view of a confirmed order in `card`
pub fn show_done(card: &Element, done: &Done) {
    card.set_text_content(None);
    attr(card, "aria-label", &done.title);
    let top = put(card, "div", "sec stack");
    let note = put(&top, "div", "note good");
    attr(&note, "role", "status");
    icon(&note, Icon::Check);
    rich(&put(&note, "div", ""), &done.note);
    let sum = put(&top, "div", "");
    say(&put(&sum, "p", "s soft"), &done.label);
    let amount = put(&sum, "p", "amount");
    attr(&amount, "part", "amount");
    say(&amount, &done.amount);
    if !done.line.is_empty() {
        say(&put(&top, "p", "s"), &done.line);
    }
    let [name, reference] = &done.reference;
    if !reference.is_empty() {
        let pair = put(&put(&top, "dl", ""), "div", "pair");
        say(&put(&pair, "dt", ""), name);
        let groups = put(&pair, "dd", "num groups");
        // In groups of four as ISO 11649 prints it; without spaces, so that it is copied as a bank wants it.
        let mut rest = reference.as_str();
        while let Some((group, behind)) = rest.split_at_checked(rest.len().min(4)).filter(|(group, _)| !group.is_empty()) {
            say(&put(&groups, "span", ""), group);
            rest = behind;
        }
    }
    if done.steps.is_empty() {
        return;
    }
    let below = put(card, "div", "sec stack");
    say(&put(&below, "h2", "h2"), &done.next);
    let list = put(&below, "ol", "time");
    for (what, when) in &done.steps {
        let step = put(&list, "li", "");
        say(&put(&step, "b", ""), what);
        say(&put(&step, "span", ""), when);
    }
}
