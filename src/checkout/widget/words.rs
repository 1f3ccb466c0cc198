//! From a decision to words: the one place that knows both what `core` answers and what the views show.

use alloc::string::String;
use alloc::vec::Vec;
use tresen_core::change::{Change, Settling, nearest};
use tresen_core::date::Date;
use tresen_core::facts::{Facts, known};
use tresen_core::money::{Money, NumberStyle};
use tresen_core::offer::{Answer, MethodAnswer, Reason, State as Outcome, reasons};
use tresen_core::program::{MethodTerms as Rule, Program};
use tresen_texts::{Consent, Day, Key, Particulars, Texts, Wording, date, fill, push_number};

use super::kinds::{self, KindWords};
use super::state::{Agreement, Birth, Body, Method, Standing, State};

/// What the words are made of
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    /// The sentences
    pub texts: &'a Texts,
    /// How amounts are written
    pub style: NumberStyle,
    /// The merchant's name
    pub merchant: &'a str,
    /// The merchant's SEPA creditor identifier
    pub creditor: Option<&'a str>,
    /// The residual policy
    pub program: &'a Program,
    /// What settling would change
    pub settling: Settling<'a>,
    /// What is to be settled, in minor units
    pub overdue: Option<i64>,
    /// The facts of the decision
    pub facts: &'a Facts,
    /// The decision
    pub answer: &'a Answer,
    /// Whether the person gave their date of birth here
    pub birth_given: bool,
    /// What the server answered otherwise
    pub overruled: &'a [Overruled],
    /// What the methods are called, in the policy's order
    pub labels: &'a [Label],
}

/// What a method is called
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The policy's word for it
    pub id: String,
    /// The shop's own name for it, or nothing
    pub name: String,
    /// Id of the text that the shopper agrees to, or nothing
    pub consent: String,
}

/// A method that the server withheld although the browser did not
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overruled {
    /// The method's id
    pub id: String,
    /// Why
    pub reasons: Vec<Reason>,
    /// What would bring it back
    pub change: Option<Change>,
    /// What is to be settled, in minor units
    pub overdue: Option<i64>,
}

