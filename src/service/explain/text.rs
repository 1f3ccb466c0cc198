//! An explanation in words that the person may read: in plain language, without points, probabilities or names of rules.
//!
//! What was used and what was decisive is told whatever it rests on, a private rule too (CJEU C-203/22). What rests on a history is told
//! with its value only to a person who was signed in.

use tresen_core::facts::{FactIndex, FactKind};
use tresen_core::money::{Currency, Money as Amount, NumberStyle};
use tresen_core::offer::Reason;
use tresen_texts::{Blank, Blanks, CreditTexts, Explaining, Key, Language, STRONG, Texts, fill, key_names, month};
use tresen_wire::decision::Step;
use tresen_wire::explain::{ExplainedFact, Explanation, Share, Source};
use tresen_wire::http::{ExplanationParagraph as Paragraph, ExplanationSection as Section, ExplanationText};
use tresen_wire::money::Money;

/// Where an explanation is read
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// In the shop's answer to the person: with the values of their history, if they were signed in
    Person,
    /// On a page: no value of what only servers know, no word of the shop's about a fact of its own, and not which way points spoke
    Browser,
}

/// The explanation in a language, with what became of the order where it is known; nothing only if a sentence is missing, which a test rules out
#[must_use]
pub fn explanation_text(
    explanation: &Explanation,
    merchant: &str,
    language: Language,
    outcome: Option<&str>,
    reader: Reader,
) -> Option<ExplanationText> {
    let teller = Teller::new(explanation, merchant, language, reader)?;
    let title = teller.say("title")?;
    let parts = [teller.decided(outcome), teller.why(), teller.used(), teller.change(), teller.unused(), teller.human(), teller.advice()];
    let sections: Vec<Section> = parts.into_iter().collect::<Option<Vec<_>>>()?;
    let sections: Vec<Section> = sections.into_iter().filter(|section| !section.paragraphs.is_empty()).collect();
    let plain = plain(&title, &sections);
    Some(ExplanationText { language: language.name().to_owned(), is_draft: language.is_draft(), title, sections, plain })
}

fn plain(title: &str, sections: &[Section]) -> String {
    let mut plain = format!("{title}\n");
    for section in sections {
        plain.push_str(&format!("\n{}\n", section.heading));
        for paragraph in &section.paragraphs {
            plain.push_str(&format!("{}\n", paragraph.text));
            paragraph.items.iter().for_each(|item| plain.push_str(&format!("- {item}\n")));
        }
    }
    plain
}

fn paragraph(text: String) -> Paragraph {
    Paragraph { text, items: Vec::new() }
}

struct Teller<'a> {
    explanation: &'a Explanation,
    merchant: &'a str,
    /// The method as the person knows it
    name: String,
    language: Language,
    reader: Reader,
    explaining: Explaining,
    texts: Texts,
    style: NumberStyle,
}

impl<'a> Teller<'a> {
    fn new(explanation: &'a Explanation, merchant: &'a str, language: Language, reader: Reader) -> Option<Self> {
        let texts = language.texts()?;
        let name = String::from_utf8(texts.get(key(&format!("method.{}.name", explanation.kind))?).to_vec()).ok()?;
        let style = NumberStyle::of_language(language.name().as_bytes());
        Some(Self { explanation, merchant, name, language, reader, explaining: Explaining::of(language)?, texts, style })
    }

    fn say(&self, name: &str) -> Option<String> {
        self.say_with(name, &[])
    }

    fn say_with(&self, name: &str, more: &[(&str, &str)]) -> Option<String> {
        let blanks: Vec<(&str, &str)> =
            [("merchant", self.merchant), ("name", &self.name)].into_iter().chain(more.iter().copied()).collect();
        self.explaining.say(name, &blanks)
    }

    /// A sentence of the widget, with its strong words like the others
    fn widget(&self, key: Key, blanks: &Blanks) -> Option<String> {
        self.filled(self.texts.get(key), blanks)
    }

