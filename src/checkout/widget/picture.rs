//! From a decision to what is shown: the one place that knows both what `core` answers and where it stands on the page.
//!
//! Everything is written anew each time, and the page changes only what differs. What must be compared here is remembered: how a
//! method stood before, what was agreed to, and of which methods the same is told.

use alloc::vec::Vec;
use tresen_core::facts::known;
use tresen_core::offer::MethodAnswer;
use tresen_core::program::MethodTerms;
use tresen_texts::{Blank, Key, nth};
use tresen_ui::Verb;

use super::Counter;
use super::kinds::words;
use super::method::{Standing, asks};
use super::pen::day;
use super::slots::{apart, card, row};
use super::why::{Bounds, tell};
use crate::engine::Engine;

impl Counter {
    /// Writes down what the engine has decided last; `focused` is the place that holds the focus
    pub(super) fn show(&mut self, engine: &Engine, focused: usize) {
        let first = self.order.is_empty();
        let answers = engine.answer().methods();
        let mut offered = 0_usize;
        self.brought = false;
        for (place, (method, answer)) in self.methods.iter_mut().zip(answers).enumerate() {
            method.stand(engine, place, answer);
            if method.standing == Standing::Offered {
                offered = offered.wrapping_add(1);
                self.brought |= method.asks_birth;
            }
        }
        let chosen = self.chosen.and_then(|place| self.methods.get(place)).map_or(Standing::Absent, |method| method.standing);
        let pen = &mut self.pen;
        pen.page.turn_to(0);
        let total = engine.facts().get(known::CART_TOTAL);
        let _ = pen.page.tell(Verb::Say, card::SUM);
        if let Some(total) = total {
            pen.put_amount(Blank::Amount, total);
            pen.page.out().extend_from_slice(pen.blanks.get(Blank::Amount));
        }
        pen.page.flag(Verb::Hide, card::BAR, chosen == Standing::Incomplete);
        if chosen.is_listed() {
            pen.note(card::MISSING, None);
        } else {
            pen.say(card::SUMMARY, Key::SummaryNone);
        }

        // Ranks count from 1 without gaps; a sort would cost 3 kB.
        let mut order = Vec::new();
        let mut news = Vec::new();
        for rank in (1_u8..).take(answers.len()) {
            if let Some(place) = answers.iter().position(|answer| answer.rank == rank)
                && let (Some(answer), Some(rule)) = (answers.get(place), engine.program().method(place))
            {
                order.push(place as u8);
                self.write(engine, place, &rule, answer, offered, &mut news);
            }
        }
        self.gather(&order);
        if order != self.order {
            let out = self.pen.page.tell(Verb::Order, card::LIST);
            for place in &order {
                out.push(b'1'.wrapping_add(*place));
            }
            self.order = order;
        }
        if news.pop().is_some() && !first {
            self.pen.page.tell(Verb::Say, card::NEWS).extend_from_slice(&news);
        }
        self.keep_focus(focused);
    }

    /// Writes down one method: its row, or why it has none
    fn write(&mut self, engine: &Engine, place: usize, rule: &MethodTerms<'_>, answer: &MethodAnswer, offered: usize, news: &mut Vec<u8>) {
        let Some(method) = self.methods.get_mut(place) else { return };
        let pen = &mut self.pen;
        let listed = method.standing.is_listed();
        let incomplete = method.standing == Standing::Incomplete;
        let (asks_birth, missing) = asks(rule, answer);
        (method.kind, method.days, method.asks_birth) = (rule.kind, rule.term.map(|term| term.days), asks_birth);
        method.put_name(pen);
        if method.before.is_listed() != listed {
            pen.append(news, if listed { Key::AnnounceOffered } else { Key::AnnounceWithheld });
            news.push(b' ');
        }
        pen.page.turn_to(place.wrapping_add(1));
        pen.page.flag(Verb::Hide, row::ROOT, !listed);
        let total = engine.facts().get(known::CART_TOTAL);
        let (due, days, fee) = (engine.answer().due(answer).map(day), method.days, answer.fee > 0);
        pen.put_amount(Blank::Amount, total.unwrap_or_default().saturating_add(answer.fee));
        pen.put_amount(Blank::Fee, answer.fee);
        pen.blanks.set_conditions(&pen.texts, due, days, fee);
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
        method.told.clear();
        if method.standing == Standing::Withheld {
            let bounds = Bounds { total, minimum: rule.minimum, limit: answer.limit };
            let review = method.has_review();
            tell(pen, &mut method.told, &method.why, &bounds, review);
        }
        if !listed {
            return;
        }

        let words = words(rule.kind);
        let on = self.chosen == Some(place);
        let given = asks_birth && self.birth;
        let asked = asks_birth && !given && !engine.facts().is_present(known::CUSTOMER_BIRTH_DATE);
        let given = given && !incomplete;
        for (verb, slot, yes) in [
            (Verb::On, row::ROOT, on),
            (Verb::Check, row::RADIO, on),
            (Verb::Hide, row::TAG, !incomplete),
            (Verb::Hide, row::BODY, !on),
            (Verb::Hide, row::ASK, !(incomplete && asked)),
            (Verb::Hide, row::SKIP, offered == usize::from(!incomplete)),
            (Verb::Hide, row::EDIT, !given),
            (Verb::Hide, row::FACTS, incomplete),
        ] {
            pen.page.flag(verb, slot, yes);
        }
        let _ = pen.page.tell(Verb::Say, row::NAME);
        method.go_on_with_name(pen, true);
        pen.say(row::GO_ON, Key::ButtonContinue);
        pen.note(row::THANKS, given.then_some(Key::BirthDone));

        // What is agreed to names the year and what it costs in any case; the screen does not.
        pen.blanks.set_term(&pen.texts, due, days, false);
        let costs = if fee {
            Some(Key::CostFee)
        } else if words.on_credit {
            Some(Key::CostNone)
        } else {
            None
        };
        pen.put(Blank::Cost, missing.or(costs));
        pen.say(row::LINE, if due.is_some() { words.line_date } else { words.line });
        // Where nothing is said about the costs, the line ends before them.
        while pen.page.out().ends_with(b" ") {
            pen.page.out().pop();
        }
        // The facts hold one that depends on the order, a sentence is all of it, and an account or plans have neither.
        match words.body {
            Some(sentence) => pen.say(row::FACTS, sentence),
            None => pen.say(row::BILL, Key::FactBill),
        }
        if on {
            pen.page.turn_to(0);
            let _ = pen.page.tell(Verb::Say, card::SUMMARY);
            if total.is_some() {
                pen.put_amount(Blank::Zero, 0);
                let [dated, after_delivery, plain] = words.summary;
                let undated = if days.is_some() { after_delivery } else { plain };
                pen.go_on(if due.is_some() { dated } else { undated });
                if fee {
                    pen.page.out().push(b' ');
                    pen.go_on(Key::SummaryFee);
                }
            }
        }
    }