impl Source<'_> {
    /// The whole picture
    pub fn state(&self) -> State {
        // Ranks count from 1 without gaps; a sort would cost 3 kB.
        let mut methods = Vec::new();
        for rank in (1_u8..).take(self.labels.len()) {
            let mut all = self.answer.methods().iter().zip(self.labels).enumerate();
            if let Some((index, (answer, label))) = all.find(|(_, (answer, _))| answer.rank == rank)
                && let Some(rule) = self.program.method(index)
            {
                methods.push(self.method(index, label, &rule, answer));
            }
        }
        self.gather(&mut methods);
        State { total: self.total().map(|total| self.money(total)).unwrap_or_default(), methods }
    }

    /// Methods of which the same is to be said are told of together
    fn gather(&self, methods: &mut [Method]) {
        let mut rest = methods;
        while let Some((method, others)) = rest.split_first_mut() {
            if method.standing == Standing::Withheld && method.told_with == method.index {
                let same = |other: &&mut Method| {
                    other.standing == method.standing
                        && other.sentence == method.sentence
                        && other.why == method.why
                        && other.review == method.review
                };
                let mut together: Vec<&mut Method> = others.iter_mut().filter(same).collect();
                let last = together.len();
                if last == 0 {
                    method.heading.clone_from(&method.name);
                }
                for (other, place) in together.iter_mut().zip(1..) {
                    other.told_with = method.index;
                    let joint = if place == last { [" ", self.texts.get(Key::StepAnd), " "] } else { [", ", "", ""] };
                    joint.iter().for_each(|part| method.heading.push_str(part));
                    method.heading.push_str(&other.heading);
                }
            }
            rest = others;
        }
    }

    fn total(&self) -> Option<i64> {
        self.facts.get(known::CART_TOTAL)
    }

    /// An amount as this language writes it
    pub fn money(&self, minor: i64) -> String {
        Money::from_minor(minor, self.program.currency()).map(|money| money.to_text(self.style)).unwrap_or_default()
    }

    fn said(&self, key: Key, values: &[(&str, &str)]) -> String {
        let mut out = String::new();
        fill(&mut out, self.texts.get(key), values);
        out
    }

    fn method(&self, index: usize, label: &Label, rule: &Rule<'_>, answer: &MethodAnswer) -> Method {
        let words = kinds::words(rule.kind);
        let overruled = self.overruled.iter().find(|overruled| overruled.id == label.id);
        let found: Vec<Reason> = match overruled {
            Some(overruled) => overruled.reasons.clone(),
            None => reasons(self.program, index, self.answer).iter().map(|because| because.reason).collect(),
        };
        let standing = match answer.state {
            _ if found.contains(&Reason::ProviderNotConfigured) => Standing::Absent,
            // A method for the other kind of customer is nothing that this one misses.
            _ if found.iter().any(|reason| matches!(reason, Reason::CompanyOnly | Reason::ConsumerOnly)) => Standing::Absent,
            _ if overruled.is_some() => Standing::Withheld,
            Outcome::Offered => Standing::Offered,
            Outcome::Incomplete => Standing::Incomplete,
            Outcome::Withheld => Standing::Withheld,
        };
        let own = Some(label.name.as_str()).filter(|name| !name.is_empty());
        let name = own.unwrap_or(self.texts.get(words.name));
        let asks = rule.fields().any(|field| field == known::CUSTOMER_BIRTH_DATE);
        let birth = match (asks, self.birth_given, self.facts.is_present(known::CUSTOMER_BIRTH_DATE)) {
            (true, true, _) => Birth::Given,
            (true, false, false) => Birth::Asked,
            (true, false, true) | (false, _, _) => Birth::No,
        };
        let terms = Terms::new(self, rule, answer);
        let review = rule.kind.bears_credit_risk() && !found.iter().any(|reason| is_for_everyone(*reason));
        let news = if standing.is_listed() { Key::AnnounceOffered } else { Key::AnnounceWithheld };
        let mut made = Method {
            index,
            id: label.id.clone(),
            icon: words.icon,
            standing,
            name: own.map_or_else(|| terms.name(self, words, name), String::from),
            line: terms.line(self, words, missing(rule, answer)),
            body: terms.body(self, words),
            birth,
            agreement: self.agreement(label, &terms),
            summary: terms.summary(self, words),
            go_on: self.said(Key::ButtonContinue, &[("name", name)]),
            thanks: self.said(Key::BirthDone, &[("name", name)]),
            sentence: String::new(),
            why: Vec::new(),
            told_with: index,
            heading: name.into(),
            news: self.said(news, &[("name", name)]),
            review,
        };
        if standing == Standing::Withheld {
            let change = match overruled {
                Some(overruled) => overruled.change,
                None => nearest(self.program, self.facts, self.answer.today, index, self.settling),
            };
            let overdue = overruled.map_or(self.overdue, |overruled| overruled.overdue);
            self.explain(&mut made, name, &found, rule, answer, change, overdue);
        }
        made
    }

    fn agreement(&self, label: &Label, terms: &Terms) -> Option<Agreement> {
        let consent = Consent::from_id(&label.consent)?;
        let order = Particulars {
            merchant: self.merchant,
            creditor: self.creditor,
            amount: &terms.amount,
            fee: terms.fee.as_deref(),
            due: terms.due,
            days: terms.days,
        };
        let wording = Wording::new(self.texts, consent, &order);
        let exact = wording.exact();
        Some(Agreement {
            id: consent.id(),
            version: wording.version,
            text: wording.text,
            title: wording.title,
            terms: wording.terms,
            exact,
        })
    }

    #[expect(clippy::too_many_arguments, reason = "all of them say why one method is withheld")]
    fn explain(
        &self,
        made: &mut Method,
        name: &str,
        found: &[Reason],
        rule: &Rule<'_>,
        answer: &MethodAnswer,
        change: Option<Change>,
        overdue: Option<i64>,
    ) {
        for (place, reason) in found.iter().enumerate() {
            let bound = self.bound(*reason, rule, answer, change);
            let sentence = self.because(*reason, 0, name, bound);
            if place == 0 {
                made.sentence = sentence;
            } else if sentence != made.sentence {
                push_new(&mut made.why, sentence);
            }
            push_new(&mut made.why, self.because(*reason, 1, name, bound));
        }
        if let Some(steps) = change.map(|change| self.steps(change, overdue)).filter(|steps| !steps.is_empty()) {
            made.why.push(self.said(Key::WithheldBack, &[("steps", &steps)]));
        }
        if made.review {
            made.why.push(self.said(Key::WithheldDisagree, &[]));
        }
    }

    /// The amount that bounds the cart, for reasons that are about an amount and have one to name
    fn bound(&self, reason: Reason, rule: &Rule<'_>, answer: &MethodAnswer, change: Option<Change>) -> Option<i64> {
        let only_total = change.filter(|change| !change.ship_to_billing_address && !change.settle_overdue).and_then(|change| change.total);
        let bound = if reason == Reason::AmountMinimum {
            only_total.or(rule.minimum)
        } else if is_about_amount(reason) {
            only_total.or(answer.limit)
        } else {
            None
        };
        bound.filter(|bound| *bound > 0)
    }

    fn because(&self, reason: Reason, part: usize, name: &str, bound: Option<i64>) -> String {
        let row = usize::from(reason.number()).wrapping_mul(2).wrapping_add(part);
        let template = match bound {
            None if is_about_amount(reason) && part == 0 => self.texts.get(Key::ReasonAmountPlain),
            None | Some(_) => self.texts.behind(Key::ReasonGeneralSentence, row),
        };
        let limit = bound.map(|bound| self.money(bound)).unwrap_or_default();
        let over = bound.zip(self.total()).map(|(bound, total)| self.money(total.saturating_sub(bound).abs())).unwrap_or_default();
        let mut out = String::new();
        fill(&mut out, template, &[("name", name), ("merchant", self.merchant), ("limit", &limit), ("over", &over)]);
        out
    }

    fn steps(&self, change: Change, overdue: Option<i64>) -> String {
        let mut out = String::new();
        let mut step = |sentence: String| {
            if !out.is_empty() {
                out.push(' ');
                out.push_str(self.texts.get(Key::StepAnd));
                out.push(' ');
            }
            out.push_str(&sentence);
        };
        if change.ship_to_billing_address {
            step(self.said(Key::StepShipToBillingAddress, &[]));
        }
        if change.settle_overdue {
            step(self.said(Key::StepSettleOverdue, &[("amount", &overdue.map(|minor| self.money(minor)).unwrap_or_default())]));
        }
        if let (Some(to), Some(now)) = (change.total, self.total()) {
            let key = if to < now { Key::StepReduceTotal } else { Key::StepRaiseTotal };
            step(self.said(key, &[("to", &self.money(to)), ("by", &self.money(to.saturating_sub(now).abs()))]));
        }
        out
    }
}

