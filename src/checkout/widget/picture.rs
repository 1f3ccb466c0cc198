//! From a decision to what is shown: the one place that knows both what `core` answers and where it stands on the page.
//!
//! Everything is written anew each time, and the page changes only what differs. What must be compared here is remembered: how a
//! method stood before, what was agreed to, and of which methods the same is told.

use alloc::string::String;
use alloc::vec::Vec;
use tresen_core::facts::known;
use tresen_core::offer::{MethodAnswer, reasons};
use tresen_core::program::MethodTerms;
use tresen_texts::{Blank, Key, Particulars};
use tresen_ui::{ROOT, Verb};

use super::Widget;
use super::kinds::{Body, words};
use super::method::{Standing, asks_birth, missing};
use super::outline::{
    ACCOUNT, ACCOUNT_KEYS, APART, APART_KEYS, CARD, CARD_KEYS, CONSENT, FACTS, FACTS_KEYS, ROW, ROW_KEYS, SENTENCE, apart, card, row,
};
use super::pen::day;
use super::why::{Case, and, told};
use crate::engine::Engine;

impl Widget {
    /// Writes down what the engine has decided last; `focused` is the place that holds the focus
    pub(super) fn show(&mut self, engine: &Engine, focused: usize) {
        let first = self.order.is_empty();
        if first {
            self.build(engine);
        }
        let answers = engine.answer().methods();
        let mut offered = 0_usize;
        for (place, (method, answer)) in self.methods.iter_mut().zip(answers).enumerate() {
            method.reasons = match &method.overruled {
                Some(overruled) => overruled.reasons.clone(),
                None => reasons(engine.program(), place, engine.answer()).iter().map(|because| because.reason).collect(),
            };
            method.stand(answer);
            offered = offered.wrapping_add((method.standing == Some(Standing::Offered)).into());
        }
        self.pen.page.turn_to(0);
        let total = engine.facts().get(known::CART_TOTAL);
        let sum = total.map(|total| self.pen.amount(total)).unwrap_or_default();
        self.pen.page.tell(Verb::Say, card::SUM).extend_from_slice(sum.as_bytes());
        let listed = self.chosen.and_then(|place| self.methods.get(place)).filter(|method| method.is_listed());
        self.pen.page.flag(Verb::Hide, card::BAR, listed.is_some_and(|method| method.standing != Some(Standing::Offered)));
        if listed.is_some() {
            self.pen.note(card::MISSING, None);
        } else {
            self.pen.say(card::SUMMARY, Key::SummaryNone);
        }

        // Ranks count from 1 without gaps; a sort would cost 3 kB.
        let mut order = Vec::new();
        let mut news = Vec::new();
        for rank in (1_u8..).take(answers.len()) {
            if let Some((place, answer)) = answers.iter().enumerate().find(|(_, answer)| answer.rank == rank)
                && let Some(rule) = engine.program().method(place)
            {
                order.push(place);
                self.write(engine, place, &rule, answer, offered, &mut news);
            }
        }
        self.gather(engine, &order);
        self.pen.page.turn_to(0);
        if order != self.order {
            let out = self.pen.page.tell(Verb::Order, card::LIST);
            for place in &order {
                out.push(b'1'.wrapping_add(*place as u8));
            }
            self.order = order;
        }
        if news.pop().is_some() && !first {
            self.pen.page.tell(Verb::Say, card::NEWS).extend_from_slice(&news);
        }
        self.keep_focus(focused);
    }

    /// Builds the counter
    fn build(&mut self, engine: &Engine) {
        let pen = &mut self.pen;
        pen.blanks.set(Blank::Merchant, self.merchant.as_bytes());
        pen.page.turn_to(0);
        let _ = pen.page.tell(Verb::Build, ROOT);
        pen.outline(CARD, &CARD_KEYS, &[]);
        for (place, method) in self.methods.iter().enumerate() {
            let Some(rule) = engine.program().method(place) else { continue };
            let kind = rule.kind.code().as_bytes();
            pen.page.turn_to(place.wrapping_add(1));
            let _ = pen.page.tell(Verb::Build, card::LIST);
            pen.outline(ROW, &ROW_KEYS, &[&method.id, kind]);
            match words(rule.kind).body {
                Body::Facts => pen.outline(FACTS, &FACTS_KEYS, &[]),
                Body::Account => pen.outline(ACCOUNT, &ACCOUNT_KEYS, &[]),
                Body::Sentence(key) => pen.outline(SENTENCE, &[key], &[]),
            }
            if method.consent.is_some() {
                pen.outline(CONSENT, &[], &[]);
            }
            let _ = pen.page.tell(Verb::Build, card::APART_LIST);
            pen.outline(APART, &APART_KEYS, &[kind]);
        }
    }

