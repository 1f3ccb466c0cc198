//! Whether a message says everything that it must.

use super::lists::{Lists, text_holds};
use super::reading::{Reading, normal};
use crate::collect::values::{Writer, grouped, typed};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use tresen_core::collect::Tone;
use tresen_core::collect::message::{Occasion, Particulars};
use tresen_core::diag::Diagnostic;

/// Something that must be said, and the ways to say it
struct Must {
    code: &'static str,
    what: &'static str,
    said: Vec<String>,
}

pub(super) fn check(reading: &Reading<'_>, writer: &Writer<'_>, lists: &Lists, particulars: &Particulars, found: &mut Vec<Diagnostic>) {
    let text = reading.whole.as_str();
    let missing = |must: &Must| !must.said.iter().any(|said| text.contains(said.as_str()));
    let all = musts(writer, particulars);
    found.extend(all.iter().filter(|must| missing(must)).map(|must| {
        let message = format!("the message does not say {}", must.what);
        let example = must.said.first().map(String::as_str).unwrap_or_default();
        Diagnostic::error(must.code, reading.at, message, format!("say `{example}`"))
    }));
    rows(text, writer, particulars, reading.at, found);
    demand(text, writer, lists, particulars, reading.at, found);
    if matches!(particulars.occasion, Occasion::Crossed { .. }) && !lists.entries("apology").any(|entry| text_holds(text, entry)) {
        let help = "say sorry: the reminder was wrong when it arrived";
        found.push(Diagnostic::error("collect.missing.apology", reading.at, "the message does not apologise", help));
    }
}

fn musts(writer: &Writer<'_>, particulars: &Particulars) -> Vec<Must> {
    let Particulars { sender, claims, ways, term, default_from, total, occasion, .. } = particulars;
    let must = |code, what, said: Vec<String>| Must { code, what, said: said.iter().map(|said| normal(said)).collect() };
    let mut musts = alloc::vec![
        must("collect.missing.creditor", "to whom the money is owed", alloc::vec![sender.creditor.clone()]),
        must("collect.missing.address", "where the creditor is", alloc::vec![format!("{} {}", sender.postcode, sender.city)]),
        must("collect.missing.street", "where the creditor is", alloc::vec![sender.street.clone()]),
        must("collect.missing.contact", "how to reach a human", sender.phone.iter().chain([&sender.email]).cloned().collect()),
        must("collect.missing.genuine", "how to tell that it is genuine", alloc::vec![sender.website.clone()]),
        must("collect.missing.total", "what is open in all", alloc::vec![writer.amount(*total)]),
    ];
    for claim in claims {
        musts.push(must("collect.missing.order", "which contract it is about", alloc::vec![claim.order.number.clone()]));
        musts.push(must("collect.missing.invoice", "which invoice it is about", alloc::vec![claim.invoice.number.clone()]));
        musts.push(must("collect.missing.due", "when it was to be paid", alloc::vec![writer.day(claim.due)]));
    }
    if occasion.asks() {
        musts.push(must("collect.missing.asked", "how much to pay now", alloc::vec![writer.amount(particulars.asked())]));
        musts.extend(term.map(|term| must("collect.missing.term", "until when", alloc::vec![writer.day(term)])));
        let pay = ways.pay.iter().map(|pay| typed(pay).into());
        let account = ways.transfer.iter().map(|transfer| grouped(&transfer.iban));
        musts.push(must("collect.missing.way", "how to pay", pay.chain(account).collect()));
        if let Some(transfer) = &ways.transfer {
            musts.push(must("collect.missing.reference", "what to write on a transfer", alloc::vec![grouped(&transfer.reference)]));
        }
    }
    musts.extend(
        default_from.map(|from| must("collect.missing.default", "from when the customer is in default", alloc::vec![writer.day(from)])),
    );
    musts.extend(of_occasion(writer, occasion));
    musts
}

