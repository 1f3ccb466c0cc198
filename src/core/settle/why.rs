//! Why something cannot be done, each under a code of its own that is the same for ever.

macro_rules! whys {
    ($($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $why:literal])+ $variant:ident $code:literal),+ $(,)? })+) => {$(
        $(#[doc = $doc])+
        ///
        /// Where several hold, the first of them is told.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[doc = $why])+ $variant),+ }

        impl $name {
            /// All of them
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }
    )+};
}

whys! {
    /// Why no part can be paid here
    NoPart {
        /// Nothing is open
        NothingOpen "part.nothing_open",
        /// An agency has it
        Elsewhere "part.elsewhere",
        /// A human looks at it first
        Held "part.held",
        /// Nothing, or more than is open
        Amount "part.amount",
    }

    /// Why the due date is not moved
    NoDeferral {
        /// The merchant does not offer it
        NotAllowed "deferral.not_allowed",
        /// No such claim
        Unknown "deferral.unknown",
        /// Nothing is open
        NothingOpen "deferral.nothing_open",
        /// An agency has it
        Elsewhere "deferral.elsewhere",
        /// A plan says when what is paid
        Plan "deferral.plan",
        /// It was moved as often as it may be
        Used "deferral.used",
        /// It waits for something else, or a human has it
        Held "deferral.held",
        /// The final notice is out
        Final "deferral.final",
        /// Nobody has said yet when it is due
        NotDue "deferral.no_due_date",
        /// No working day lies within the days that the merchant gives
        NoDay "deferral.no_day",
        /// So much time would be credit
        Regime "deferral.regime",
        /// Not one of the days that may be chosen
        Day "deferral.day",
    }

    /// Why there is no plan
    NoPlan {
        /// The merchant does not offer it
        NotAllowed "plan.not_allowed",
        /// Nothing is open
        NothingOpen "plan.nothing_open",
        /// An agency has it
        Elsewhere "plan.elsewhere",
        /// A plan is in force
        Plan "plan.in_force",
        /// It waits for something else, or a human has it
        Held "plan.held",
        /// An earlier plan was not kept: a human is asked first
        Failed "plan.failed",
        /// No working day lies within the days that the merchant gives for the first rate
        NoDay "plan.no_day",
        /// So much time would be credit
        Regime "plan.regime",
        /// Too little is open for rates
        TooSmall "plan.too_small",
        /// Fewer or more rates than may be chosen
        Rates "plan.rates",
        /// The first rate on none of the days that may be chosen
        First "plan.first",
    }

    /// Why nothing can be objected to
    NoDispute {
        /// No such claim
        Unknown "dispute.unknown_receivable",
        /// Nothing is open
        NothingOpen "dispute.nothing_open",
        /// It is not the customer's to object any more, or somebody else speaks for them
        Held "dispute.held",
        /// All of it is objected to already
        Raised "dispute.raised",
        /// Nothing, or more than is open and not objected to
        Amount "dispute.bounds",
    }

    /// Why no return can be announced
    NoReturn {
        /// Nothing is open
        NothingOpen "return.nothing_open",
        /// Somebody else has it or speaks for the customer, or it is looked at already
        Held "return.held",
    }

    /// Why nobody can withdraw here
    NoWithdrawal {
        /// The law gives no such right for it, or none that was read
        NoRight "withdrawal.no_right",
        /// The customer has withdrawn already
        Made "withdrawal.made",
        /// The last day has passed, as far as is known here
        Over "withdrawal.over",
    }

    /// Why nothing is done for who says that money is tight
    NoHardship {
        /// The merchant does not offer it
        NotAllowed "hardship.not_allowed",
        /// Nothing is open
        NothingOpen "hardship.nothing_open",
        /// They have said so already
        Told "hardship.told",
        /// Somebody else has it or speaks for the customer
        Held "hardship.held",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;

    #[test]
    fn every_code_is_one_of_its_own_and_says_what_it_is_about() {
        let mut codes = BTreeSet::new();
        let mut seen = |about: &str, code: &'static str| assert!(code.starts_with(about) && codes.insert(code), "{code}");
        NoPart::ALL.iter().for_each(|why| seen("part.", why.code()));
        NoDeferral::ALL.iter().for_each(|why| seen("deferral.", why.code()));
        NoPlan::ALL.iter().for_each(|why| seen("plan.", why.code()));
        NoDispute::ALL.iter().for_each(|why| seen("dispute.", why.code()));
        NoReturn::ALL.iter().for_each(|why| seen("return.", why.code()));
        NoWithdrawal::ALL.iter().for_each(|why| seen("withdrawal.", why.code()));
        NoHardship::ALL.iter().for_each(|why| seen("hardship.", why.code()));
        // Those of the ledger are about events; nobody may take one for the other.
        assert!(crate::receivable::Refused::ALL.iter().all(|refused| !codes.contains(refused.code())));
    }
}
