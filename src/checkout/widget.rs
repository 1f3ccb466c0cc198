//! The widget: what a person sees and does at the counter.
//!
//! JavaScript owns the document, the clock and the network; it hands in decisions and what happened, and gets what is to be shown
//! and what follows. Nothing here listens or calls back: one function goes in, one list of commands comes out.
//!
//! **Invariant:** nothing is chosen and nothing is ticked unless the person did it.
//! **Invariant:** a text that was agreed to is the text that was shown; when it changes, the tick is gone.

mod account;
mod birth;
mod desk;
mod done;
mod kinds;
mod method;
mod pen;
mod picture;
mod slots;
mod why;

use alloc::vec::Vec;
use tresen_core::change::Change;
use tresen_core::date::Date;
use tresen_core::money::{Currency, NumberStyle};
use tresen_core::policy::Kind;
use tresen_texts::{Consent, Key, Texts, nth, push_number};
use tresen_ui::Verb;

use self::method::{Method, Standing};
use self::pen::{Pen, number};
use self::slots::{apart, card, row};
use crate::engine::Engine;

/// Stands between two words that cross the border together
const SEPARATOR: u8 = 0x1f;

/// What happened, by the numbers that JavaScript gives it
mod happened {
    /// There is a decision to show
    pub const DECIDED: u8 = 0;
    /// The facts have changed, and there is a decision on them
    pub const CHANGED: u8 = 1;
    /// A method was chosen
    pub const CHOOSE: u8 = 2;
    /// A box was ticked or emptied
    pub const CONSENT: u8 = 3;
    /// A date of birth was handed in
    pub const CONTINUE: u8 = 4;
    /// A date of birth was taken back
    pub const BIRTH: u8 = 5;
    /// The form was submitted, by the button or by the Enter key
    pub const SUBMIT: u8 = 6;
    /// The order may be placed again
    pub const READY: u8 = 7;
    /// The order is on its way
    pub const BUSY: u8 = 8;
    /// The order did not get through
    pub const FAILED: u8 = 9;
    /// The server answered otherwise, and it was told what it withholds
    pub const REFUSED: u8 = 10;
    /// The order is confirmed: amount, due date, reference
    pub const CONFIRMED: u8 = 11;
    /// The request for a review has arrived
    pub const REVIEWED: u8 = 12;
    /// The request for a review is lost
    pub const UNREVIEWED: u8 = 13;
    /// Nothing: JavaScript asks what is known
    pub const ASKED: u8 = 14;
    /// There is a language and a policy: the sentences, the language, in whose way amounts are written, the merchant, its
    /// creditor identifier, the policy's currency and the digits of its minor unit, the credit bureau that is asked, and for each method the shop's own name for it
    /// and the id of its consent
    pub const OPENED: u8 = 15;
    /// The server withholds a method that is offered here
    pub const OVERRULED: u8 = 16;
    /// Nothing: JavaScript wants to write as many bytes as the place says, and gets the address of room for them; they belong to what it says next
    pub const ROOM: u8 = 17;
    /// A compiled policy was written; the place is the day since 1970-01-01; [`Engine::layout`] is answered
    pub const POLICY: u8 = 18;
    /// The policy was written that holds once everything overdue was paid; the number is how much that is, in minor units
    pub const SETTLED: u8 = 19;
    /// Nothing: JavaScript asks for the canonical bytes of the last answer; [`Engine::layout`] says where they are
    pub const RECORD: u8 = 20;
}

/// What JavaScript is asked to do next; the first character of every answer
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Next {
    /// Nothing
    Nothing = b'0',
    /// Tell the page that another method was chosen
    Chosen = b'1',
    /// Decide again: the person gave or took back their date of birth
    Decide = b'2',
    /// Note the time of a consent
    Agreed = b'3',
    /// Place the order
    Order = b'4',
    /// Stop: the language file belongs to another build
    Stop = b'5',
}

