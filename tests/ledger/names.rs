//! Names by number, so that a life is the same on every machine.

use tresen_core::ident::{
    ApprovalId, CreditNoteId, CustomerId, DisputeId, HoldId, PaymentId, PlanId, PromiseId, ReceivableId, RefundId, RunId, SaleId,
};

macro_rules! named {
    ($($function:ident $name:ident $bytes:literal),+ $(,)?) => {$(
        pub fn $function(number: u64) -> $name {
            let mut bytes = [0; $bytes];
            bytes[$bytes - 8..].copy_from_slice(&number.to_be_bytes());
            $name::from_bytes(bytes)
        }
    )+};
}

named! {
    customer CustomerId 16,
    receivable ReceivableId 16,
    payment PaymentId 20,
    refund RefundId 16,
    note CreditNoteId 16,
    hold HoldId 16,
    promise PromiseId 16,
    plan PlanId 16,
    dispute DisputeId 16,
    run RunId 16,
    sale SaleId 16,
    approval ApprovalId 16,
}