fn push_new(list: &mut Vec<String>, sentence: String) {
    if !list.contains(&sentence) {
        list.push(sentence);
    }
}

const fn is_about_amount(reason: Reason) -> bool {
    matches!(reason, Reason::AmountMinimum | Reason::AmountMaximum | Reason::ExposureExceeded)
}

/// Reasons that no look at the order could change
const fn is_for_everyone(reason: Reason) -> bool {
    matches!(reason, Reason::PolicyNotValid | Reason::RegistrationUnchecked | Reason::ProviderNotConfigured | Reason::TotalMissing)
}

fn missing(rule: &Rule<'_>, answer: &MethodAnswer) -> Option<Key> {
    let mut fields = rule.fields().enumerate().filter(|(place, _)| answer.missing >> (*place & 15) & 1 == 1);
    let (_, first) = fields.next()?;
    Some(if first == known::CUSTOMER_BIRTH_DATE && fields.next().is_none() { Key::MissingBirthDate } else { Key::MissingOther })
}

/// What a method means for this order, as it is written
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    amount: String,
    fee: Option<String>,
    due: Option<Day>,
    days: Option<u16>,
    known: bool,
}

impl Terms {
    fn new(source: &Source<'_>, rule: &Rule<'_>, answer: &MethodAnswer) -> Self {
        let total = source.total();
        Self {
            amount: source.money(total.unwrap_or_default().saturating_add(answer.fee)),
            fee: (answer.fee > 0).then(|| source.money(answer.fee)),
            due: source.answer.due(answer).map(day),
            days: rule.term.map(|term| term.days),
            known: total.is_some(),
        }
    }