/// What one counter knows and shows
#[derive(Debug)]
struct Counter {
    pen: Pen,
    methods: Vec<Method>,
    /// Places in the order of their ranks, as they were shown last
    order: Vec<u8>,
    /// Whether the date of birth was given here
    birth: bool,
    /// Whether a method is offered that wants it: there it is changed
    brought: bool,
    chosen: Option<usize>,
}

impl Counter {
    /// One that was told nothing yet
    const fn new() -> Self {
        Self { pen: Pen::new(), methods: Vec::new(), order: Vec::new(), birth: false, brought: false, chosen: None }
    }

    fn answer(&mut self, engine: &Engine, what: u8, place: usize, typed: &[u8]) -> &[u8] {
        self.pen.page.clear();
        self.pen.page.out().push(Next::Nothing as u8);
        let next = self.follow(engine, what, place, typed);
        self.pen.page.out().push(0);
        if let Some(first) = self.pen.page.out().first_mut() {
            *first = next as u8;
        }
        self.pen.page.written()
    }

    fn follow(&mut self, engine: &Engine, what: u8, place: usize, typed: &[u8]) -> Next {
        match what {
            happened::CHANGED => {
                self.forget();
                self.note(None);
                self.show(engine, place);
            }
            happened::DECIDED => self.show(engine, place),
            happened::CHOOSE => {
                self.chosen = Some(place);
                self.show(engine, usize::MAX);
                return Next::Chosen;
            }
            happened::CONSENT => {
                self.tick(place, typed);
                return Next::Agreed;
            }
            happened::CONTINUE => return self.go_on(place, typed),
            happened::BIRTH => {
                self.chosen = Some(place);
                self.birth = false;
                return Next::Decide;
            }
            happened::SUBMIT => return self.submit(typed),
            happened::READY | happened::BUSY | happened::FAILED => {
                if what == happened::READY {
                    self.forget();
                }
                self.note((what == happened::FAILED).then_some(Key::ErrorSend));
                let busy = what == happened::BUSY;
                self.pen.page.tell(Verb::Attribute, card::ORDER).extend_from_slice(if busy {
                    b"aria-disabled=true"
                } else {
                    b"aria-disabled="
                });
                self.pen.say(card::ORDER, if busy { Key::ButtonBusy } else { Key::ButtonOrder });
            }
            happened::REFUSED => {
                self.show(engine, usize::MAX);
                self.note(Some(Key::RefusedNote));
                self.pen.page.flag(Verb::Focus, card::CARD, true);
            }
            happened::CONFIRMED => {
                if let Some(method) = self.methods.get(place) {
                    let due = number(word(typed, 1)).and_then(|days| Date::from_days(days as i32));
                    done::show(&mut self.pen, method.kind, number(word(typed, 0)).unwrap_or_default(), due, word(typed, 2));
                }
                self.chosen = None;
            }
            happened::REVIEWED | happened::UNREVIEWED => {
                let arrived = what == happened::REVIEWED;
                self.pen.page.turn_to(place.wrapping_add(1));
                self.pen.page.flag(Verb::Hide, apart::FORM, arrived);
                self.pen.note(apart::FAILED, (!arrived).then_some(Key::ReviewFailed));
                self.pen.note(apart::SENT, arrived.then_some(Key::ReviewSent));
            }
            happened::ASKED => self.tell(),
            happened::OPENED => return self.open(engine, typed),
            happened::OVERRULED => self.overrule(place, typed),
            _ => {}
        }
        Next::Nothing
    }

    /// What is known here: the place of the chosen method, if it can be ordered with; what is agreed to, while the box is ticked: its
    /// version, its exact text
    fn tell(&mut self) {
        let out = self.pen.page.out();
        let chosen = self.chosen.and_then(|place| self.methods.get(place).map(|method| (place, method)));
        if let Some((place, _)) = chosen.filter(|(_, method)| method.standing.is_listed()) {
            push_number(out, place);
        }
        out.push(SEPARATOR);
        if let Some((_, method)) = chosen
            && let Some(consent) = method.consent
            && method.ticked
        {
            let [version, ..] = consent.keys();
            out.extend_from_slice(self.pen.texts.get(version));
            out.push(SEPARATOR);
            out.extend_from_slice(&method.agreed);
        }
    }