    /// Tells why methods are withheld; those of which the same is to be said together
    fn gather(&mut self, order: &[u8]) {
        let mut any = false;
        for place in order {
            let head = order.iter().find(|other| self.tells_same(**other, *place)).copied();
            let pen = &mut self.pen;
            pen.page.turn_to(usize::from(*place).wrapping_add(1));
            pen.page.flag(Verb::Hide, apart::ROOT, head != Some(*place));
            if let Some(method) = self.methods.get_mut(usize::from(*place)) {
                method.told_with = head.unwrap_or(*place).into();
            }
            if head == Some(*place) {
                any = true;
                self.explain(order, *place);
            }
        }
        self.pen.page.turn_to(0);
        self.pen.page.flag(Verb::Hide, card::APART, !any);
    }

    /// Whether two methods are withheld and the same is told of them
    fn tells_same(&self, one: u8, other: u8) -> bool {
        match (self.methods.get(usize::from(one)), self.methods.get(usize::from(other))) {
            (Some(one), Some(other)) => {
                one.standing == Standing::Withheld && other.standing == Standing::Withheld && one.told == other.told
            }
            _ => false,
        }
    }

    /// Tells why the method at a place is withheld, and with it all of which the same is to be said
    fn explain(&mut self, order: &[u8], place: u8) {
        let mut left = order.iter().filter(|other| self.tells_same(**other, place)).count();
        let _ = self.pen.page.tell(Verb::Say, apart::NAME);
        let alone = left == 1;
        for other in order {
            if self.tells_same(*other, place)
                && let Some(method) = self.methods.get(usize::from(*other))
            {
                let pen = &mut self.pen;
                method.put_name(pen);
                method.go_on_with_name(pen, alone);
                left = left.wrapping_sub(1);
                if left == 1 {
                    pen.page.out().push(b' ');
                    pen.go_on(Key::StepAnd);
                    pen.page.out().push(b' ');
                } else if left > 1 {
                    pen.page.out().extend_from_slice(b", ");
                }
            }
        }
        let Some(method) = self.methods.get(usize::from(place)) else { return };
        let page = &mut self.pen.page;
        let sentence = nth(&method.told, b'\n', 0);
        page.tell(Verb::Say, apart::SENTENCE).extend_from_slice(sentence);
        // Between the line feeds behind the sentence and at the end.
        let why = sentence.len().wrapping_add(1)..method.told.len().wrapping_sub(1);
        page.tell(Verb::Paragraphs, apart::WHY).extend_from_slice(method.told.get(why).unwrap_or_default());
        page.flag(Verb::Hide, apart::EDIT, self.brought || !(method.asks_birth && self.birth));
        page.flag(Verb::Hide, apart::REVIEW, !method.has_review());
    }

    /// The focus was in a method that now stands elsewhere: it goes along
    fn keep_focus(&mut self, focused: usize) {
        let Some(method) = self.methods.get(focused) else { return };
        if method.before == method.standing {
            return;
        }
        let (place, slot) = match method.standing {
            Standing::Withheld => (method.told_with, apart::ROOT),
            Standing::Incomplete => (focused, row::DAY),
            Standing::Offered if method.consent.is_some() => (focused, row::TICK),
            Standing::Offered => (focused, row::RADIO),
            Standing::Absent => return self.focus_first(),
        };
        self.pen.page.turn_to(place.wrapping_add(1));
        self.pen.page.flag(Verb::Focus, slot, true);
    }

    /// Goes to the first method that can be chosen
    pub(super) fn focus_first(&mut self) {
        for place in &self.order {
            let place = usize::from(*place);
            if self.methods.get(place).is_some_and(|method| method.standing.is_listed()) {
                self.pen.page.turn_to(place.wrapping_add(1));
                self.pen.page.flag(Verb::Focus, row::RADIO, true);
                return;
            }
        }
    }
}
