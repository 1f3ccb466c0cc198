//! Why an event may not happen.

use core::fmt;

macro_rules! refusals {
    ($($(#[doc = $doc:literal])+ $name:ident $code:literal $message:literal),+ $(,)?) => {
        /// Why an event may not happen; nothing has changed
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Refused { $($(#[doc = $doc])+ $name),+ }

        impl Refused {
            /// All of them
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Names it for ever
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }
        }

        impl fmt::Display for Refused {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(match self { $(Self::$name => $message),+ })
            }
        }
    };
}

refusals! {
    /// A defect of whoever made the event
    Unbalanced "ledger.unbalanced" "the postings of the event do not sum to zero",
    /// Beyond 2^53 − 1 minor units
    OutOfRange "ledger.out_of_range" "an amount beyond what can be counted",
    /// A balance would fall below zero
    MoreThanThere "ledger.more_than_there" "more would be taken than is there",
    /// Nothing, or less
    NotPositive "amount.not_positive" "the amount is not above zero",
    /// Two things of one name
    Exists "ledger.exists" "something with that id is known already",
    /// No such claim
    UnknownReceivable "receivable.unknown" "the account has no such receivable",
    /// The claim is with an agency
    Elsewhere "receivable.elsewhere" "the receivable is with an agency",
    /// The claim is with the merchant
    NotElsewhere "receivable.not_elsewhere" "the receivable is not with an agency",
    /// The claim has no due date
    NoDueDate "receivable.no_due_date" "the receivable has no due date",
    /// Paid, credited, waived or written off
    Ended "receivable.ended" "nothing of the receivable is open",
    /// Default has begun
    InDefault "default.started" "the receivable is in default already",
    /// Default begins after the debt is due
    NotDueYet "default.not_due" "default cannot begin before the day after the due date",
    /// No default
    NotInDefault "default.not_started" "the receivable is not in default",
    /// Interest is reckoned up to that day
    AccruedAlready "interest.accrued" "interest is reckoned up to that day already",
    /// The amount is not what the exact sum rounds to
    WrongRounding "interest.rounding" "the interest is not what its exact sum rounds to",
    /// No ground for a cost
    NoGround "cost.no_ground" "the cost has no ground in law",
    /// Not a cost
    NotACost "cost.kind" "the item is not a cost",
    /// The lump sum of a consumer
    NotABusiness "cost.consumer" "only a business owes the lump sum",
    /// Only what default brought can be waived as a cost
    NotWaivable "cost.agreed" "what was agreed with the order is not waived as a cost",
    /// Credit notes in total
    OverPrincipal "credit_note.over_principal" "the credit notes exceed what was charged",
    /// No such payment
    UnknownPayment "payment.unknown" "the account has no such payment",
    /// The payment is not in a state for this
    PaymentState "payment.state" "the payment is not in a state for this",
    /// The same payment with another amount
    PaymentDiffers "payment.differs" "the payment is known with another amount",
    /// Lines against one payment exceed what was put there
    OverAllocated "payment.over_allocated" "more would be taken back than was allocated",
    /// Refunds and chargebacks in total
    OverSettled "payment.over_settled" "refunds and chargebacks would exceed the payment",
    /// A refund waits for its end
    RefundOpen "payment.refund_open" "a refund of the payment is on its way",
    /// A chargeback waits for its end
    ChargebackOpen "payment.chargeback_open" "a chargeback of the payment is open",
    /// No chargeback
    NoChargeback "payment.no_chargeback" "the payment has no open chargeback",
    /// No such refund
    UnknownRefund "refund.unknown" "the account has no such refund",
    /// Paid out or failed
    RefundState "refund.state" "the refund has ended",
    /// No such hold
    UnknownHold "hold.unknown" "no such hold is in force",
    /// One person already
    Merged "merge.known" "the two are one person already",
    /// Two persons
    NotMerged "merge.none" "the two are not one person",
    /// A promise is open
    PromiseOpen "promise.open" "another promise is open",
    /// No such promise
    UnknownPromise "promise.unknown" "no such promise is open",
    /// The day has passed
    PromiseDay "promise.day" "the promised day lies before today or after the end of grace",
    /// More was promised than is owed
    PromiseAmount "promise.amount" "more is promised than is open",
    /// A plan is active
    PlanActive "plan.active" "a plan is active for the receivable",
    /// No such plan
    UnknownPlan "plan.unknown" "no such plan is active",
    /// No text that the person can keep
    NoDocument "plan.no_document" "the plan has no document in text form",
    /// Rates and the total
    PlanSum "plan.sum" "the rates do not sum to what is open",
    /// Days of the rates
    PlanDates "plan.dates" "the days of the rates do not rise",
    /// Nobody was told
    NoNotice "plan.no_notice" "a plan cannot end before its time without a notice",
    /// Rates are open, or none is missed
    PlanState "plan.state" "the plan is not in a state for this",
    /// No such dispute
    UnknownDispute "dispute.unknown" "no such dispute is open",
    /// More is disputed than is open
    DisputeAmount "dispute.amount" "more is disputed, or upheld, than is open",
    /// Rejected without a reason
    NoReason "dispute.no_reason" "a dispute cannot be rejected without a reason",
    /// It has not ended
    DisputeOpen "dispute.open" "the receivable has an open dispute",
    /// Something forbids it for now
    Held "hold.in_force" "a hold forbids it",
    /// One level at a time
    Skipped "level.skipped" "a level rises by one",
    /// The last notice did not arrive
    NotArrived "level.not_arrived" "the notice of the level before has not arrived",
    /// The new term runs
    TermRuns "level.term_runs" "the term of the level before has not passed",
    /// A run raises a level once
    SameRun "level.same_run" "the run has raised this level already",
    /// Nothing is overdue
    NotOverdue "level.not_overdue" "nothing of the receivable is overdue",
    /// Another due date than the present one
    OtherCycle "level.other_cycle" "the due date has moved meanwhile",
    /// No such notice
    NoNoticeOut "level.no_notice" "no notice of that level is on its way",
    /// Not the last level
    NotFinal "placement.not_final" "the final notice has not arrived, or its term runs",
    /// One person alone may not
    NeedsSecond "approval.needed" "so much needs the approval of a second person",
    /// Proposed and approved by one
    SamePerson "approval.same_person" "whoever proposed it cannot approve it",
    /// A buyer has it
    Sold "sale.sold" "the receivable is sold, and is not the merchant's",
    /// No buyer has it
    NotSold "sale.not_sold" "the receivable is not sold",
    /// A sale of it is agreed
    SaleAgreed "sale.agreed" "a sale of the receivable is agreed already",
    /// No sale of it is agreed, or another one
    NoSale "sale.not_agreed" "no such sale of the receivable is agreed",
    /// The price sheet is valid no longer
    SheetExpired "sale.sheet_expired" "the price sheet of the sale is valid no longer",
    /// Not all that is open
    SaleFace "sale.face" "what is sold is not what is open",
    /// Not the face by the agreed rate
    SalePrice "sale.price" "the price is not the face by the agreed rate",
    /// The customer could set it off
    CreditThere "sale.credit" "the customer has money of their own here, which they could set off against the buyer",
    /// More than is owed between seller and buyer
    OverBuyer "sale.over_owed" "more would change hands than seller and buyer owe each other",
    /// A buyer before gets or owes something
    Unsettled "sale.unsettled" "what the merchant and the buyer before owe each other about the receivable is not settled",
    /// The buyer was not promised that
    NoRecourse "sale.no_recourse" "the sale is without recourse",
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::collections::BTreeSet;
    use alloc::string::ToString;

    #[test]
    fn every_refusal_has_a_code_and_a_sentence_of_its_own() {
        let codes: BTreeSet<_> = Refused::ALL.iter().map(|refused| refused.code()).collect();
        let sentences: BTreeSet<_> = Refused::ALL.iter().map(ToString::to_string).collect();
        assert_eq!((codes.len(), sentences.len()), (Refused::ALL.len(), Refused::ALL.len()));
    }
}
