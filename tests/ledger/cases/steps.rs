//! What can be told in a case, and the events that follow.

use super::day;
use crate::names;
use serde::Deserialize;
use tresen_core::calendar::Calendar;
use tresen_core::date::Date;
use tresen_core::ident::SheetHash;
use tresen_core::law::allocation::Regime;
use tresen_core::law::regime::Party;
use tresen_core::rate::Rate as Share;
use tresen_core::receivable::decide::{self, Incoming, InterestTerms, PaidToBuyer};
use tresen_core::receivable::{
    Account, Agreed, Created, DisputeEnd, Event, Ground, HoldReason, ItemAmount, ItemKind, LevelReset, PlanAccepted, PlanEnd, Rate,
    Reduced, Reduction, Refused, Scope,
};
use tresen_core::settle::promise::PATIENCE;

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Order {
        id: u64,
        principal: i64,
        fee: Option<i64>,
        due: String,
        regime: Option<String>,
        party: Option<String>,
    },
    Party {
        id: u64,
        party: String,
    },
    Default {
        id: u64,
        since: String,
    },
    Cost {
        id: u64,
        item: String,
        minor: i64,
        ground: String,
    },
    Interest {
        id: u64,
        until: String,
    },
    Pay {
        id: u64,
        minor: i64,
        value_date: Option<String>,
        #[serde(default)]
        named: Vec<u64>,
    },
    Pending {
        id: u64,
        minor: i64,
        #[serde(rename = "for")]
        claims: Vec<u64>,
        until: String,
    },
    Failed {
        id: u64,
    },
    Reversed {
        id: u64,
    },
    Chargeback {
        id: u64,
        minor: i64,
    },
    ChargebackWon {
        id: u64,
    },
    ChargebackLost {
        id: u64,
    },
    Refund {
        id: u64,
        of: u64,
        minor: i64,
    },
    RefundSettled {
        id: u64,
    },
    RefundFailed {
        id: u64,
    },
    Credit {
        note: u64,
        id: u64,
        minor: i64,
        reduction: String,
    },
    Cancel {
        note: u64,
        id: u64,
    },
    Raise {
        id: u64,
        to: u8,
        run: u64,
        last: Option<bool>,
        cycle: Option<String>,
    },
    Arrived {
        id: u64,
        level: u8,
        term_until: String,
    },
    Reset {
        id: u64,
        to: u8,
    },
    Hold {
        hold: u64,
        reason: String,
        id: Option<u64>,
        /// At which other reference of the same person's
        beside: Option<u64>,
        until: Option<String>,
    },
    Release {
        hold: u64,
    },
    /// Another reference is the same person
    Merge {
        other: u64,
    },
    /// It is another person after all
    Unmerge {
        other: u64,
    },
    Promise {
        promise: u64,
        minor: i64,
        date: String,
        /// As long as the house waits, where it is not said
        grace_until: Option<String>,
    },
    Plan {
        plan: u64,
        claims: Vec<u64>,
        rates: Vec<(String, i64)>,
        document: Option<bool>,
    },
    PlanEnd {
        plan: u64,
        end: String,
        notice: bool,
    },
    Defer {
        id: u64,
        until: String,
    },
    Dispute {
        dispute: u64,
        id: u64,
        minor: i64,
    },
    Reject {
        dispute: u64,
        reasoned: bool,
    },
    Uphold {
        dispute: u64,
    },
    SmallBalance {
        id: u64,
    },
    Reschedule {
        plan: u64,
        rates: Vec<(String, i64)>,
    },
    /// A message about a level went out, which moves no money
    Sent {
        id: u64,
        level: u8,
        channel: String,
        outcome: String,
        /// To which other reference, of which no claim is here
        beside: Option<u64>,
    },
    Place {
        id: u64,
    },
    Recall {
        id: u64,
    },
    Withdraw {
        id: u64,
    },
    /// A sale is agreed, at a rate that holds until a day
    Sell {
        id: u64,
        sale: u64,
        rate: String,
        until: String,
        #[serde(default)]
        recourse: bool,
    },
    CancelSale {
        id: u64,
    },
    /// The title passes
    Transfer {
        id: u64,
    },
    /// The title is said to pass at another price, or in another sale
    TransferAt {
        id: u64,
        sale: u64,
        face: i64,
        price: i64,
    },
    /// The buyer pays of the price; below zero it gets back
    Price {
        id: u64,
        minor: i64,
    },
    /// What came is passed on; below zero it comes back
    Forward {
        id: u64,
        minor: i64,
    },
    Repurchase {
        id: u64,
        ground: String,
        paid: Option<Paid>,
    },
    /// The merchant waives the debt
    WaiveDebt {
        id: u64,
    },
    /// The merchant says another due date
    Due {
        id: u64,
        date: String,
    },
    Net {},
    Passes {},
}

/// What the customer paid to the buyer
#[derive(Deserialize)]
pub struct Paid {
    id: u64,
    minor: i64,
    value_date: String,
}

