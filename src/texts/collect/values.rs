//! What stands in the blanks: numbers, names, days and amounts as the language writes them.

use super::sentences::Sentences;
use crate::hours::hours;
use crate::keys::Key;
use crate::render::{Day, month};
use crate::table::{Texts, nth};
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use tresen_core::collect::message::{Claim, Name, Occasion, PartKind, Particulars, Sender};
use tresen_core::date::Date;
use tresen_core::money::{Money, NumberStyle, push_fraction};
use tresen_core::rate::Rate;

/// How a language writes days and amounts
pub(super) struct Writer<'a> {
    sentences: &'a Sentences,
    texts: &'a Texts,
    style: NumberStyle,
    /// Days of another year than this one are written with it
    year: i32,
}

impl<'a> Writer<'a> {
    pub(super) fn new(sentences: &'a Sentences, today: Date) -> Option<Self> {
        let language = sentences.language();
        let style = NumberStyle::of_language(language.name().as_bytes());
        Some(Self { sentences, texts: sentences.texts(), style, year: today.ymd().0 })
    }

    pub(super) fn amount(&self, amount: Money) -> String {
        amount.to_text(self.style)
    }

    /// `4. Dezember`, with the year if it is another one
    pub(super) fn day(&self, date: Date) -> String {
        self.dated(date, if date.ymd().0 == self.year { "date.day" } else { "date.year" })
    }

    /// `Freitag, 4. Dezember`, with the year if it is another one
    pub(super) fn weekday(&self, date: Date) -> String {
        let weekday = nth(self.texts.get(Key::DateWeekdays), b'|', date.weekday().days_from_monday().into());
        let weekday = String::from_utf8_lossy(weekday).into_owned();
        self.words("date.weekday", &[("weekday", &weekday), ("date", &self.day(date))])
    }

    /// `4. Dezember 2026`
    pub(super) fn date(&self, date: Date) -> String {
        self.dated(date, "date.year")
    }

    fn dated(&self, date: Date, key: &str) -> String {
        let (year, number, day) = date.ymd();
        let spoken = Day { year: u16::try_from(year).unwrap_or_default(), month: number, day, weekday: date.weekday().days_from_monday() };
        let name = String::from_utf8_lossy(month(self.texts, spoken.month)).into_owned();
        self.words(key, &[("day", &day.to_string()), ("month", &name), ("year", &year.to_string())])
    }

    /// `6,52`, of a hundred
    pub(super) fn percent(&self, rate: Rate) -> String {
        let mut text = String::new();
        // Two digits, as the law's rates have; a finer one shows all it has.
        let (value, digits) = if rate.ppm().is_multiple_of(100) { (rate.ppm() / 100, 2) } else { (rate.ppm(), 4) };
        push_fraction(&mut text, value.into(), digits, self.style);
        text
    }

    /// `19. und 26. November`, as far as words go: `19. November und 26. November`
    pub(super) fn days(&self, dates: &[Date]) -> String {
        let days: Vec<String> = dates.iter().map(|date| self.day(*date)).collect();
        match days.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, before)) => format!("{}{}{last}", before.join(", "), self.words("list.and", &[])),
            None => String::new(),
        }
    }

    /// When somebody answers
    pub(super) fn hours(&self, sender: &Sender) -> Option<String> {
        hours(self.sentences.language(), sender.hours.as_ref()?)
    }

    /// Who answers, where and when
    pub(super) fn answers(&self, sender: &Sender) -> Vec<String> {
        [sender.contact.clone(), sender.phone.clone(), self.hours(sender)].into_iter().flatten().collect()
    }

    pub(super) fn words(&self, key: &str, blanks: &[(&str, &str)]) -> String {
        let value = |name: &str| blanks.iter().find(|(blank, _)| *blank == name).map(|(_, value)| *value);
        self.sentences.line(key, value, |_| None).words()
    }
}