    fn filled(&self, sentence: &[u8], blanks: &Blanks) -> Option<String> {
        let mut said = Vec::new();
        fill(&mut said, sentence, blanks);
        said.retain(|byte| *byte != STRONG);
        String::from_utf8(said).ok()
    }

    fn blanks(&self) -> Blanks {
        let mut blanks = Blanks::new();
        blanks.set(Blank::Merchant, self.merchant.as_bytes());
        blanks.set(Blank::Name, self.name.as_bytes());
        blanks
    }

    fn section(&self, heading: &str, paragraphs: Vec<Paragraph>) -> Option<Section> {
        Some(Section { heading: self.say(heading)?, paragraphs })
    }

    fn decided(&self, outcome: Option<&str>) -> Option<Section> {
        let Explanation { state, today, .. } = self.explanation;
        let date = self.date(today)?;
        let mut paragraphs = vec![paragraph(self.say_with(&format!("decided.{state}"), &[("date", &date)])?)];
        if state == "offered" && outcome == Some("refused") {
            paragraphs.push(paragraph(self.say("decided.not_ordered")?));
        }
        let by_person = state == "withheld" && outcome == Some("confirmed");
        let who = self.say(if by_person { "decided.by_person" } else { "decided.alone" })?;
        paragraphs.push(paragraph(format!("{} {who}", self.say("decided.machine")?)));
        self.section("decided.heading", paragraphs)
    }

    fn why(&self) -> Option<Section> {
        let mut said: Vec<String> = Vec::new();
        for reason in &self.explanation.reasons {
            for sentence in self.reason(Reason::from_code(&reason.told).unwrap_or(Reason::General))? {
                if !said.contains(&sentence) {
                    said.push(sentence);
                }
            }
        }
        self.section("why.heading", said.into_iter().map(paragraph).collect())
    }

    /// What the widget says of a reason
    fn reason(&self, reason: Reason) -> Option<Vec<String>> {
        let mut blanks = self.blanks();
        let row = usize::from(reason.number()).checked_mul(2)?;
        let bound = self.bound(reason);
        if let (Some(bound), Some(total)) = (&bound, self.total()) {
            let over = Money::new(total.minor.checked_sub(bound.minor)?.checked_abs()?, &bound.currency);
            blanks.set(Blank::Limit, self.amount(bound)?.as_bytes());
            blanks.set(Blank::Over, self.amount(&over)?.as_bytes());
        }
        let sentence = if is_about_amount(reason) && bound.is_none() {
            self.texts.get(Key::ReasonAmountPlain)
        } else {
            self.texts.behind(Key::ReasonGeneralSentence, row)
        };
        let mut said = vec![self.filled(sentence, &blanks)?];
        // Behind the general reason the widget says that a person explains it, which is what this text does.
        if reason != Reason::General {
            said.push(self.filled(self.texts.behind(Key::ReasonGeneralWhy, row), &blanks)?);
        }
        Some(said)
    }

    /// The amount that bounds the cart: the one that would have done, or the limit
    fn bound(&self, reason: Reason) -> Option<Money> {
        if !is_about_amount(reason) || self.total().is_none() {
            return None;
        }
        let steps = self.explanation.change.as_ref().map_or(&[][..], |change| &change.steps);
        match steps {
            [Step::ReduceTotal { to, .. } | Step::RaiseTotal { to, .. }] => Some(to.clone()),
            _ if reason == Reason::AmountMinimum => None,
            _ => self.explanation.limit.clone().filter(|limit| limit.minor > 0),
        }
    }

    fn total(&self) -> Option<Money> {
        let total = self.explanation.facts.iter().find(|fact| fact.name == "cart.total")?;
        serde_json::from_value(total.value.clone()?).ok()
    }