fn item(code: &str) -> ItemKind {
    ItemKind::ALL.into_iter().find(|item| item.code() == code).unwrap_or_else(|| panic!("{code} is no part of a claim"))
}

fn reduction(code: &str) -> Reduction {
    let all = [Reduction::Return, Reduction::Withdrawal, Reduction::Goodwill, Reduction::Error, Reduction::Dispute];
    all.into_iter().find(|reduction| reduction.code() == code).unwrap_or_else(|| panic!("{code} is no reason of a credit note"))
}

fn rates_of(rates: &[(String, i64)]) -> Vec<Rate> {
    rates.iter().map(|(due, minor)| Rate { due: day(due), minor: *minor }).collect()
}

/// The events of a step
fn party_of(written: &str) -> Party {
    if written == "company" { Party::Business } else { Party::Consumer }
}

pub fn follow(account: &Account, today: Date, what: &What, terms: Option<&InterestTerms>) -> Result<Vec<Event>, Refused> {
    let claim = |id: &u64| names::receivable(*id);
    let one = |event| Ok(vec![event]);
    match what {
        What::Order { id, principal, fee, due, regime, party } => {
            let line = |item, minor| ItemAmount { item, minor };
            let regime = regime.as_deref().map_or(Regime::Bgb367, |code| Regime::ALL.into_iter().find(|one| one.code() == code).unwrap());
            let party = party.as_deref().map_or(Party::Consumer, party_of);
            let items = [line(ItemKind::Principal, *principal)].into_iter().chain(fee.map(|fee| line(ItemKind::Fee, fee))).collect();
            let created = Created { receivable: claim(id), party, regime, items };
            Ok(vec![Event::ReceivableCreated(created), Event::DueDateSet { receivable: claim(id), date: day(due) }])
        }
        What::Party { id, party } => one(Event::PartyChanged { receivable: claim(id), party: party_of(party) }),
        What::Default { id, since } => one(Event::DefaultStarted { receivable: claim(id), since: day(since) }),
        What::Cost { id, item: kind, minor, ground } => {
            one(Event::CostCharged { receivable: claim(id), cost: ItemAmount { item: item(kind), minor: *minor }, ground: ground.clone() })
        }
        What::Interest { id, until } => decide::interest(account, today, &claim(id), day(until), terms.unwrap()),
        What::Pay { id, minor, value_date, named } => {
            let value_date = value_date.as_deref().map_or(today, day);
            let named = named.iter().map(claim).collect();
            decide::received(account, today, &Incoming { payment: names::payment(*id), minor: *minor, value_date, named }, terms)
        }
        What::Pending { id, minor, claims, until } => one(Event::PaymentPending {
            payment: names::payment(*id),
            minor: *minor,
            receivables: claims.iter().map(claim).collect(),
            until: day(until),
        }),
        What::Failed { id } => one(Event::PaymentFailed { payment: names::payment(*id) }),
        What::Reversed { id } => one(Event::PaymentReversed { payment: names::payment(*id) }),
        What::Chargeback { id, minor } => {
            one(Event::ChargebackOpened { payment: names::payment(*id), minor: *minor, until: today.plus_days(30) })
        }
        What::ChargebackWon { id } => one(Event::ChargebackWon { payment: names::payment(*id) }),
        What::ChargebackLost { id } => one(Event::ChargebackLost { payment: names::payment(*id) }),
        What::Refund { id, of, minor } => decide::refund_credit(account, today, &names::refund(*id), &names::payment(*of), *minor),
        What::RefundSettled { id } => one(Event::RefundSettled { refund: names::refund(*id) }),
        What::RefundFailed { id } => one(Event::RefundFailed { refund: names::refund(*id) }),
        What::Credit { note, id, minor, reduction: code } => {
            decide::credit(account, today, &names::note(*note), &claim(id), *minor, reduction(code))
        }
        What::Cancel { note, id } => decide::cancel(account, today, &names::note(*note), &claim(id)),
        What::Raise { id, to, run, last, cycle } => {
            let cycle = cycle.as_deref().map(day).or_else(|| account.cycle(&claim(id))).unwrap_or(today);
            one(Event::LevelRaised { receivable: claim(id), to: *to, last: last.unwrap_or(false), run: names::run(*run), cycle })
        }
        What::Arrived { id, level, term_until } => {
            one(Event::NoticeArrived { receivable: claim(id), level: *level, term_until: day(term_until) })
        }
        What::Reset { id, to } => one(Event::LevelReset { receivable: claim(id), to: *to, why: LevelReset::ByHand }),
        What::Hold { hold, reason, id, beside, until } => one(Event::HoldPlaced {
            hold: names::hold(*hold),
            reason: HoldReason::ALL.into_iter().find(|one| one.code() == reason).unwrap(),
            scope: match (id, beside) {
                (Some(id), _) => Scope::Receivable(claim(id)),
                (None, Some(other)) => Scope::Beside(names::customer(*other)),
                (None, None) => Scope::Account,
            },
            until: until.as_deref().map(day),
        }),
        What::Release { hold } => one(Event::HoldReleased { hold: names::hold(*hold) }),
        What::Merge { other } => one(Event::CustomerMerged { other: names::customer(*other) }),
        What::Unmerge { other } => one(Event::CustomerUnmerged { other: names::customer(*other) }),
        What::Promise { promise, minor, date, grace_until } => {
            let date = day(date);
            let grace_until = grace_until.as_deref().map_or(PATIENCE.grace(date, Calendar::GermanyNationwide), day);
            one(Event::PromiseMade { promise: names::promise(*promise), minor: *minor, date, grace_until })
        }
        What::Plan { plan, claims, rates, document } => one(Event::PlanAccepted(PlanAccepted {
            plan: names::plan(*plan),
            receivables: claims.iter().map(claim).collect(),
            rates: rates_of(rates),
            document: document.unwrap_or(true).then_some([1; 32]),
        })),
        What::PlanEnd { plan, end, notice } => {
            let end = match end.as_str() {
                "cancelled" => PlanEnd::Cancelled,
                "accelerated" => PlanEnd::Accelerated,
                other => panic!("{other} is no end of a plan"),
            };
            one(Event::PlanEnded { plan: names::plan(*plan), end, notice: *notice })
        }
        What::Defer { id, until } => one(Event::DeferralGranted { receivable: claim(id), until: day(until) }),
        What::Dispute { dispute, id, minor } => {
            one(Event::DisputeRaised { dispute: names::dispute(*dispute), receivable: claim(id), minor: *minor })
        }
        What::Reject { dispute, reasoned } => {
            one(Event::DisputeEnded { dispute: names::dispute(*dispute), end: DisputeEnd::Rejected { reasoned: *reasoned } })
        }
        What::Uphold { dispute } => one(Event::DisputeEnded { dispute: names::dispute(*dispute), end: DisputeEnd::Upheld }),
        What::SmallBalance { id } => {
            let lines = account.book().open(&claim(id)).map(|(item, minor)| ItemAmount { item, minor }).collect();
            one(Event::SmallBalanceCleared(Reduced { receivable: claim(id), lines, reduction: Reduction::SmallBalance }))
        }
        What::Reschedule { plan, rates } => {
            one(Event::PlanRescheduled { plan: names::plan(*plan), rates: rates_of(rates), document: Some([2; 32]) })
        }
        What::Sent { .. } => Ok(vec![]),
        What::Place { id } => one(Event::Placed { receivable: claim(id), agency: "agency".to_owned() }),
        What::Withdraw { id } => one(Event::WithdrawalReceived { receivable: claim(id) }),
        What::Due { id, date } => one(Event::DueDateSet { receivable: claim(id), date: day(date) }),
        What::Recall { id } => one(Event::PlacementRecalled { receivable: claim(id) }),
        What::Sell { id, sale, rate, until, recourse } => one(Event::SaleAgreed {
            receivable: claim(id),
            agreed: Agreed {
                sale: names::sale(*sale),
                buyer: "Factor Nord".to_owned(),
                sheet: SheetHash::from_bytes([5; 32]),
                class: "B".to_owned(),
                rate: Share::parse(rate).unwrap(),
                until: day(until),
                recourse: *recourse,
            },
        }),
        What::CancelSale { id } => one(Event::SaleCancelled { receivable: claim(id) }),
        What::Transfer { id } => decide::transfer(account, today, &claim(id)),
        What::TransferAt { id, sale, face, price } => {
            let items = vec![ItemAmount { item: ItemKind::Principal, minor: *face }];
            one(Event::TitleTransferred { receivable: claim(id), sale: names::sale(*sale), items, price: *price })
        }
        What::Price { id, minor } => one(Event::PurchasePricePaid { receivable: claim(id), minor: *minor }),
        What::Forward { id, minor } => one(Event::MisdirectedPaymentForwarded { receivable: claim(id), minor: *minor }),
        What::Repurchase { id, ground, paid } => {
            let ground = Ground::ALL.into_iter().find(|one| one.code() == ground).unwrap_or_else(|| panic!("{ground} is no ground"));
            let paid = paid.as_ref().map(|Paid { id, minor, value_date }| PaidToBuyer {
                payment: names::payment(*id),
                minor: *minor,
                value_date: day(value_date),
            });
            decide::repurchase(account, today, &claim(id), ground, paid.as_ref())
        }
        What::WaiveDebt { id } => {
            let lines = vec![ItemAmount { item: ItemKind::Principal, minor: account.owed(&claim(id)).max(1) }];
            one(Event::DebtWaived(Reduced { receivable: claim(id), lines, reduction: Reduction::DebtWaived }))
        }
        What::Net {} => decide::net(account, today),
        What::Passes {} => decide::passing(account, today),
    }
}
