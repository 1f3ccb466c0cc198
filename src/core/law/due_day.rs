//! Whether the law of a market moves the day on which a debt is due, with its source.
//!
//! The rule only: which days are holidays is the calendar's, and where a market has none there only Saturdays and Sundays are known. The
//! engine moves a due date in every market, for a later day costs the customer nothing; this says where the customer has a right to it. Where
//! nobody has, the later day is agreed to: it counts towards the longest time to pay that is free of the law on credit ([`super::regime`]).

/// What becomes of a debt that would be due on a Saturday, a Sunday or a public holiday
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDay {
    /// Whether it is due on the next working day, unless something else was agreed; else it is due on that day
    pub moves: bool,
    /// Where it is written
    pub source: &'static str,
}

/// The rule of a market; nothing where none was read
#[must_use]
pub fn due_day(market: [u8; 2]) -> Option<DueDay> {
    match &market {
        b"DE" => Some(DueDay { moves: true, source: "BGB section 193" }),
        // Section 903 names Sundays and holidays. Saturdays and Good Friday are from the convention, whose Article 1 is about terms that the
        // parties agree on too; the statute that said the same (BGBl. 1961/37) was repealed for 2012 (BGBl. I 2011/100).
        b"AT" => Some(DueDay {
            moves: true,
            source: "ABGB section 903; European Convention on the Calculation of Time-Limits Art. 5 (BGBl. 1983/254)",
        }),
        b"NL" => Some(DueDay { moves: false, source: "Algemene termijnenwet Art. 1, which is about terms set by statute only" }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_market_has_the_rule_that_was_read_or_none() {
        assert_eq!([*b"DE", *b"AT", *b"NL"].map(|market| due_day(market).map(|rule| rule.moves)), [Some(true), Some(true), Some(false)]);
        assert_eq!(due_day(*b"FR"), None);
    }
}