    fn used(&self) -> Option<Section> {
        let used = || self.explanation.facts.iter().filter(|fact| fact.used);
        let group = |fact: &ExplainedFact| {
            if fact.decisive {
                "used.decisive"
            } else if !fact.lifts.is_empty() {
                "used.reason"
            } else if fact.value.is_some() {
                "used.counted"
            } else {
                "used.unknown"
            }
        };
        let mut paragraphs = Vec::new();
        for text in ["used.decisive", "used.reason", "used.counted", "used.unknown"] {
            let items: Vec<String> = used().filter(|fact| group(fact) == text).map(|fact| self.item(fact)).collect::<Option<_>>()?;
            if !items.is_empty() {
                paragraphs.push(Paragraph { text: self.say(text)?, items });
            }
        }
        if self.reader == Reader::Person && used().any(|fact| !fact.points.is_empty()) {
            paragraphs.push(paragraph(self.say("used.points")?));
        }
        if paragraphs.is_empty() {
            paragraphs.push(paragraph(self.say("used.nothing")?));
        }
        self.section("used.heading", paragraphs)
    }

    /// A fact with its value, where that may be told, who said so, and which way it spoke
    fn item(&self, fact: &ExplainedFact) -> Option<String> {
        let name = self.fact(fact)?;
        let may_be_told = is_known_to_browsers(fact) || (self.reader == Reader::Person && self.explanation.signed_in);
        let value = if fact.value.is_none() { Some(self.say("value.unknown")?) } else { self.value(fact).filter(|_| may_be_told) };
        let source = match fact.source {
            None => None,
            Some(Source::Shopper) => Some("source.shopper"),
            Some(Source::Shop) => Some("source.shop"),
            Some(Source::Ledger) => Some("source.ledger"),
            Some(Source::Bureau) => Some("source.bureau"),
            Some(Source::Seen) => Some("source.seen"),
        };
        let notes: Vec<String> = source
            .into_iter()
            .chain(fact.points.first().filter(|_| self.reader == Reader::Person).map(direction))
            .map(|note| self.say(note))
            .collect::<Option<_>>()?;
        let line = match value {
            Some(value) => self.say_with("value.line", &[("fact", &name), ("value", &value)])?,
            None => name,
        };
        Some(if notes.is_empty() { line } else { format!("{line} ({})", notes.join("; ")) })
    }

    fn fact(&self, fact: &ExplainedFact) -> Option<String> {
        match &fact.description {
            Some(_) if self.reader == Reader::Browser && !is_known_to_browsers(fact) => self.say("fact.custom"),
            Some(description) => self.say_with("fact.custom_described", &[("description", description)]),
            None if FactIndex::by_name(&fact.name).is_none() => self.say("fact.custom"),
            None => self.say(&format!("fact.{}", fact.name)),
        }
    }

    /// A value as a person writes it; nothing for the shop's own keys, which say nothing to a person
    fn value(&self, fact: &ExplainedFact) -> Option<String> {
        let value = fact.value.as_ref()?;
        let kind = FactIndex::by_name(&fact.name).and_then(FactIndex::kind);
        if let Some(yes) = value.as_bool() {
            return self.say(if yes { "value.yes" } else { "value.no" });
        }
        if let Some(number) = value.as_i64() {
            return Some(number.to_string());
        }
        if let Some(text) = value.as_str() {
            return match kind {
                Some(FactKind::Choice) => self.say(&format!("choice.{text}")),
                Some(FactKind::Country) => Some(text.to_owned()),
                _ => self.date(text),
            };
        }
        self.amount(&serde_json::from_value(value.clone()).ok()?)
    }

    fn change(&self) -> Option<Section> {
        let Explanation { state, change, signed_in, .. } = self.explanation;
        let mut paragraphs = Vec::new();
        if state == "withheld" {
            let steps = change.as_ref().map_or(&[][..], |change| &change.steps);
            let is_of_history = steps.iter().any(|step| matches!(step, Step::SettleOverdue { .. }));
            if !steps.is_empty() && (*signed_in || !is_of_history) {
                let steps: Vec<String> = steps.iter().map(|step| self.step(step)).collect::<Option<_>>()?;
                let and = format!(" {} ", self.widget(Key::StepAnd, &self.blanks())?);
                paragraphs.push(paragraph(self.say_with("change.steps", &[("steps", &steps.join(&and))])?));
            } else if change.is_none() && self.total().is_some() {
                paragraphs.push(paragraph(self.say("change.none")?));
            }
        }
        if self.explanation.facts.iter().any(|fact| fact.decisive) {
            paragraphs.push(paragraph(self.say("change.decisive")?));
        }
        self.section("change.heading", paragraphs)
    }