    fn days(&self) -> String {
        let mut out = String::new();
        push_number(&mut out, u32::from(self.days.unwrap_or_default()));
        out
    }

    fn date(&self, source: &Source<'_>) -> String {
        self.due.map(|due| date(source.texts, due, false)).unwrap_or_default()
    }

    fn until(&self, source: &Source<'_>) -> String {
        match (self.due, self.days) {
            (Some(_), _) => source.said(Key::UntilDate, &[("date", &self.date(source))]),
            (None, Some(_)) => source.said(Key::UntilDelivery, &[("days", &self.days())]),
            (None, None) => source.said(Key::UntilNone, &[]),
        }
    }

    fn name(&self, source: &Source<'_>, words: KindWords, plain: &str) -> String {
        match words.name_days.filter(|_| self.days.is_some()) {
            Some(key) => source.said(key, &[("days", &self.days())]),
            None => plain.into(),
        }
    }

    fn line(&self, source: &Source<'_>, words: KindWords, missing: Option<Key>) -> String {
        let cost = match (missing, &self.fee) {
            (Some(key), _) => source.said(key, &[]),
            (None, Some(fee)) => source.said(Key::CostFee, &[("fee", fee)]),
            (None, None) if words.on_credit => source.said(Key::CostNone, &[]),
            (None, None) => String::new(),
        };
        let key = words.line_date.filter(|_| self.due.is_some()).unwrap_or(words.line);
        let line = source.said(key, &[("until", &self.until(source)), ("date", &self.date(source)), ("cost", &cost)]);
        line.trim_end().into()
    }

    fn body(&self, source: &Source<'_>, words: KindWords) -> Body {
        match words.body {
            kinds::BodyWords::Facts => {
                let until = self.until(source);
                Body::Facts(
                    [Key::FactNothingToday, Key::FactBill, Key::FactReturns]
                        .map(|key| source.said(key, &[("merchant", source.merchant), ("until", &until)]))
                        .into(),
                )
            }
            kinds::BodyWords::Account => Body::Account,
            kinds::BodyWords::Sentence(key) => Body::Sentence(source.said(key, &[("merchant", source.merchant)])),
        }
    }

    fn summary(&self, source: &Source<'_>, words: KindWords) -> String {
        if !self.known {
            return String::new();
        }
        let [dated, after_delivery, plain] = words.summary;
        let key = match (self.due, self.days) {
            (Some(_), _) => dated,
            (None, Some(_)) => after_delivery,
            (None, None) => plain,
        };
        let zero = source.money(0);
        let mut out = source.said(key, &[("zero", &zero), ("amount", &self.amount), ("date", &self.date(source)), ("days", &self.days())]);
        if let Some(fee) = &self.fee {
            out.push(' ');
            out.push_str(&source.said(Key::SummaryFee, &[("fee", fee)]));
        }
        out
    }
}

/// A day of `core` as the texts speak of it
pub fn day(date: Date) -> Day {
    let (year, month, day) = date.ymd();
    Day { year: u16::try_from(year).unwrap_or_default(), month, day, weekday: date.weekday().days_from_monday() }
}