    /// Writes down one method: its row, or why it has none
    fn write(&mut self, engine: &Engine, place: usize, rule: &MethodTerms<'_>, answer: &MethodAnswer, offered: usize, news: &mut Vec<u8>) {
        let Some(method) = self.methods.get_mut(place) else { return };
        let pen = &mut self.pen;
        let listed = method.is_listed();
        method.put_name(pen, rule);
        if method.before.is_some_and(|before| before.is_listed() != listed) {
            pen.append(news, if listed { Key::AnnounceOffered } else { Key::AnnounceWithheld });
            news.push(b' ');
        }
        pen.page.turn_to(place.wrapping_add(1));
        pen.page.flag(Verb::Hide, row::ROOT, !listed);
        method.told_with = place;
        let incomplete = method.standing == Some(Standing::Incomplete);
        let total = engine.facts().get(known::CART_TOTAL);
        let amount = pen.amount(total.unwrap_or_default().saturating_add(answer.fee));
        let fee = if answer.fee > 0 { pen.amount(answer.fee) } else { String::new() };
        let order = Particulars {
            merchant: &self.merchant,
            creditor: Some(self.creditor.as_str()).filter(|id| !id.is_empty()),
            amount: &amount,
            fee: Some(fee.as_str()).filter(|fee| !fee.is_empty()),
            due: engine.answer().due(answer).map(day),
            days: rule.term.map(|term| term.days),
        };
        pen.blanks.set_particulars(&pen.texts, &order);
        if let Some(consent) = method.consent {
            pen.page.flag(Verb::Hide, row::CONSENT, incomplete);
            let [_, text, title, terms] = consent.keys();
            let mut exact = Vec::new();
            pen.append(&mut exact, text);
            exact.push(b'\n');
            pen.append(&mut exact, terms);
            if !incomplete && exact != method.agreed {
                pen.say(row::AGREED, text);
                pen.say(row::TITLE, title);
                let _ = pen.page.tell(Verb::Paragraphs, row::TERMS);
                pen.go_on(terms);
                // A tick for another text is taken back and asked for again.
                if method.ticked {
                    method.ticked = false;
                    pen.page.flag(Verb::Check, row::TICK, false);
                    pen.note(row::CONSENT_MISTAKE, Some(Key::ConsentChanged));
                }
                method.agreed = exact;
            }
        }

        if !listed {
            method.told.clear();
            if method.standing == Some(Standing::Withheld) {
                let (change, overdue) = match &method.overruled {
                    Some(overruled) => (overruled.change, overruled.overdue),
                    None => (engine.nearest(place), engine.overdue()),
                };
                let review = method.has_review(rule);
                let case = Case { reasons: &method.reasons, change, overdue, total, minimum: rule.minimum, limit: answer.limit, review };
                method.told = told(pen, &case);
            }
            return;
        }

        let words = words(rule.kind);
        let on = self.chosen == Some(place);
        let _ = pen.page.tell(Verb::Say, row::NAME);
        method.go_on_with_name(pen, rule);
        pen.page.flag(Verb::On, row::ROOT, on);
        pen.page.flag(Verb::Hide, row::TAG, !incomplete);
        pen.page.flag(Verb::Hide, row::BODY, !on);
        let asks = asks_birth(rule);
        let given = asks && self.birth.is_some();
        let asked = asks && !given && !engine.facts().is_present(known::CUSTOMER_BIRTH_DATE);
        pen.page.flag(Verb::Hide, row::ASK, !(incomplete && asked));
        pen.page.flag(Verb::Hide, row::SKIP, offered == usize::from(!incomplete));
        pen.say(row::GO_ON, Key::ButtonContinue);
        let given = given && !incomplete;
        pen.note(row::THANKS, given.then_some(Key::BirthDone));
        pen.page.flag(Verb::Hide, row::EDIT, !given);

        // What is agreed to names the year and what it costs in any case; the screen does not.
        pen.blanks.set_term(&pen.texts, order.due, order.days, false);
        let costs = if order.fee.is_some() {
            Some(Key::CostFee)
        } else if words.on_credit {
            Some(Key::CostNone)
        } else {
            None
        };
        pen.put(Blank::Cost, missing(rule, answer).or(costs));
        pen.say(row::LINE, if order.due.is_some() { words.line_date } else { words.line });
        // Where nothing is said about the costs, the line ends before them.
        while pen.page.out().ends_with(b" ") {
            pen.page.out().pop();
        }
        match words.body {
            Body::Facts => {
                pen.page.flag(Verb::Hide, row::FACTS, incomplete);
                pen.say(row::BILL, Key::FactBill);
            }
            Body::Sentence(_) => pen.page.flag(Verb::Hide, row::FACTS, incomplete),
            Body::Account => {}
        }
        if on {
            pen.page.flag(Verb::Check, row::RADIO, true);
            pen.page.turn_to(0);
            let _ = pen.page.tell(Verb::Say, card::SUMMARY);
            if total.is_some() {
                pen.put_amount(Blank::Zero, 0);
                let [dated, after_delivery, plain] = words.summary;
                pen.go_on(if order.due.is_some() {
                    dated
                } else if order.days.is_some() {
                    after_delivery
                } else {
                    plain
                });
                if order.fee.is_some() {
                    pen.page.out().push(b' ');
                    pen.go_on(Key::SummaryFee);
                }
            }
        }
    }

