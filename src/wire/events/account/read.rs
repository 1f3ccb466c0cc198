//! From the stored facts to the events of the core.

mod agreements;
mod claims;
mod payments;
mod sales;

use crate::decision::bytes;
use crate::events::{AllocationLine, Body, ClaimItem, DisputeEnded, DisputeOutcome, UnreadableEvent};
use crate::money::Money;
use tresen_core::date::Date;
use tresen_core::ident::{CustomerId, PaymentId, ReceivableId};
use tresen_core::receivable::{Account, Allocation, DisputeEnd, Event, ItemAmount, Rate, Reduced, Reduction, decide};

/// What an event does to the account that it belongs to, of one currency; nothing for an event of another kind
///
/// The account is the one before the event: what was put against a claim without saying which part goes by the claim's regime.
///
/// # Errors
///
/// [`UnreadableEvent`] for a name, a day or a currency that cannot be.
pub fn to_core(body: &Body, currency: &str, account: &Account) -> Result<Option<Event>, UnreadableEvent> {
    let (kind, v) = body.kind();
    event(body, &Reader { currency, account }).map_err(|problem| UnreadableEvent { kind: kind.to_owned(), v, problem })
}

/// What a body is read with
struct Reader<'a> {
    currency: &'a str,
    account: &'a Account,
}

type Read<T> = Result<T, String>;

/// What stored facts do to an account
trait Happens {
    fn event(&self, reader: &Reader<'_>) -> Read<Event>;
}

/// For each body, the event that it is
macro_rules! happens {
    ($($name:ident($body:ident $(, $reader:ident)?) => $event:expr),+ $(,)?) => {
        $(impl Happens for events::$name {
            fn event(&self, happens!(@reader $($reader)?): &Reader<'_>) -> Read<Event> {
                let $body = self;
                Ok($event)
            }
        })+
    };
    (@reader $reader:ident) => { $reader };
    (@reader) => { _ };
}
use happens;

fn event(body: &Body, reader: &Reader<'_>) -> Read<Option<Event>> {
    macro_rules! of_the_account {
        ($($name:ident)+) => {
            match body {
                Body::ContactPlanned(_)
                | Body::ContactSuppressed(_)
                | Body::ContactSent(_)
                | Body::ContactDelivered(_)
                | Body::ContactBounced(_)
                | Body::ContactFailed(_)
                | Body::ContactOpened(_)
                | Body::ContactCrossed(_)
                | Body::OptedOut(_)
                | Body::TaskCreated(_)
                | Body::TaskDone(_)
                | Body::RequestMade(_)
                | Body::RequestTakenBack(_)
                | Body::QualificationRequested(_)
                | Body::QualificationDecided(_)
                | Body::DecisionBound(_)
                | Body::DecisionContested(_)
                | Body::DecisionReviewed(_)
                | Body::GrantUsed(_)
                | Body::CustomerErased(_)
                | Body::IdentityCheckRequired(_)
                | Body::IdentityCheckPassed(_)
                | Body::IdentityCheckFailed(_)
                | Body::HistoryImported(_)
                | Body::PaymentInitiated(_)
                | Body::PaymentUnallocated(_) => Ok(None),
                $(Body::$name(body) => body.event(reader).map(Some),)+
            }
        };
    }
    of_the_account! {
        ReceivableCreated InvoiceDelivered GoodsDelivered PartyChanged DueDateSet DefaultStarted InterestAccrued CostCharged CostWaived CreditNoteIssued
        WithdrawalReceived DebtWaived SmallBalanceCleared WrittenOff LevelRaised NoticeArrived LevelReset Placed PlacementRecalled
        ReturnedUncollectible ActApproved SaleAgreed SaleCancelled TitleTransferred PurchasePricePaid MisdirectedPaymentForwarded Repurchased
        PaymentPending PaymentSettled PaymentFailed PaymentAllocated AllocationReversed PaymentReversed
        ChargebackOpened ChargebackWon ChargebackLost RefundGranted RefundSettled RefundFailed HoldPlaced HoldReleased CustomerMerged CustomerUnmerged DisputeRaised
        DisputeEnded DisputeReopened PromiseMade PromiseEnded DeferralGranted PlanAccepted PlanRescheduled PlanEnded
    }
}

impl Reader<'_> {
    fn minor(&self, amount: &Money) -> Read<i64> {
        if amount.currency == self.currency {
            Ok(amount.minor)
        } else {
            Err(format!("`{}` in an account of `{}`", amount.currency, self.currency))
        }
    }

    fn items(&self, items: &[ClaimItem]) -> Read<Vec<ItemAmount>> {
        items.iter().map(|ClaimItem { kind, amount }| Ok(ItemAmount { item: (*kind).into(), minor: self.minor(amount)? })).collect()
    }

    fn reduced(&self, about: &str, lines: &[ClaimItem], reduction: Reduction) -> Read<Reduced> {
        Ok(Reduced { receivable: receivable(about)?, lines: self.items(lines)?, reduction })
    }

    fn rate(&self, due_date: &str, amount: &Money) -> Read<Rate> {
        Ok(Rate { due: day(due_date)?, minor: self.minor(amount)? })
    }

    fn lines(&self, lines: &[AllocationLine]) -> Read<Vec<Allocation>> {
        let mut all = Vec::new();
        for AllocationLine { receivable: about, item, amount } in lines {
            let (about, minor) = (receivable(about)?, self.minor(amount)?);
            match item {
                Some(item) => all.push(Allocation { receivable: about, item: (*item).into(), minor }),
                None => all.extend(decide::within(self.account, &about, minor)),
            }
        }
        Ok(all)
    }

    fn end(&self, body: &DisputeEnded) -> Read<DisputeEnd> {
        Ok(match (body.outcome, &body.amount) {
            (DisputeOutcome::Upheld, _) => DisputeEnd::Upheld,
            (DisputeOutcome::PartlyUpheld, Some(amount)) => DisputeEnd::PartlyUpheld(self.minor(amount)?),
            (DisputeOutcome::PartlyUpheld, None) => return Err("about how much the customer was right is missing".to_owned()),
            (DisputeOutcome::Rejected, _) => DisputeEnd::Rejected { reasoned: body.reasoned },
            (DisputeOutcome::TakenBack, _) => DisputeEnd::TakenBack,
        })
    }
}

fn id<T>(text: &str, parse: fn(&str) -> Option<T>) -> Read<T> {
    parse(text).ok_or_else(|| "a name cannot be read".to_owned())
}

fn receivable(text: &str) -> Read<ReceivableId> {
    id(text, ReceivableId::parse)
}

fn customer(text: &str) -> Read<CustomerId> {
    id(text, CustomerId::parse)
}

fn payment(text: &str) -> Read<PaymentId> {
    id(text, PaymentId::parse)
}

fn day(text: &str) -> Read<Date> {
    Date::parse(text).ok_or_else(|| format!("`{text}` is not a day"))
}

fn hash(text: &str) -> Read<[u8; 32]> {
    bytes(text).ok_or_else(|| format!("`{text}` is not a SHA-256"))
}
