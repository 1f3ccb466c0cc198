//! What a caller is told when the core lets something not happen.

use crate::error::ApiError;
use tresen_core::receivable::Refused;

/// A refusal of the core as the interface says it, under the core's own code
pub fn told(refused: Refused) -> ApiError {
    use Refused::{
        AccruedAlready, ChargebackOpen, CreditThere, DisputeAmount, DisputeOpen, Elsewhere, Ended, Exists, Held, InDefault, Merged,
        MoreThanThere, NeedsSecond, NoChargeback, NoDocument, NoDueDate, NoGround, NoNotice, NoNoticeOut, NoReason, NoRecourse, NoSale,
        NotABusiness, NotACost, NotArrived, NotDueYet, NotElsewhere, NotFinal, NotInDefault, NotMerged, NotOverdue, NotPositive, NotSold,
        NotWaivable, OtherCycle, OutOfRange, OverAllocated, OverBuyer, OverPrincipal, OverSettled, PaymentDiffers, PaymentState,
        PlanActive, PlanDates, PlanState, PlanSum, PromiseAmount, PromiseDay, PromiseOpen, RefundOpen, RefundState, SaleAgreed, SaleFace,
        SalePrice, SamePerson, SameRun, SheetExpired, Skipped, Sold, TermRuns, Unbalanced, UnknownDispute, UnknownHold, UnknownPayment,
        UnknownPlan, UnknownPromise, UnknownReceivable, UnknownRefund, Unsettled, WrongRounding,
    };
    let (status, help) = match refused {
        Unbalanced | WrongRounding | SaleFace | SalePrice => return ApiError::internal(refused),
        UnknownReceivable | UnknownPayment | UnknownRefund | UnknownHold | UnknownPromise | UnknownPlan | UnknownDispute => {
            (404, "check the id; what is somebody else's, or has ended, is not found either")
        }
        OutOfRange | NotPositive | NoGround | NotABusiness | NotACost | NotWaivable | NoDocument | NoNotice | NoReason | PromiseDay
        | PromiseAmount | PlanSum | PlanDates | DisputeAmount => (422, "correct what was sent; nothing has changed"),
        NeedsSecond | SamePerson => (403, "somebody else has to agree: another secret key of the shop"),
        MoreThanThere | Exists | Elsewhere | NotElsewhere | NoDueDate | Ended | InDefault | NotDueYet | NotInDefault | AccruedAlready
        | OverPrincipal | PaymentState | PaymentDiffers | OverAllocated | OverSettled | RefundOpen | ChargebackOpen | NoChargeback
        | RefundState | PromiseOpen | PlanActive | PlanState | DisputeOpen | Held | Merged | NotMerged | Skipped | NotArrived
        | TermRuns | SameRun | NotOverdue | OtherCycle | NoNoticeOut | NotFinal | Sold | NotSold | SaleAgreed | NoSale | SheetExpired
        | CreditThere | OverBuyer | Unsettled | NoRecourse => {
            (409, "read the account again: it does not fit what has happened before, and nothing has changed")
        }
    };
    ApiError::new(status, refused.code(), refused.to_string(), help)
}