    /// Tells why methods are withheld; those of which the same is to be said together
    fn gather(&mut self, engine: &Engine, order: &[usize]) {
        let mut any = false;
        for (at, place) in order.iter().enumerate() {
            let Some(method) = self.methods.get(*place) else { continue };
            let pen = &mut self.pen;
            pen.page.turn_to(place.wrapping_add(1));
            let told_here = method.standing == Some(Standing::Withheld) && method.told_with == *place;
            pen.page.flag(Verb::Hide, apart::ROOT, !told_here);
            if !told_here {
                continue;
            }
            let mut together = Vec::new();
            for other in order.iter().skip(at) {
                if let Some(found) = self.methods.get(*other)
                    && found.standing == method.standing
                    && found.told == method.told
                {
                    together.push(*other);
                }
            }
            let _ = pen.page.tell(Verb::Say, apart::NAME);
            for (count, other) in together.iter().enumerate() {
                if let (Some(method), Some(rule)) = (self.methods.get(*other), engine.program().method(*other)) {
                    method.put_name(pen, &rule);
                    if together.len() == 1 {
                        method.go_on_with_name(pen, &rule);
                        continue;
                    }
                    if count.wrapping_add(1) == together.len() {
                        let mut joint = Vec::new();
                        and(pen, &mut joint);
                        pen.page.out().extend_from_slice(&joint);
                    } else if count > 0 {
                        pen.page.out().extend_from_slice(b", ");
                    }
                    pen.page.out().extend_from_slice(pen.blanks.get(Blank::Name));
                }
            }
            let told = method.told.strip_suffix(b"\n").unwrap_or_default();
            let cut = told.iter().position(|byte| *byte == b'\n').unwrap_or(told.len());
            let (sentence, why) = told.split_at(cut);
            pen.page.tell(Verb::Say, apart::SENTENCE).extend_from_slice(sentence);
            pen.page.tell(Verb::Paragraphs, apart::WHY).extend_from_slice(why.strip_prefix(b"\n").unwrap_or_default());
            if let Some(rule) = engine.program().method(*place) {
                pen.page.flag(Verb::Hide, apart::EDIT, !(asks_birth(&rule) && self.birth.is_some()));
                pen.page.flag(Verb::Hide, apart::REVIEW, !method.has_review(&rule));
            }
            any = true;
            for other in together {
                if let Some(method) = self.methods.get_mut(other) {
                    method.told_with = *place;
                }
            }
        }
        self.pen.page.turn_to(0);
        self.pen.page.flag(Verb::Hide, card::APART, !any);
    }

    /// The focus was in a method that now stands elsewhere: it goes along
    fn keep_focus(&mut self, focused: usize) {
        let Some(method) = self.methods.get(focused) else { return };
        if method.before.is_none() || method.before == method.standing {
            return;
        }
        let (place, slot) = match method.standing {
            Some(Standing::Withheld) => (method.told_with, apart::ROOT),
            Some(Standing::Incomplete) => (focused, b'1'),
            Some(Standing::Offered) if method.consent.is_some() => (focused, row::TICK),
            Some(Standing::Offered) => (focused, row::RADIO),
            Some(Standing::Absent) | None => return self.focus_first(),
        };
        self.pen.page.turn_to(place.wrapping_add(1));
        self.pen.page.flag(Verb::Focus, slot, true);
    }

    /// Goes to the first method that can be chosen
    pub(super) fn focus_first(&mut self) {
        for place in &self.order {
            if self.methods.get(*place).is_some_and(super::method::Method::is_listed) {
                self.pen.page.turn_to(place.wrapping_add(1));
                self.pen.page.flag(Verb::Focus, row::RADIO, true);
                return;
            }
        }
    }
}
