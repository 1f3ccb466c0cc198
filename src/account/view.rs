//! What is shown behind a pay link, and what follows from what a person does there.
//!
//! **Invariant:** a day is sent only if it can be named, and nothing is sent twice.

use crate::room::date;
use crate::slots as s;
use crate::told::{Told, Word};
use alloc::vec::Vec;
use tresen_core::date::Date;
use tresen_texts::account::{Blank, Facts, Key, Look, Shown, State, Words, show};
use tresen_ui::{Page, Slot, Verb};

/// What happened, by the numbers that JavaScript gives it
pub mod happened {
    /// There is something to show
    pub const SHOW: u8 = 1;
    /// A day was typed and handed in
    pub const NAME_DAY: u8 = 2;
    /// It did not get through
    pub const UNSENT: u8 = 3;
    /// The service refused it
    pub const REFUSED: u8 = 4;
    /// A field was copied
    pub const COPIED: u8 = 5;
    /// It could not be
    pub const UNCOPIED: u8 = 6;
    /// Nothing could be loaded
    pub const FAILED: u8 = 7;
}

/// What follows
pub mod next {
    /// Nothing
    pub const NOTHING: u8 = b'0';
    /// The day is to be sent
    pub const SEND: u8 = b'1';
    /// The language file is another build's
    pub const STOP: u8 = b'2';
}

/// The names of the fields of a transfer, and where the words stand
const FIELDS: [(Key, Option<Word>); 5] = [
    (Key::FieldHolder, Some(Word::Holder)),
    (Key::FieldIban, Some(Word::Iban)),
    (Key::FieldBic, Some(Word::Bic)),
    (Key::FieldAmount, None),
    (Key::FieldReference, Some(Word::Reference)),
];

/// One account on a page
#[derive(Debug)]
pub struct View {
    words: Option<Words>,
    page: Page,
    /// The days that can be named
    days: Option<(Date, Date)>,
    sending: bool,
}

impl View {
    pub const fn new() -> Self {
        Self { words: None, page: Page::new(), days: None, sending: false }
    }

    /// What follows and the commands, for what happened at a place
    pub fn hear(&mut self, what: u8, place: usize, typed: &[u8]) -> &[u8] {
        self.page.clear();
        self.page.out().push(next::NOTHING);
        let follows = match what {
            happened::SHOW => self.show(&Told(typed)),
            happened::NAME_DAY => self.name_day(typed),
            happened::UNSENT => self.mistaken(Key::DayFailed),
            happened::REFUSED => self.mistaken(Key::DayRefused),
            happened::COPIED => self.copied(place, Key::Copied),
            happened::UNCOPIED => self.copied(place, Key::Uncopied),
            happened::FAILED => self.failed(&Told(typed)),
            _ => next::NOTHING,
        };
        if let Some(first) = self.page.out().first_mut() {
            *first = follows;
        }
        self.page.out().push(0);
        self.page.written()
    }

    fn show(&mut self, told: &Told<'_>) -> u8 {
        let Some(mut words) = Words::from_compiled(told.word(Word::Texts).to_vec()) else { return next::STOP };
        self.sending = false;
        let [amount, extra, whole, beside, disputed] =
            [Word::Amount, Word::Extra, Word::Whole, Word::Beside, Word::Disputed].map(|word| told.amount(word));
        let facts = Facts {
            state: told.state(),
            merchant: told.word(Word::Merchant),
            website: told.word(Word::Website),
            amount: &amount,
            extra: &extra,
            whole: &whole,
            day: told.day(Word::Day),
            late: told.says(Word::Late),
            under_way: told.says(Word::UnderWay),
            beside: &beside,
            disputed: &disputed,
            next: told.next(),
            until: told.day(Word::Until),
            promised: told.day(Word::Promised),
        };
        let shown = show(&mut words, &facts);
        self.days = told.date(Word::Today).zip(told.date(Word::Until));
        self.words = Some(words);
        self.write(&shown);
        self.transfer(told, &shown);
        self.day(told, &shown);
        self.human(told, facts.state);
        next::NOTHING
    }

    fn write(&mut self, shown: &Shown) {
        self.put(s::TITLE, &shown.title);
        self.put(s::AMOUNT, &shown.amount);
        self.page.flag(Verb::Hide, s::AMOUNT, shown.amount.is_empty());
        self.page.flag(Verb::On, s::NOTE, shown.look == Look::Good);
        let _ = self.page.tell(Verb::Note, s::NOTE);
        self.page.out().extend_from_slice(&shown.note);
        let lines = shown.lines.join(&b'\n');
        let _ = self.page.tell(Verb::Paragraphs, s::LINES);
        self.page.out().extend_from_slice(&lines);
        self.page.flag(Verb::Hide, s::LINES, lines.is_empty());
        self.put(s::NEXT_LINE, &shown.next);
        self.page.flag(Verb::Hide, s::NEXT, shown.next.is_empty());
        self.put(s::GENUINE_LINE, &shown.genuine);
        self.page.flag(Verb::Hide, s::GENUINE, shown.genuine.is_empty());
    }

