//! From a policy to the words that the engine decides by (see `program/layout.rs`).
//!
//! Whatever can be worked out before an order is there is worked out here: which questions there are, in which order they are asked, who
//! waits for which answer.

mod questions;

use super::{ClassEntry, Effect, Limit, Method, Points, Policy, Provider, Scorecard, TermStart};
use crate::date::Date;
use crate::facts::FactIndex;
use crate::program::layout::{ALWAYS, LENGTH, METHOD_WORDS, NEVER, head, method};
use alloc::vec::Vec;
pub use questions::{Question, Questions, Stage};

/// The words of a policy
pub(super) fn compile(policy: &Policy) -> Vec<i64> {
    let mut questions = Questions::new(&policy.conditions);
    for method in &policy.methods {
        if let Provider::Needed(text) = method.provider {
            questions.put(Question::connected(text));
        }
    }
    let mut out = Compiler { policy, questions, words: alloc::vec![0; head::LENGTH], reads: 0 };
    out.head();
    out.questions();
    out.standing();
    out.exposure();
    out.rules();
    out.methods();
    out.orders();
    out.put(head::READS, out.reads.cast_signed());
    out.words
}

struct Compiler<'a> {
    policy: &'a Policy,
    questions: Questions,
    words: Vec<i64>,
    reads: u64,
}

