//! What happens to an account.
//!
//! The names are those of the stored events; `wire` reads and writes them as JSON. The day on which an event counts is not among its
//! facts: it stands on the envelope.

mod parts;

pub use parts::{Allocation, Created, CreditNoteIssued, ItemAmount, LevelReset, PlanAccepted, PlanEnd, Reduced, Scope};

use super::agreement::PromiseEnd;
use super::dispute::DisputeEnd;
use super::hold::HoldReason;
use super::mandate::Approved;
use super::plan::Rate;
use super::title::{Agreed, Ground};
use crate::date::Date;
use crate::ident::{CustomerId, DisputeId, HoldId, PaymentId, PlanId, PromiseId, ReceivableId, RefundId, RunId, SaleId};
use crate::law::interest::Exact;
use crate::law::regime::Party;
use alloc::string::String;
use alloc::vec::Vec;

/// Something that happens to an account
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A claim came to be
    ReceivableCreated(Created),
    /// The invoice reached the customer
    InvoiceDelivered {
        /// Which claim
        receivable: ReceivableId,
        /// When it arrived
        received_on: Date,
        /// Whether it told a consumer of default after 30 days (BGB section 286(3) sentence 1)
        default_notice: bool,
    },
    /// The goods reached the customer
    GoodsDelivered {
        /// Which claim
        receivable: ReceivableId,
        /// When the last of them arrived
        delivered_on: Date,
    },
    /// The customer turns out to be a business, or a consumer: from this day on
    PartyChanged {
        /// Which claim
        receivable: ReceivableId,
        /// Who owes it
        party: Party,
    },
    /// When it is to be paid
    DueDateSet {
        /// Which claim
        receivable: ReceivableId,
        /// The last day on which payment is in time
        date: Date,
    },
    /// The customer is in default
    DefaultStarted {
        /// Which claim
        receivable: ReceivableId,
        /// The first day of default
        since: Date,
    },
    /// Default interest was reckoned up to a day
    InterestAccrued {
        /// Which claim
        receivable: ReceivableId,
        /// The last day that it is for
        until: Date,
        /// The exact interest of the days since it was reckoned last; below zero, of the days for which it was reckoned too long
        exact: Exact,
        /// What is charged, so that everything charged is everything exact, rounded half up once
        minor: i64,
    },
    /// A cost was charged
    CostCharged {
        /// Which claim
        receivable: ReceivableId,
        /// Which cost
        cost: ItemAmount,
        /// The ground in law, such as `BGB section 288(5)`
        ground: String,
    },
    /// Costs or default interest are not asked for any more
    CostWaived(Reduced),
    /// The merchant gave credit
    CreditNoteIssued(CreditNoteIssued),
    /// The customer withdrew from the contract
    WithdrawalReceived {
        /// Which claim
        receivable: ReceivableId,
    },
    /// The debt, or some of it, was forgiven
    DebtWaived(Reduced),
    /// Too little was left to ask for
    SmallBalanceCleared(Reduced),
    /// The debt, or some of it, is not expected any more and ends
    WrittenOff(Reduced),
    /// Money is on its way
    PaymentPending {
        /// Which payment
        payment: PaymentId,
        /// How much
        minor: i64,
        /// For which claims
        receivables: Vec<ReceivableId>,
        /// The last day on which it is waited for
        until: Date,
    },
    /// Money has come
    PaymentSettled {
        /// Which payment
        payment: PaymentId,
        /// How much
        minor: i64,
        /// The day on which it counts for the payer
        value_date: Date,
    },
    /// Money will not come
    PaymentFailed {
        /// Which payment
        payment: PaymentId,
    },
    /// Money was put against claims
    PaymentAllocated {
        /// Which payment
        payment: PaymentId,
        /// Against what
        lines: Vec<Allocation>,
        /// Whether the payer said which claims are meant (BGB section 366(1))
        designated: bool,
    },
    /// Money was taken from claims again
    AllocationReversed {
        /// Which payment
        payment: PaymentId,
        /// From what
        lines: Vec<Allocation>,
    },
    /// A payment was booked in error, or came back before it counted
    PaymentReversed {
        /// Which payment
        payment: PaymentId,
    },
    /// The payer's bank took money back
    ChargebackOpened {
        /// Which payment
        payment: PaymentId,
        /// How much
        minor: i64,
        /// By when evidence is to be sent
        until: Date,
    },
    /// The money came back to the merchant
    ChargebackWon {
        /// Which payment
        payment: PaymentId,
    },
    /// It did not
    ChargebackLost {
        /// Which payment
        payment: PaymentId,
    },
    /// Money is to be given back
    RefundGranted {
        /// Which refund
        refund: RefundId,
        /// Of which payment
        payment: PaymentId,
        /// How much
        minor: i64,
    },
    /// It has been given back
    RefundSettled {
        /// Which refund
        refund: RefundId,
    },
    /// It could not be given back
    RefundFailed {
        /// Which refund
        refund: RefundId,
    },
    /// Something is not done for the time being
    HoldPlaced {
        /// Which hold
        hold: HoldId,
        /// Why
        reason: HoldReason,
        /// About what
        scope: Scope,
        /// The last day; nothing while it is not known
        until: Option<Date>,
    },
    /// It may be done again
    HoldReleased {
        /// Which hold
        hold: HoldId,
    },
    /// Another reference of the merchant's turns out to be the same person: nothing is mixed, and what protects the person counts for both
    CustomerMerged {
        /// The other
        other: CustomerId,
    },
    /// It is another person after all: what was so there counts here no longer
    CustomerUnmerged {
        /// The other
        other: CustomerId,
    },
    /// The customer said when they will pay
    PromiseMade {
        /// Which promise
        promise: PromiseId,
        /// How much
        minor: i64,
        /// By which day
        date: Date,
        /// The last day on which it is waited for
        grace_until: Date,
    },
    /// What became of it
    PromiseEnded {
        /// Which promise
        promise: PromiseId,
        /// What
        end: PromiseEnd,
    },
    /// The customer may pay later
    DeferralGranted {
        /// Which claim
        receivable: ReceivableId,
        /// The new due date
        until: Date,
    },
    /// A schedule was agreed to
    PlanAccepted(PlanAccepted),
    /// The schedule was changed
    PlanRescheduled {
        /// Which plan
        plan: PlanId,
        /// All rates from now on, the first first; they sum to what is open
        rates: Vec<Rate>,
        /// SHA-256 of the text that the person keeps
        document: Option<[u8; 32]>,
    },
    /// The schedule ended
    PlanEnded {
        /// Which plan
        plan: PlanId,
        /// How
        end: PlanEnd,
        /// Whether the person was told before
        notice: bool,
    },
    /// The customer objects
    DisputeRaised {
        /// Which dispute
        dispute: DisputeId,
        /// Which claim
        receivable: ReceivableId,
        /// How much of it, in minor units
        minor: i64,
    },
    /// What became of it
    DisputeEnded {
        /// Which dispute
        dispute: DisputeId,
        /// What
        end: DisputeEnd,
    },
    /// The customer objects again
    DisputeReopened {
        /// Which dispute
        dispute: DisputeId,
    },
    /// A notice of the next level is to go out
    LevelRaised {
        /// Which claim
        receivable: ReceivableId,
        /// The level that it rises to; 1 after none
        to: u8,
        /// Whether it is the last before a hand-over
        last: bool,
        /// In which run
        run: RunId,
        /// The due date that it is about
        cycle: Date,
    },
    /// The notice of a level arrived, or every way of delivering it was tried
    NoticeArrived {
        /// Which claim
        receivable: ReceivableId,
        /// The level
        level: u8,
        /// The last day of the new term that it grants
        term_until: Date,
    },
    /// A level was taken back
    LevelReset {
        /// Which claim
        receivable: ReceivableId,
        /// The level that it falls to
        to: u8,
        /// Why
        why: LevelReset,
    },
    /// An agency collects; the claim stays the merchant's
    Placed {
        /// Which claim
        receivable: ReceivableId,
        /// The merchant's name of the agency
        agency: String,
    },
    /// The merchant took the claim back
    PlacementRecalled {
        /// Which claim
        receivable: ReceivableId,
    },
    /// The agency gave it back
    ReturnedUncollectible {
        /// Which claim
        receivable: ReceivableId,
    },
    /// A second person agreed to what one may not do alone
    ActApproved(Approved),
    /// It is agreed that a claim will be sold
    SaleAgreed {
        /// Which claim
        receivable: ReceivableId,
        /// To whom, and at which rate
        agreed: Agreed,
    },
    /// It will not be sold after all
    SaleCancelled {
        /// Which claim
        receivable: ReceivableId,
    },
    /// The claim is the buyer's
    TitleTransferred {
        /// Which claim
        receivable: ReceivableId,
        /// In which sale
        sale: SaleId,
        /// All that is open of it, part by part
        items: Vec<ItemAmount>,
        /// What the buyer gives for it, in minor units
        price: i64,
    },
    /// The buyer paid of the price
    PurchasePricePaid {
        /// Which claim
        receivable: ReceivableId,
        /// How much, in minor units; below zero, what the buyer got back
        minor: i64,
    },
    /// Money that came to the seller for a claim that is sold was passed on
    MisdirectedPaymentForwarded {
        /// Which claim
        receivable: ReceivableId,
        /// How much, in minor units; below zero, what the buyer gave back
        minor: i64,
    },
    /// The claim is the seller's again
    Repurchased {
        /// Which claim
        receivable: ReceivableId,
        /// Why
        ground: Ground,
    },
}
