//! What is said about credit: sentences that a browser loads only where they are needed, and the texts that a person agrees to who pays in
//! instalments, or so late that it is consumer credit.
//!
//! Here they are put together for the service, which checks what was agreed to; `js/src/more` puts them together for the person, from the
//! same files, and an order whose text differs is refused.

use crate::bundled::Language;
use crate::legal::Wording;
use crate::render::{Day, month};
use crate::table::Texts;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use serde_json::{Map, Value};

/// Whoever advises people with debts for free
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Who
    pub name: String,
    /// Where they are found, `https://…`
    pub web: String,
    /// Where they answer
    pub phone: Option<String>,
}

/// Who advises in a market, where that is known
#[must_use]
pub fn advice_in(market: &str) -> Option<Advice> {
    let addresses: Map<String, Value> = serde_json::from_str(include_str!("credit/advice.json")).ok()?;
    let address = addresses.get(market)?;
    let part = |name: &str| address.get(name).and_then(Value::as_str).map(String::from);
    Some(Advice { name: part("name")?, web: part("web")?, phone: part("phone") })
}

/// The sentences of one language
#[derive(Debug, Clone)]
pub struct CreditTexts {
    own: Map<String, Value>,
    texts: Texts,
}

/// Which of the two texts on credit a person agrees to
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditConsent {
    /// Several rates
    Instalments,
    /// One payment, late
    Deferral,
}

impl CreditConsent {
    /// Both of them
    pub const ALL: [Self; 2] = [Self::Instalments, Self::Deferral];

    /// Where its sentences stand in the files
    const fn name(self) -> &'static str {
        match self {
            Self::Instalments => "instalments",
            Self::Deferral => "deferral",
        }
    }
}

/// What a text on credit says about this order; amounts as `core` writes them in this language
#[derive(Debug, Clone, Copy)]
pub struct PlanParticulars<'a> {
    /// The merchant's name
    pub merchant: &'a str,
    /// The credit bureau that was asked, if one was
    pub bureau: Option<&'a str>,
    /// What was bought
    pub amount: &'a str,
    /// What is to be paid in all
    pub total: &'a str,
    /// What of it is interest or fee
    pub cost: &'a str,
    /// The interest a year in percent as this language writes it, without its sign
    pub interest: &'a str,
    /// The effective annual rate in percent as this language writes it, without its sign
    pub annual_rate: &'a str,
    /// The rates: what is due on which day; the first first
    pub schedule: &'a [(String, Day)],
}

impl CreditTexts {
    /// The sentences of a language; `None` only if a file of this build is damaged, which a test rules out
    #[must_use]
    pub fn of(language: Language) -> Option<Self> {
        let read = |json: &str| serde_json::from_str::<Map<String, Value>>(json).ok();
        let mut own = read(match language {
            Language::German | Language::GermanDu => include_str!("credit/de.json"),
            Language::English => include_str!("credit/en.json"),
            Language::French => include_str!("credit/fr.json"),
            Language::Italian => include_str!("credit/it.json"),
            Language::Dutch => include_str!("credit/nl.json"),
        })?;
        if language == Language::GermanDu {
            own.extend(read(include_str!("credit/de-du.json"))?);
        }
        Some(Self { own, texts: language.texts()? })
    }

    /// A sentence with what stands in its blanks; nothing for a key that there is not
    #[must_use]
    pub fn sentence(&self, key: &str, blanks: &[(&str, &str)]) -> Option<String> {
        let sentence = self.own.get(key)?.as_str()?;
        // Piece by piece: what is filled in may hold braces of its own.
        let mut out = String::with_capacity(sentence.len());
        let mut rest = sentence;
        while let Some((before, blank, after)) = next_blank(rest) {
            out.push_str(before);
            out.push_str(blanks.iter().find(|(name, _)| *name == blank).map_or("", |(_, value)| value));
            rest = after;
        }
        out.push_str(rest);
        Some(out)
    }

    /// Where somebody in a market finds free advice on debts
    #[must_use]
    pub fn advice(&self, market: &str) -> Option<String> {
        let found = advice_in(market);
        let parts: Vec<&str> = match &found {
            None => [self.own.get("credit.advice_none")?.as_str()?].into(),
            Some(Advice { name, web, phone }) => {
                let web = web.trim_start_matches("https://").trim_end_matches('/');
                [Some(name.as_str()), Some(web), phone.as_deref()].into_iter().flatten().collect()
            }
        };
        self.sentence("credit.advice", &[("advice", &parts.join(", "))])
    }

    /// A day with its year, such as `21. Dezember 2026`
    #[must_use]
    pub fn date(&self, day: Day) -> Option<String> {
        let month = core::str::from_utf8(month(&self.texts, day.month)).ok()?;
        self.sentence("plan.date", &[("day", &format!("{}", day.day)), ("month", month), ("year", &format!("{}", day.year))])
    }

    /// The text that a person agrees to; nothing for a plan without rates
    #[must_use]
    pub fn wording(&self, consent: CreditConsent, plan: &PlanParticulars<'_>) -> Option<Wording> {
        let dates: Vec<String> = plan.schedule.iter().map(|(_, day)| self.date(*day)).collect::<Option<_>>()?;
        let entries: Vec<String> = plan
            .schedule
            .iter()
            .zip(&dates)
            .map(|((amount, _), date)| self.sentence("plan.entry", &[("amount", amount), ("date", date)]))
            .collect::<Option<_>>()?;
        let bureau = match plan.bureau {
            Some(name) => self.sentence("bureau.asked", &[("name", name)]),
            None => self.sentence("bureau.none", &[]),
        }?;
        let (rates, schedule) = (format!("{}", plan.schedule.len()), entries.join(", "));
        let blanks = [
            ("merchant", plan.merchant),
            ("bureau", &bureau),
            ("rates", &rates),
            ("amount", plan.amount),
            ("total", plan.total),
            ("cost", plan.cost),
            ("interest", plan.interest),
            ("annual_rate", plan.annual_rate),
            ("first", dates.first()?),
            ("schedule", &schedule),
        ];
        let part = |part: &str| self.sentence(&format!("consent.{}.{part}", consent.name()), &blanks);
        Some(Wording { version: part("version")?, text: part("text")?, title: part("title")?, terms: part("terms")? })
    }
}

/// The next blank: what stands before it, its name, what stands behind it
fn next_blank(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (blank, after) = rest.split_once('}')?;
    Some((before, blank, after))
}

#[cfg(test)]
mod tests;