    fn open(&mut self, engine: &Engine, typed: &[u8]) -> Next {
        let Some(texts) = Texts::from_compiled(copied(word(typed, 0))) else { return Next::Stop };
        self.pen.texts = texts;
        self.pen.style = NumberStyle::of_language(word(typed, 1));
        self.pen.blanks.set_merchant(word(typed, 2), word(typed, 3));
        self.pen.blanks.set_bureau(&self.pen.texts, word(typed, 6));
        let digits = number(word(typed, 5)).unwrap_or_default() as u8;
        self.pen.currency = word(typed, 4).try_into().ok().map(|code| Currency::of_policy(code, digits));
        let mut at = 7_usize;
        for _ in 0..engine.program().method_count() {
            let consent = Consent::ALL.into_iter().find(|known| known.id().as_bytes() == word(typed, at.wrapping_add(1)));
            self.methods.push(Method::new(copied(word(typed, at)), consent));
            at = at.wrapping_add(2);
        }
        Next::Nothing
    }

    /// Forgets what the server answered otherwise, because the facts have changed or it answers anew
    fn forget(&mut self) {
        for method in &mut self.methods {
            method.overruled = false;
        }
    }

    fn note(&mut self, key: Option<Key>) {
        self.pen.page.turn_to(0);
        self.pen.note(card::NOTE, key);
    }

    /// Takes over whether the box at a place is ticked, and the message away once it is
    fn tick(&mut self, place: usize, typed: &[u8]) {
        if let Some(method) = self.methods.get_mut(place) {
            method.ticked = !word(typed, typed::TICKED).is_empty();
            if method.ticked {
                self.pen.page.turn_to(place.wrapping_add(1));
                self.pen.note(row::CONSENT_MISTAKE, None);
                self.pen.page.wrong(row::TICK, false);
            }
        }
    }

    fn go_on(&mut self, place: usize, typed: &[u8]) -> Next {
        self.pen.page.turn_to(place.wrapping_add(1));
        if !birth::mark(&mut self.pen, typed) {
            return Next::Nothing;
        }
        self.birth = true;
        Next::Decide
    }

    fn submit(&mut self, typed: &[u8]) -> Next {
        let method = self.chosen.and_then(|place| self.methods.get(place).map(|method| (place, method)));
        let Some((place, method)) = method.filter(|(_, method)| method.standing.is_listed()) else {
            self.pen.page.turn_to(0);
            self.pen.note(card::MISSING, Some(Key::SummaryNone));
            self.focus_first();
            return Next::Nothing;
        };
        if method.standing == Standing::Incomplete {
            return self.go_on(place, typed);
        }
        self.pen.page.turn_to(place.wrapping_add(1));
        if method.kind == Kind::SepaDebit && !account::mark(&mut self.pen, typed) {
            return Next::Nothing;
        }
        if method.consent.is_some() {
            let empty = word(typed, typed::TICKED).is_empty();
            self.pen.page.wrong(row::TICK, empty);
            self.pen.note(row::CONSENT_MISTAKE, empty.then_some(Key::ConsentError));
            if empty {
                self.pen.page.flag(Verb::Focus, row::TICK, true);
                return Next::Nothing;
            }
        }
        Next::Order
    }

    /// The server withholds a method that is offered here: its reasons as letters, A for the first of all, whether delivery to the billing address brings
    /// it back, what is to be settled, the total that brings it back
    fn overrule(&mut self, place: usize, typed: &[u8]) {
        let Some(method) = self.methods.get_mut(place) else { return };
        let overdue = number(word(typed, 2));
        method.why.overdue = overdue;
        method.why.change = Some(Change {
            ship_to_billing_address: !word(typed, 1).is_empty(),
            settle_overdue: overdue.is_some(),
            total: number(word(typed, 3)),
        });
        method.why.reasons.clear();
        for letter in word(typed, 0) {
            method.why.reasons.push(letter.wrapping_sub(b'A'));
        }
        method.overruled = true;
    }
}