fn of_occasion(writer: &Writer<'_>, occasion: &Occasion) -> Vec<Must> {
    let must = |code, what, said: String| Must { code, what, said: alloc::vec![normal(&said)] };
    match occasion {
        Occasion::Note | Occasion::Reminder { hand_over: None, .. } | Occasion::Rate { .. } | Occasion::Plan { .. } => Vec::new(),
        Occasion::Reminder { hand_over: Some(hand_over), .. } => {
            let mut musts = alloc::vec![must("collect.missing.next_step", "when the claim is handed over", writer.day(hand_over.on))];
            musts.extend(hand_over.cost.map(|cost| must("collect.missing.next_cost", "what a hand-over costs", writer.amount(cost))));
            musts
        }
        Occasion::Crossed { paid, back, surplus, .. } => {
            let mut musts = alloc::vec![must("collect.missing.paid", "what was paid", writer.amount(*paid))];
            musts.extend(back.map(|back| must("collect.missing.back", "what the customer gets back", writer.amount(back))));
            musts.extend(surplus.map(|surplus| must("collect.missing.surplus", "what was paid too much", writer.amount(surplus))));
            musts
        }
        Occasion::Thanks { paid, surplus, .. } => {
            let mut musts = alloc::vec![must("collect.missing.paid", "what was paid", writer.amount(*paid))];
            musts.extend(surplus.map(|surplus| must("collect.missing.surplus", "what was paid too much", writer.amount(surplus))));
            musts
        }
        Occasion::Promise { promised, by } | Occasion::PromiseMissed { promised, by } => alloc::vec![
            must("collect.missing.promised", "what was promised", writer.amount(*promised)),
            must("collect.missing.day", "the day that was named", writer.day(*by)),
        ],
        Occasion::Deferral { until } => alloc::vec![must("collect.missing.day", "the new day", writer.day(*until))],
        Occasion::Dispute { answer_by, .. } => alloc::vec![must("collect.missing.day", "when there is an answer", writer.day(*answer_by))],
    }
}

/// Every part stands in a line of its own, with words before its amount
fn rows(text: &str, writer: &Writer<'_>, particulars: &Particulars, at: &str, found: &mut Vec<Diagnostic>) {
    let mut lines: Vec<&str> = text.lines().collect();
    let parts = particulars
        .claims
        .iter()
        .flat_map(|claim| claim.parts.iter().map(|part| part.amount).chain(claim.received.iter().map(|one| one.amount)));
    let rates = match &particulars.occasion {
        Occasion::Plan { rates } => rates.iter().map(|(_, amount)| *amount).collect(),
        _ => Vec::new(),
    };
    for amount in parts.chain(rates) {
        let amount = normal(&writer.amount(amount));
        let has_words = |line: &str| {
            line.strip_suffix(amount.as_str()).is_some_and(|label| label.ends_with([' ', '−']) && label.chars().any(char::is_alphabetic))
        };
        match lines.iter().position(|line| has_words(line)) {
            // Each line stands for one part, so that two of one amount need two.
            Some(place) => {
                lines.remove(place);
            }
            None => {
                let message = format!("no line says what `{amount}` is for");
                found.push(Diagnostic::error("collect.missing.part", at, message, "give every part a line with its name and its amount"));
            }
        }
    }
}

/// What is to put somebody in default, or is the last word, demands payment in one paragraph: that, how much, until when
fn demand(text: &str, writer: &Writer<'_>, lists: &Lists, particulars: &Particulars, at: &str, found: &mut Vec<Diagnostic>) {
    let is_firm = matches!(particulars.occasion, Occasion::Reminder { tone: Tone::Firm, .. });
    let Some(term) = particulars.term.filter(|_| is_firm || particulars.default_from.is_some()) else { return };
    let (amount, day) = (normal(&writer.amount(particulars.asked())), normal(&writer.day(term)));
    let demands = |paragraph: &str| {
        paragraph.contains(&amount) && paragraph.contains(&day) && lists.entries("demand").any(|entry| text_holds(paragraph, entry))
    };
    if !text.split("\n\n").any(demands) {
        let example = lists.entries("demand").next().unwrap_or_default();
        let help = format!("say in one paragraph `{example}`, how much and until when: what does not demand puts nobody in default");
        found.push(Diagnostic::error("collect.missing.demand", at, "the message does not demand payment unmistakably", help));
    }
}