    fn transfer(&mut self, told: &Told<'_>, shown: &Shown) {
        self.page.flag(Verb::Hide, s::TRANSFER, !told.says(Word::Iban));
        for drawn in [s::CODE, s::SCAN, s::SHARE] {
            self.page.flag(Verb::Hide, drawn, !told.says(Word::Code));
        }
        self.say(s::SHARE, if told.says(Word::CanShare) { Key::Share } else { Key::Save });
        for ((row, value, button), (name, word)) in s::FIELDS.into_iter().zip(FIELDS) {
            let written = word.map_or(shown.amount.as_slice(), |word| told.word(word));
            self.page.flag(Verb::Hide, row, written.is_empty());
            let verb = if matches!(word, Some(Word::Iban | Word::Reference)) { Verb::Groups } else { Verb::Say };
            self.page.tell(verb, value).extend_from_slice(written);
            // Apps want the amount without its currency; the rest they take as it stands.
            let end = written.iter().rposition(u8::is_ascii_digit).map_or(0, |last| last.wrapping_add(1));
            let start = written.iter().position(u8::is_ascii_digit).unwrap_or_default();
            let copied = if word.is_some() { written } else { written.get(start..end).unwrap_or_default() };
            self.page.tell(Verb::Attribute, button).extend_from_slice(b"value=");
            self.page.out().extend_from_slice(copied);
            self.page.tell(Verb::Attribute, button).extend_from_slice(b"aria-label=");
            let label = self.named(name, Key::Copy);
            self.page.out().extend_from_slice(&label);
        }
    }

    fn day(&mut self, told: &Told<'_>, shown: &Shown) {
        self.page.flag(Verb::Hide, s::DAY, shown.day.is_empty());
        self.put(s::DAY_LINE, &shown.day);
        self.put(s::DAY_HINT, &shown.hint);
        let _ = self.page.tell(Verb::Note, s::DAY_MISTAKE);
        self.page.wrong(s::DAY_FIELD, false);
        for (bound, word) in [(b"min=".as_slice(), Word::Today), (b"max=", Word::Until)] {
            self.page.tell(Verb::Attribute, s::DAY_FIELD).extend_from_slice(bound);
            self.page.out().extend_from_slice(told.word(word));
        }
    }

    fn human(&mut self, told: &Told<'_>, state: State) {
        let (phone, email) = (told.word(Word::Phone), told.word(Word::Email));
        self.put(s::HOURS, told.word(Word::Hours));
        for (slot, scheme, address, key) in [(s::CALL, b"tel:".as_slice(), phone, Key::Call), (s::WRITE, b"mailto:", email, Key::Write)] {
            self.page.flag(Verb::Hide, slot, address.is_empty());
            self.page.tell(Verb::Attribute, slot).extend_from_slice(b"href=");
            self.page.out().extend_from_slice(scheme);
            // A number is dialled without its blanks.
            let dialled = address.iter().copied().filter(|byte| *byte != b' ' || slot == s::WRITE);
            self.page.out().extend(dialled);
            self.say(slot, key);
            self.page.out().extend_from_slice(b": ");
            self.page.out().extend_from_slice(address);
        }
        self.page.flag(Verb::Hide, s::HUMAN, phone.is_empty() && email.is_empty());
        self.page.flag(Verb::Hide, s::PRIVACY, state != State::Open && state != State::Paid);
        self.page.flag(Verb::Hide, s::AGAIN, true);
    }

    fn name_day(&mut self, typed: &[u8]) -> u8 {
        if self.sending {
            return next::NOTHING;
        }
        let Some(day) = date(typed) else { return self.mistaken(Key::DayEmpty) };
        if self.days.is_none_or(|(first, last)| day < first || day > last) {
            return self.mistaken(Key::DayRange);
        }
        self.sending = true;
        let _ = self.page.tell(Verb::Note, s::DAY_MISTAKE);
        self.page.wrong(s::DAY_FIELD, false);
        next::SEND
    }

    /// Says what is wrong with a day, with the caret there
    fn mistaken(&mut self, key: Key) -> u8 {
        self.sending = false;
        let _ = self.page.tell(Verb::Note, s::DAY_MISTAKE);
        let sentence = self.sentence(key);
        self.page.out().extend_from_slice(&sentence);
        self.page.wrong(s::DAY_FIELD, true);
        self.page.flag(Verb::Focus, s::DAY_FIELD, true);
        next::NOTHING
    }

    fn copied(&mut self, place: usize, key: Key) -> u8 {
        if let Some((name, _)) = FIELDS.get(place) {
            let news = self.named(*name, key);
            self.put(s::NEWS, &news);
        }
        next::NOTHING
    }

    /// Nothing could be loaded: that is said, and how to try again
    fn failed(&mut self, told: &Told<'_>) -> u8 {
        let Some(words) = Words::from_compiled(told.word(Word::Texts).to_vec()) else { return next::STOP };
        self.words = Some(words);
        let _ = self.page.tell(Verb::Note, s::NOTE);
        let sentence = self.sentence(Key::Failed);
        self.page.out().extend_from_slice(&sentence);
        for empty in [s::AMOUNT, s::LINES, s::TRANSFER, s::NEXT, s::DAY, s::HUMAN, s::GENUINE] {
            self.page.flag(Verb::Hide, empty, true);
        }
        self.page.flag(Verb::Hide, s::AGAIN, false);
        next::NOTHING
    }

    /// A sentence about a field
    fn named(&mut self, field: Key, key: Key) -> Vec<u8> {
        let name = self.sentence(field);
        match &mut self.words {
            Some(words) => {
                words.set(Blank::Name, &name);
                words.say(key)
            }
            None => Vec::new(),
        }
    }

    fn sentence(&self, key: Key) -> Vec<u8> {
        self.words.as_ref().map(|words| words.say(key)).unwrap_or_default()
    }

    fn say(&mut self, slot: Slot, key: Key) {
        let sentence = self.sentence(key);
        self.put(slot, &sentence);
    }

    fn put(&mut self, slot: Slot, text: &[u8]) {
        self.page.tell(Verb::Say, slot).extend_from_slice(text);
    }
}