/// What was typed into the row of a method, and what JavaScript found wrong with it, by its place among the words
mod typed {
    pub const DAY: usize = 0;
    pub const MONTH: usize = 1;
    pub const YEAR: usize = 2;
    /// Without spaces
    pub const IBAN: usize = 3;
    pub const HOLDER: usize = 4;
    /// Whether the box is ticked
    pub const TICKED: usize = 5;
    /// In which fields: 1 day, 2 month, 4 year
    pub const BIRTH_WRONG: usize = 6;
    pub const BIRTH_MISTAKE: usize = 7;
    pub const IBAN_MISTAKE: usize = 8;
    /// How long an IBAN of this country is
    pub const IBAN_LENGTH: usize = 9;
}

/// Bytes of one's own; what asks for the right room at once weighs more than what grows
fn copied(bytes: &[u8]) -> Vec<u8> {
    let mut own = Vec::new();
    own.extend_from_slice(bytes);
    own
}

/// One of the words that cross the border together
fn word(typed: &[u8], place: usize) -> &[u8] {
    nth(typed, SEPARATOR, place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;
    use alloc::string::String;
    use tresen_texts::{COUNT, FINGERPRINT};

    /// A language in which each sentence is its number
    fn numbers() -> String {
        (0..COUNT).fold(String::from(FINGERPRINT), |texts, number| format!("{texts}~{number}"))
    }

    /// What a counter without a policy answers, without the zero at its end
    fn said(counter: &mut Counter, what: u8, typed: &str) -> String {
        let answer = counter.answer(&Engine::new(&[]), what, 0, typed.as_bytes());
        String::from_utf8(answer.strip_suffix(&[0]).unwrap().to_vec()).unwrap()
    }

    fn opened() -> Counter {
        let mut counter = Counter::new();
        assert_eq!(said(&mut counter, happened::OPENED, &format!("{}\u{1f}de\u{1f}Kiesel\u{1f}\u{1f}EUR\u{1f}2", numbers())), "0");
        counter
    }

    #[test]
    fn a_language_of_another_build_stops_it() {
        let mut counter = Counter::new();
        assert_eq!(said(&mut counter, happened::OPENED, "00000000~1~2\u{1f}de\u{1f}Kiesel\u{1f}"), "5");
    }

    #[test]
    fn nothing_is_ordered_before_something_is_chosen() {
        let mut counter = opened();
        let missing = format!("0\u{1e}@0\u{1e}nm{}", Key::SummaryNone as u8);
        assert_eq!(said(&mut counter, happened::SUBMIT, ""), missing);
        assert_eq!(said(&mut counter, happened::CHOOSE, "").chars().next(), Some('1'));
        assert_eq!(said(&mut counter, happened::SUBMIT, ""), missing, "what is not there cannot be chosen");
    }

    #[test]
    fn an_order_on_its_way_is_told_and_so_is_one_that_is_lost() {
        let mut counter = opened();
        let told = |note: &str, disabled: &str, button: Key| {
            format!("0\u{1e}@0\u{1e}nn{note}\u{1e}aoaria-disabled={disabled}\u{1e}to{}", button as u8)
        };
        assert_eq!(said(&mut counter, happened::BUSY, ""), told("", "true", Key::ButtonBusy));
        let lost = format!("{}", Key::ErrorSend as u8);
        assert_eq!(said(&mut counter, happened::FAILED, ""), told(&lost, "", Key::ButtonOrder));
        assert_eq!(said(&mut counter, happened::READY, ""), told("", "", Key::ButtonOrder));
    }

    #[test]
    fn who_asks_hears_nothing_before_something_is_known() {
        assert_eq!(said(&mut opened(), happened::ASKED, ""), "0\u{1f}");
    }
}
