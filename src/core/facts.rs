//! What is known about an order and the person who places it, in numbered slots.
//!
//! **Invariant:** a slot's value counts only if its bit in the presence mask is set.
//! **Invariant:** derived facts are written by [`crate::qualify`] alone; hosts never set them.

pub mod case;
mod catalogue;
mod slots;

/// The catalogue of facts as constants: one [`FactIndex`] a fact, and tables of what each is
pub mod known {
    pub use super::catalogue::*;
}

pub use slots::{Facts, LIST_MAX, LIST_SLOTS, Layout, Text};

/// How many facts there can be, catalogue and policy together
pub const FACT_MAX: usize = 128;
/// The number of the first fact that a policy declares itself
pub const CUSTOM_FIRST: u8 = 96;
/// How many sets of facts an engine has room for, one behind the other
pub const SETS: usize = 16;
/// How many facts a policy may declare itself
pub const CUSTOM_MAX: usize = 24;

/// The number of a fact: its row in the catalogue, or [`CUSTOM_FIRST`] and up for a policy's own
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactIndex(pub u8);

/// What a fact's value is
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactKind {
    /// True (1) or false (0)
    Boolean,
    /// A whole number
    Integer,
    /// Minor units of the policy's currency
    Amount,
    /// Days since 1970-01-01
    Date,
    /// The place in a list of choices
    Choice,
    /// Two letters, the first in the high byte
    Country,
    /// The place in the policy's list of texts, or beyond it for a text the policy does not mention
    Text,
    /// A list of texts: its first slot times 256, plus its length
    Texts,
}

/// A country code as the value of a fact
#[must_use]
pub const fn country_value(code: [u8; 2]) -> i64 {
    let [first, second] = code;
    // A cast, for `From` is not to be had where constants are made; it widens and loses nothing.
    ((first as i64) << 8) | second as i64
}

impl FactKind {
    /// Whether values have an order that means something
    #[must_use]
    pub fn is_ordered(self) -> bool {
        match self {
            Self::Integer | Self::Amount | Self::Date => true,
            Self::Boolean | Self::Choice | Self::Country | Self::Text | Self::Texts => false,
        }
    }

    /// The word for it in a policy
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Amount => "amount",
            Self::Date => "date",
            Self::Choice => "choice",
            Self::Country => "country",
            Self::Text => "text",
            Self::Texts => "texts",
        }
    }

    /// The kind with that word
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [Self::Boolean, Self::Integer, Self::Amount, Self::Date, Self::Choice, Self::Country, Self::Text, Self::Texts];
        all.into_iter().find(|kind| kind.word() == word)
    }
}

/// Who may set a fact
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// The browser, and the shop's server
    Client,
    /// The shop's server and the service's own ledger only
    Server,
    /// The service alone, when it has seen it happen; the browser is told
    Recorded,
    /// Nobody: the engine computes it
    Derived,
}

impl FactIndex {
    /// Whether it is one of the catalogue
    #[must_use]
    pub fn is_known(self) -> bool {
        usize::from(self.0) < catalogue::COUNT
    }

    /// Whether it is a fact of a case, which only a collection asks about
    #[must_use]
    pub fn is_of_case(self) -> bool {
        self.place_in_case().is_some_and(|place| place < case::COUNT)
    }

    fn place_in_case(self) -> Option<usize> {
        self.0.checked_sub(case::FIRST).map(usize::from)
    }

    fn of_case<T: Copy>(self, table: &[T; case::COUNT]) -> Option<T> {
        table.get(self.place_in_case()?).copied()
    }

    /// Type of a fact of the catalogue, or of a case
    #[must_use]
    pub fn kind(self) -> Option<FactKind> {
        catalogue::KINDS.get(usize::from(self.0)).copied().or_else(|| self.of_case(&case::KINDS))
    }

    /// Who may set a fact of the catalogue
    #[must_use]
    pub fn visibility(self) -> Option<Visibility> {
        catalogue::VISIBILITIES.get(usize::from(self.0)).copied()
    }

    /// Name of a fact of the catalogue, or of a case
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        catalogue::NAMES.get(usize::from(self.0)).copied().or_else(|| self.of_case(&case::NAMES))
    }

    /// Smallest and largest value of a fact of the catalogue, or of a case
    #[must_use]
    pub fn range(self) -> Option<(i64, i64)> {
        catalogue::RANGES.get(usize::from(self.0)).copied().or_else(|| self.of_case(&case::RANGES))
    }

    /// The choices of a fact of the catalogue, or of a case
    #[must_use]
    pub fn choices(self) -> &'static [&'static str] {
        catalogue::CHOICES.get(usize::from(self.0)).copied().or_else(|| self.of_case(&case::CHOICES)).unwrap_or(&[])
    }

    /// The fact of the catalogue with that name
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        let position = catalogue::NAMES.iter().position(|known| *known == name)?;
        u8::try_from(position).ok().map(Self)
    }

    /// The fact of a case with that name
    #[must_use]
    pub fn of_case_by_name(name: &str) -> Option<Self> {
        let position = case::NAMES.iter().position(|known| *known == name)?;
        u8::try_from(position).ok().and_then(|place| place.checked_add(case::FIRST)).map(Self)
    }
}