    fn step(&self, step: &Step) -> Option<String> {
        let mut blanks = self.blanks();
        let key = match step {
            Step::ShipToBillingAddress => Key::StepShipToBillingAddress,
            Step::SettleOverdue { amount } => {
                blanks.set(Blank::Amount, self.amount(amount)?.as_bytes());
                Key::StepSettleOverdue
            }
            Step::ReduceTotal { to, by } | Step::RaiseTotal { to, by } => {
                blanks.set(Blank::To, self.amount(to)?.as_bytes());
                blanks.set(Blank::By, self.amount(by)?.as_bytes());
                if matches!(step, Step::ReduceTotal { .. }) { Key::StepReduceTotal } else { Key::StepRaiseTotal }
            }
        };
        self.widget(key, &blanks)
    }

    fn unused(&self) -> Option<Section> {
        let unused = self.explanation.facts.iter().filter(|fact| !fact.used);
        let names: Vec<String> = unused.map(|fact| self.fact(fact)).collect::<Option<_>>()?;
        let mut paragraphs = Vec::new();
        if !names.is_empty() {
            paragraphs.push(paragraph(self.say_with("unused.list", &[("list", &names.join(", "))])?));
        }
        paragraphs.push(paragraph(self.widget(Key::HowNever, &self.blanks())?));
        self.section("unused.heading", paragraphs)
    }

    fn human(&self) -> Option<Section> {
        let button = self.widget(Key::ReviewOpen, &self.blanks())?;
        let law = if self.explanation.regime == "consumer_credit" { "law.credit" } else { "law.text" };
        let sentences = [self.say_with("human.text", &[("button", &button)])?, self.say("human.authority")?, self.say(law)?];
        self.section("human.heading", sentences.into_iter().map(paragraph).collect())
    }

    /// Where advice on debts is to be had, which Directive (EU) 2023/2225 Art. 18(9) wants of a refusal of consumer credit
    fn advice(&self) -> Option<Section> {
        let Explanation { regime, state, market, .. } = self.explanation;
        let mut paragraphs = Vec::new();
        if regime == "consumer_credit" && state == "withheld" {
            paragraphs.push(paragraph(CreditTexts::of(self.language)?.advice(market)?));
        }
        self.section("advice.heading", paragraphs)
    }

    fn amount(&self, money: &Money) -> Option<String> {
        Some(Amount::from_minor(money.minor, Currency::parse(&money.currency)?).ok()?.to_text(self.style))
    }

    fn date(&self, text: &str) -> Option<String> {
        let date: jiff::civil::Date = text.parse().ok()?;
        let month = std::str::from_utf8(month(&self.texts, u8::try_from(date.month()).ok()?)).ok()?.to_owned();
        let [day, year] = [i64::from(date.day()), i64::from(date.year())].map(|number| number.to_string());
        self.say_with("value.date", &[("day", &day), ("month", &month), ("year", &year)])
    }
}

/// Whether the value came from the browser, or was confirmed there
fn is_known_to_browsers(fact: &ExplainedFact) -> bool {
    matches!(fact.source, Some(Source::Shopper | Source::Seen))
}

fn is_about_amount(reason: Reason) -> bool {
    matches!(reason, Reason::AmountMinimum | Reason::AmountMaximum | Reason::ExposureExceeded)
}

/// Which way a share of the points spoke: above or below the middle of what it could have been
fn direction(share: &Share) -> &'static str {
    let middle = i64::from(share.least).saturating_add(share.most.into());
    match i64::from(share.given).saturating_mul(2).cmp(&middle) {
        std::cmp::Ordering::Greater => "points.for",
        std::cmp::Ordering::Less => "points.against",
        std::cmp::Ordering::Equal => "points.neither",
    }
}

fn key(name: &str) -> Option<Key> {
    key_names().find(|(_, known)| *known == name).map(|(key, _)| key)
}

#[cfg(test)]
mod tests;