/// Blanks and what stands in them
pub(super) type Values = Vec<(&'static str, String)>;

/// In groups of four, as account numbers and references are read
pub(super) fn grouped(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// An address without what nobody types
pub(super) fn typed(address: &str) -> &str {
    address.strip_prefix("https://").unwrap_or(address)
}

/// What any sentence of a message may name
pub(super) fn of_message(writer: &Writer<'_>, particulars: &Particulars) -> Values {
    let Particulars { sender, person, ways, claims, total, term, default_from, .. } = particulars;
    let mut values = alloc::vec![
        ("shop", sender.shop.clone()),
        ("creditor", sender.creditor.clone()),
        ("street", sender.street.clone()),
        ("postcode", sender.postcode.clone()),
        ("city", sender.city.clone()),
        ("website", sender.website.clone()),
        ("email", sender.email.clone()),
        ("phone", writer.answers(sender).join(", ")),
        ("register", sender.register.clone().unwrap_or_default()),
        ("total", writer.amount(*total)),
        ("asked", writer.amount(particulars.asked())),
        ("pay", ways.pay.as_deref().map_or("", |pay| if particulars.by_letter { typed(pay) } else { pay }).into()),
        ("code", ways.code.clone().unwrap_or_default()),
        ("advice", ways.advice.clone().unwrap_or_default()),
    ];
    if let Some(Name { given, family }) = &person.name {
        values.extend([("given", given.clone()), ("family", family.clone())]);
    }
    if let Some(transfer) = &ways.transfer {
        let account = [("holder", transfer.holder.clone()), ("iban", grouped(&transfer.iban)), ("reference", grouped(&transfer.reference))];
        values.extend(account);
    }
    if let Some(term) = term {
        values.extend([("term", writer.weekday(*term)), ("term_day", writer.day(*term))]);
    }
    if let Some(from) = default_from {
        values.push(("default_day", writer.day(*from)));
    }
    if let Some(claim) = claims.first() {
        values.extend(of_claim(writer, claim));
    }
    values.extend(of_occasion(writer, &particulars.occasion));
    values
}

/// What the sentences about one claim may name
pub(super) fn of_claim(writer: &Writer<'_>, claim: &Claim) -> Values {
    alloc::vec![
        ("order", claim.order.number.clone()),
        ("order_day", writer.day(claim.order.on)),
        ("invoice", claim.invoice.number.clone()),
        ("invoice_day", writer.day(claim.invoice.on)),
        ("goods", claim.goods.clone().unwrap_or_default()),
        ("due", writer.weekday(claim.due)),
        ("due_day", writer.day(claim.due)),
    ]
}

fn of_occasion(writer: &Writer<'_>, occasion: &Occasion) -> Values {
    match occasion {
        Occasion::Note => Values::new(),
        Occasion::Reminder { earlier, hand_over, .. } => {
            let mut values = alloc::vec![("earlier", writer.days(earlier))];
            if let Some(hand_over) = hand_over {
                values.push(("hand_over_day", writer.day(hand_over.on)));
                values.extend(hand_over.cost.map(|cost| ("hand_over_cost", writer.amount(cost))));
            }
            values
        }
        Occasion::Crossed { received_on, paid, message_on, back, surplus } => {
            let mut values = alloc::vec![
                ("received_day", writer.day(*received_on)),
                ("paid", writer.amount(*paid)),
                ("message_day", writer.day(*message_on)),
            ];
            values.extend(back.map(|back| ("back", writer.amount(back))));
            values.extend(surplus.map(|surplus| ("surplus", writer.amount(surplus))));
            values
        }
        Occasion::Thanks { received_on, paid, surplus } => {
            let mut values = alloc::vec![("received_day", writer.day(*received_on)), ("paid", writer.amount(*paid))];
            values.extend(surplus.map(|surplus| ("surplus", writer.amount(surplus))));
            values
        }
        Occasion::Promise { promised, by } | Occasion::PromiseMissed { promised, by } => {
            alloc::vec![("promised", writer.amount(*promised)), ("by", writer.weekday(*by)), ("by_day", writer.day(*by))]
        }
        Occasion::Rate { number, of, due, .. } => alloc::vec![
            ("number", number.to_string()),
            ("of", of.to_string()),
            ("rate_due", writer.weekday(*due)),
            ("rate_day", writer.day(*due)),
        ],
        Occasion::Deferral { until } => alloc::vec![("until", writer.weekday(*until))],
        Occasion::Plan { rates } => alloc::vec![("count", rates.len().to_string())],
        Occasion::Dispute { received_on, answer_by } => {
            alloc::vec![("received_day", writer.day(*received_on)), ("answer", writer.weekday(*answer_by))]
        }
    }
}

/// What the label of a part may name
pub(super) fn of_part(writer: &Writer<'_>, kind: PartKind) -> (&'static str, Values) {
    match kind {
        PartKind::Principal => ("part.principal", Values::new()),
        PartKind::Fee => ("part.fee", Values::new()),
        PartKind::Interest => ("part.interest", Values::new()),
        PartKind::DefaultInterest { from, until, rate } => {
            let values = [("from_day", writer.day(from)), ("until_day", writer.day(until)), ("rate", writer.percent(rate))];
            ("part.default_interest", values.into())
        }
        PartKind::LumpSum => ("part.lump_sum", Values::new()),
        PartKind::DunningCost { on } => ("part.dunning_cost", alloc::vec![("on_day", writer.day(on))]),
        PartKind::LegalCost => ("part.legal_cost", Values::new()),
    }
}