impl Compiler<'_> {
    fn put(&mut self, place: usize, word: i64) {
        if let Some(slot) = self.words.get_mut(place) {
            *slot = word;
        }
    }

    /// Nobody waits for it, and a row that grows in many places is kilobytes in a browser.
    #[inline(never)]
    fn append(&mut self, words: &[i64]) {
        self.words.extend_from_slice(words);
    }

    /// Appends a list and answers its name
    fn list<const WIDTH: usize>(&mut self, rows: impl IntoIterator<Item = [i64; WIDTH]>) -> i64 {
        let place = self.words.len();
        rows.into_iter().for_each(|row| self.append(&row));
        let word = |length: usize| i64::try_from(length).unwrap_or(0);
        word(place) | word(self.words.len().saturating_sub(place)) << LENGTH
    }

    fn put_list<const WIDTH: usize>(&mut self, slot: usize, rows: impl IntoIterator<Item = [i64; WIDTH]>) {
        let list = self.list(rows);
        self.put(slot, list);
    }

    /// Notes that a decision looks at a fact
    fn read(&mut self, fact: FactIndex) -> i64 {
        self.reads |= 1_u64.checked_shl(fact.0.into()).unwrap_or(0);
        fact.0.into()
    }

    fn head(&mut self) {
        let policy = self.policy;
        self.put(head::FLAGS, i64::from(policy.residual) << 1 | i64::from(policy.knows_holidays) << 2);
        self.put(head::MARKET, i64::from(u16::from_be_bytes(policy.market)));
        let [first, second, third] = policy.currency.bytes();
        self.put(head::CURRENCY, i64::from(u32::from_be_bytes([0, first, second, third])));
        self.put(head::VALID_FROM, policy.valid_from.unwrap_or(Date::MIN).days().into());
        self.put(head::VALID_UNTIL, policy.valid_until.unwrap_or(Date::MAX).days().into());
    }

    fn questions(&mut self) {
        for (slot, stage) in [(head::GIVEN, Stage::Given), (head::VALUED, Stage::Valued), (head::RATED, Stage::Rated)] {
            let rows: Vec<[i64; 2]> = self.questions.asked(stage).iter().map(|question| self.question(question)).collect();
            self.put_list(slot, rows);
        }
    }

    fn question(&mut self, question: &Question) -> [i64; 2] {
        for fact in question.facts() {
            self.read(fact);
        }
        let values = question.values().map(|values| self.list(values.iter().map(|value| [*value])));
        Questions::row(question, values.unwrap_or(0))
    }

    fn standing(&mut self) {
        let policy = self.policy;
        let number = |questions: &Questions, when| i64::from(questions.number(when, Stage::Given));
        let value_classes: Vec<_> =
            policy.value_classes.iter().zip(0..).map(|(class, place)| [number(&self.questions, class.when), place]).collect();
        self.put_list(head::VALUE_CLASSES, value_classes);
        self.put(head::RETURNING, number(&self.questions, policy.returning));
        self.put(head::UNKNOWN_CLASS, -1);
        if let Some(scorecards) = &policy.scorecards {
            self.card(head::CARD_NEW, &scorecards.new);
            self.card(head::CARD_RETURNING, &scorecards.returning);
            self.put(head::UNKNOWN_CLASS, scorecards.unknown_class.into());
        }
        let classes: Vec<_> = policy
            .classes
            .iter()
            .map(|class| match class.entry {
                ClassEntry::Points(points) => [ALWAYS.into(), points.into()],
                ClassEntry::When(when) => [number(&self.questions, when), i64::from(i32::MIN)],
                ClassEntry::Rest => [ALWAYS.into(), i64::from(i32::MIN)],
            })
            .collect();
        self.put_list(head::CLASSES, classes);
    }

    fn card(&mut self, slot: usize, card: &Scorecard) {
        let rows: Vec<[i64; 5]> = card
            .attributes
            .iter()
            .map(|attribute| {
                let (tag, single, pairs) = match &attribute.points {
                    Points::Bins { first, edges } => (0, first, edges),
                    Points::Categories { values, other } => (1, other, values),
                };
                let pairs = self.list(pairs.iter().map(|(value, points)| [*value, i64::from(*points)]));
                [self.read(attribute.fact), attribute.missing.into(), tag, (*single).into(), pairs]
            })
            .collect();
        self.put_list(slot, rows);
        self.put(slot.saturating_add(1), card.base.into());
        self.put(slot.saturating_add(2), (card.known || card.attributes.is_empty()).into());
    }

    fn limits(&mut self, limits: &[Limit]) -> i64 {
        let rows: Vec<_> = limits.iter().map(|limit| [self.questions.number(limit.when, Stage::Rated).into(), limit.maximum]).collect();
        self.list(rows)
    }

    fn exposure(&mut self) {
        let exposure = &self.policy.exposure;
        if let Some(limits) = &exposure.limits {
            let limits = self.limits(limits);
            self.put(head::EXPOSURE, limits);
        }
        if let Some(ladder) = &exposure.ladder {
            self.put_list(head::LADDER, ladder.steps.iter().map(|(from, maximum)| [*from, *maximum]));
            let fact = self.read(ladder.fact);
            self.put(head::LADDER_FACT, fact);
        }
    }

    fn rules(&mut self) {
        let (mut rules, mut caps) = (Vec::new(), Vec::new());
        for rule in &self.policy.rules {
            match rule.effect {
                Effect::Withhold { reason, .. } => {
                    rules.push([self.questions.number(rule.when, Stage::Rated).into(), reason.number().into()])
                }
                Effect::ClassAtBest(class) => {
                    caps.push([self.questions.number(rule.when, Stage::Valued).into(), class.into()]);
                    rules.push([NEVER.into(), 0]);
                }
            }
        }
        self.put_list(head::RULES, rules);
        self.put_list(head::CAPS, caps);
    }

    fn methods(&mut self) {
        let rows: Vec<[i64; METHOD_WORDS]> =
            self.policy.methods.iter().zip(0..).map(|(method, place)| self.method(method, place)).collect();
        self.put_list(head::METHODS, rows);
    }

    fn method(&mut self, method: &Method, place: u32) -> [i64; METHOD_WORDS] {
        let policy = self.policy;
        let (term, days) = method.term.map_or((0, 0), |term| {
            let start = match term.start {
                TermStart::Order => 1,
                TermStart::Delivery => 2,
            };
            (start, term.days)
        });
        let risky = method.kind.bears_credit_risk();
        let needs_total = risky || method.minimum.is_some() || method.limits.is_some();
        let unchecked = method.kind.is_on_account() && !policy.registration_checked;
        let what = i64::from(method.kind.number()) << method::KIND
            | term << method::TERM
            | i64::from(risky) << method::RISKY
            | i64::from(needs_total) << method::NEEDS_TOTAL
            | i64::from(unchecked) << method::UNCHECKED
            | i64::from(method.reason.number()) << method::REASON
            | i64::from(days) << method::DAYS;
        let provider = match method.provider {
            Provider::NotNeeded => ALWAYS,
            Provider::Needed(text) => self.questions.put(Question::connected(text)),
            Provider::NotConfigured => NEVER,
        };
        let withholds = |effect| matches!(effect, Effect::Withhold { methods, .. } if u32::from(methods).wrapping_shr(place) & 1 == 1);
        let rules = policy.rules.iter().rev().fold(0_u64, |rules, rule| rules << 1 | u64::from(withholds(rule.effect)));
        let limits = method.limits.as_deref().map_or(0, |limits| self.limits(limits));
        let fields = if method.fields.is_empty() { 0 } else { self.list(method.fields.iter().map(|field| [i64::from(field.0)])) };
        [
            what,
            self.questions.final_number(provider).into(),
            self.questions.number(method.when, Stage::Rated).into(),
            rules.cast_signed(),
            method.minimum.unwrap_or(-1),
            limits,
            method.fee.fixed,
            method.fee.rate.ppm().into(),
            fields,
        ]
    }

    fn orders(&mut self) {
        let policy = self.policy;
        let orders = policy.orders.iter().map(|order| (self.questions.number(order.when, Stage::Rated), order.methods.as_slice()));
        let rows: Vec<_> = orders.chain([(ALWAYS, &[][..])]).map(|(when, first)| [when.into(), self.ranks(first)]).collect();
        self.put_list(head::ORDERS, rows);
    }

    /// The rank of each method less one, where some come first and the others follow in the policy's order
    fn ranks(&self, first: &[u8]) -> i64 {
        let all = (0..u8::try_from(self.policy.methods.len()).unwrap_or(u8::MAX)).filter(|place| !first.contains(place));
        let ranked = first.iter().copied().chain(all).zip(0_u64..);
        ranked.fold(0_u64, |ranks, (place, rank)| ranks | rank << (u32::from(place & 15) << 2)).cast_signed()
    }
}
