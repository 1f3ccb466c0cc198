//! Everything that can happen, by name.

use tresen_core::receivable::Event;

macro_rules! names {
    ($($name:ident),+ $(,)?) => {
        /// Everything that can happen
        pub const NAMES: &[&str] = &[$(stringify!($name)),+];

        /// The name of an event
        pub fn name(event: &Event) -> &'static str {
            match event { $(Event::$name { .. } => stringify!($name),)+ }
        }
    };
}

names! {
    ReceivableCreated, InvoiceDelivered, GoodsDelivered, PartyChanged, DueDateSet, DefaultStarted, InterestAccrued, CostCharged, CostWaived, CreditNoteIssued,
    WithdrawalReceived, DebtWaived, SmallBalanceCleared, WrittenOff, PaymentPending, PaymentSettled, PaymentFailed, PaymentAllocated,
    AllocationReversed, PaymentReversed, ChargebackOpened, ChargebackWon, ChargebackLost, RefundGranted, RefundSettled, RefundFailed, HoldPlaced,
    HoldReleased, CustomerMerged, CustomerUnmerged, PromiseMade, PromiseEnded, DeferralGranted, PlanAccepted, PlanRescheduled, PlanEnded, DisputeRaised, DisputeEnded,
    DisputeReopened, LevelRaised, NoticeArrived, LevelReset, Placed, PlacementRecalled, ReturnedUncollectible, ActApproved, SaleAgreed,
    SaleCancelled, TitleTransferred, PurchasePricePaid, MisdirectedPaymentForwarded, Repurchased,
}
