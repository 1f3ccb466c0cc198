//! A compiled policy as the engine runs it: the words in which it lies, and what is looked at most, read once.
//!
//! A condition is asked one thing only, whether it is surely true. So whoever compiled the policy has pushed negations down to the leaves
//! (an unknown leaf counts as false under `not` as well) and made one row of questions of all conditions, each question once. A decision asks
//! every one of them, whatever the others say: an order takes the same steps as the one before it, and a processor that has nothing to guess
//! guesses nothing wrong. Everything else is chosen by the answers.

mod choice;
pub(crate) mod layout;
mod method;
mod question;

use crate::facts::FactIndex;
use crate::money::Currency;
use crate::policy::{PolicyBytesError, unpack};
use alloc::vec::Vec;
use layout::{LENGTH, head};

pub(crate) use choice::NO_LIMIT;
pub(crate) use method::Method;
pub use method::MethodTerms;
use question::Asked;
pub(crate) use question::{Question, Stage, Truths};

/// A policy as the engine runs it; without words it has no method, so nothing is offered
///
/// **Invariant:** whatever the words are, reading them comes to an end and never traps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Program {
    words: Vec<i64>,
    /// What is asked, stage by stage
    asked: [Asked; 3],
    /// The methods, read
    methods: Vec<Method>,
}

impl Program {
    /// Reads compiled bytes; what a policy says of itself stays where it is
    ///
    /// # Errors
    ///
    /// [`PolicyBytesError`] for bytes that are no compiled policy. Bytes that somebody made up, checksum and all, may decide
    /// anything, but never trap; [`crate::policy::Policy::from_bytes`] refuses them.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PolicyBytesError> {
        unpack(bytes).map(|found| Self::from_words(found.program))
    }

    #[inline(never)]
    pub(crate) fn from_words(words: Vec<i64>) -> Self {
        let mut program = Self { words, ..Self::default() };
        program.asked = program.read_questions();
        program.methods = program.read_methods();
        program
    }

    pub(crate) fn word(&self, place: usize) -> i64 {
        self.words.get(place).copied().unwrap_or(0)
    }

    /// The list that the word at `slot` names; empty where there is none
    pub(crate) fn list<const WIDTH: usize>(&self, slot: usize) -> &[[i64; WIDTH]] {
        self.list_at(self.word(slot))
    }

    pub(crate) fn list_at<const WIDTH: usize>(&self, list: i64) -> &[[i64; WIDTH]] {
        if list == 0 {
            return &[];
        }
        let index = |word: i64| {
            let [a, b, c, d, ..] = word.to_le_bytes();
            usize::try_from(u32::from_le_bytes([a, b, c, d])).unwrap_or(0)
        };
        let (place, length) = (index(list & ((1 << LENGTH) - 1)), index(list >> LENGTH));
        self.words.get(place..).and_then(|words| words.get(..length)).unwrap_or(&[]).as_chunks().0
    }

    /// Whether this is what is left for a browser after the server's facts were folded in
    #[must_use]
    pub fn is_residual(&self) -> bool {
        self.word(head::FLAGS) & 2 == 2
    }

    /// Whether holidays are known of more markets than Germany
    pub(crate) fn knows_holidays(&self) -> bool {
        self.word(head::FLAGS) & 4 == 4
    }

    /// The currency of every amount
    #[must_use]
    pub fn currency(&self) -> Currency {
        let [_, _, _, _, _, code @ ..] = self.word(head::CURRENCY).to_be_bytes();
        Currency::from_bytes(code).unwrap_or(Currency::EUR)
    }

    /// Whether a decision looks at a fact of the catalogue
    pub(crate) fn reads(&self, fact: FactIndex) -> bool {
        self.word(head::READS).checked_shr(fact.0.into()).unwrap_or(0) & 1 == 1
    }

    /// The limit of the ladder for a value: that of the last step it has reached, of the first where it has reached none or is missing
    pub(crate) fn ladder(&self, value: Option<i64>) -> i64 {
        let steps = self.list::<2>(head::LADDER);
        let value = value.unwrap_or(i64::MIN);
        let first = steps.first().map_or(NO_LIMIT, |[_, maximum]| *maximum);
        steps.iter().fold(first, |limit, [from, maximum]| if *from <= value { *maximum } else { limit })
    }

    /// The fact that the ladder grows with
    pub(crate) fn ladder_fact(&self) -> FactIndex {
        fact(self.word(head::LADDER_FACT))
    }

    /// The scorecard at `slot`: points to start from, whether something is known, attributes
    pub(crate) fn card(&self, slot: usize) -> (i64, bool, &[Attribute]) {
        (self.word(slot.saturating_add(1)), self.word(slot.saturating_add(2)) == 1, self.list(slot))
    }

    /// The points that an attribute gives for a value, or for none
    pub(crate) fn points(&self, [_, missing, tag, single, pairs]: &Attribute, value: Option<i64>) -> i64 {
        let Some(value) = value else { return *missing };
        let pairs = self.list_at::<2>(*pairs);
        if *tag == 0 {
            // Edges rise: the last one that is reached counts.
            pairs.iter().fold(*single, |points, [edge, from_there]| if *edge <= value { *from_there } else { points })
        } else {
            pairs.iter().rev().fold(*single, |points, [category, own]| if *category == value { *own } else { points })
        }
    }
}

/// fact · points if it is missing · 1 for categories, else bins · points of the first bin or of other categories · list of the values
/// with their points
pub(crate) type Attribute = [i64; 5];

/// The fact that a word names
pub(crate) fn fact(word: i64) -> FactIndex {
    FactIndex(u8::try_from(word & 127).unwrap_or(0))
}
