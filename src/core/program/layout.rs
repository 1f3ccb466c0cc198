//! How a program lies in its words: what `policy/compile.rs` writes and the engine reads.
//!
//! First the head, [`head`] says what stands where. A *list* is named by the place of its first word and its length in words (from bit 24
//! up), 0 for none; its rows are of a fixed width. An *answer* is the number of a question, counted from [`FIRST`] in the order in which
//! they are asked; whatever depends on a condition names the answer that it waits for.

/// Where the head holds what
pub(crate) mod head {
    /// Bit 1: residual; bit 2: holidays are known of more markets than Germany
    pub(crate) const FLAGS: usize = 0;
    /// Country code, the first letter in the high byte
    pub(crate) const MARKET: usize = 1;
    /// Currency code, the first letter in the high byte
    pub(crate) const CURRENCY: usize = 2;
    /// First day of validity
    pub(crate) const VALID_FROM: usize = 3;
    /// Last day of validity
    pub(crate) const VALID_UNTIL: usize = 4;
    /// The facts of the catalogue that a decision looks at, one bit each
    pub(crate) const READS: usize = 5;
    /// List of questions (what it asks, see [`super::question`]; value) of the facts as they were given, and of what follows from them;
    /// here as in the next two lists those come first that compare a fact with values
    pub(crate) const GIVEN: usize = 6;
    /// List of questions for which the value class must be known
    pub(crate) const VALUED: usize = 7;
    /// List of questions for which the risk class and its points must be known
    pub(crate) const RATED: usize = 8;
    /// List of value classes: answer, place
    pub(crate) const VALUE_CLASSES: usize = 9;
    /// Answer that the scorecard for returning customers waits for
    pub(crate) const RETURNING: usize = 10;
    /// List of attributes (fact, points if missing, 1 for categories, single points, list of values and points) of the scorecard for new
    /// customers; behind it the points to start from, and 1 if something is known already
    pub(crate) const CARD_NEW: usize = 11;
    /// The same for returning customers
    pub(crate) const CARD_RETURNING: usize = 14;
    /// Place of the class for an order about which nothing is known; −1 without scorecards
    pub(crate) const UNKNOWN_CLASS: usize = 17;
    /// List of classes: answer, fewest points
    pub(crate) const CLASSES: usize = 18;
    /// List of rules that make the class no better: answer, class
    pub(crate) const CAPS: usize = 19;
    /// List of exposure limits: answer, amount
    pub(crate) const EXPOSURE: usize = 20;
    /// List of steps: from, amount
    pub(crate) const LADDER: usize = 21;
    /// The fact that the ladder grows with
    pub(crate) const LADDER_FACT: usize = 22;
    /// List of rules: the answer before which nothing is withheld, number of the reason
    pub(crate) const RULES: usize = 23;
    /// List of methods, [`super::METHOD_WORDS`] wide
    pub(crate) const METHODS: usize = 24;
    /// List of orders of display: answer, ranks (less one, four bits a method from the lowest up); the last always holds
    pub(crate) const ORDERS: usize = 25;
    /// Words in the head
    pub(crate) const LENGTH: usize = 26;
}

/// The answer that is always true
pub(crate) const ALWAYS: u16 = 0;
/// The answer that is never true
pub(crate) const NEVER: u16 = 1;
/// The answer to the first question
pub(crate) const FIRST: u16 = 2;

/// Where the length of a list begins
pub(crate) const LENGTH: u32 = 24;

/// What a question asks, from the lowest bit up: kind (3 bits; the first two compare a fact with values), outcomes that count (3 bits), fact (7 bits), second fact (7 bits), span
pub(crate) mod question {
    /// Whether the fact is at most the value; like most, it counts if it is found (outcomes 0) or if not (outcomes 1)
    pub(crate) const AT_MOST: u8 = 0;
    /// Whether the fact is at least the value, and no more than the span above it
    pub(crate) const WITHIN: u8 = 1;
    /// Whether the fact is there
    pub(crate) const PRESENT: u8 = 2;
    /// How the fact plus the value stands to the second fact: less (outcome 1), equal (2), greater (4)
    pub(crate) const FACTS: u8 = 3;
    /// Whether the fact is in the list (1 wide) that the value names
    pub(crate) const ONE_OF: u8 = 4;
    /// Whether the fact's list holds the text whose number is the value
    pub(crate) const CONTAINS: u8 = 5;
    /// Whether two answers are true: the lower 16 bits of the value, and those above
    pub(crate) const BOTH: u8 = 6;
    /// Whether one of the two is
    pub(crate) const EITHER: u8 = 7;

    /// Where the outcomes begin
    pub(crate) const OUTCOMES: u32 = 3;
    /// Where the fact begins
    pub(crate) const FACT: u32 = 6;
    /// Where the second fact begins
    pub(crate) const OTHER: u32 = 13;
    /// Where the span begins
    pub(crate) const SPAN: u32 = 20;
}

/// Width of a method: what it is (see [`method`]), answer whether its provider is there, answer whether it can be offered at all, the rules
/// that withhold it (one bit each), smallest total or −1, list of limits (answer, amount), fixed fee, share in ppm, list of fields (fact)
pub(crate) const METHOD_WORDS: usize = 9;

/// The first word of a method, byte by byte from the lowest up
pub(crate) mod method {
    /// First byte: kind, 3 bits
    pub(crate) const KIND: u32 = 0;
    /// First byte: term, 2 bits: 0 none, 1 from the order, 2 from delivery
    pub(crate) const TERM: u32 = 3;
    /// First byte: it bears credit risk
    pub(crate) const RISKY: u32 = 5;
    /// First byte: without a total it is withheld
    pub(crate) const NEEDS_TOTAL: u32 = 6;
    /// First byte: nobody checked the registration duties that it takes
    pub(crate) const UNCHECKED: u32 = 7;
    /// Second byte: reason where its condition does not hold
    pub(crate) const REASON: u32 = 8;
    /// Third and fourth byte: days of the term
    pub(crate) const DAYS: u32 = 16;
}
