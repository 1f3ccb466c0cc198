//! One claim, as its customer sees it.

use super::Access;
use crate::app::Work;
use crate::collect::{Ahead, CaseFile};
use crate::error::ApiError;
use crate::ids;
use crate::items;
use crate::ledger::day;
use crate::paying::Held;
use rusqlite::params;
use std::collections::BTreeMap;
use tresen_core::collect::{Standing, standing};
use tresen_core::date::Date;
use tresen_core::ident::ReceivableId;
use tresen_core::receivable::{Account, Act, ItemKind, Plan};
use tresen_wire::http::{AccountClaim, AccountPart, AccountRate, ClaimState, OrderItem, PartKind};
use tresen_wire::money::Money;

/// Claims that have ended and are still shown, the newest
const ENDED_MAX: usize = 20;

/// What the row of a claim says of its order
struct Ordered {
    order: String,
    on: String,
    reference: Option<String>,
}

/// The claims of an account: what is open, the earliest due first; then what has ended, the newest first
pub fn all(work: &Work<'_>, access: &Access, account: &Account, held: &Held) -> Result<Vec<AccountClaim>, ApiError> {
    let mut ahead = Ahead::of(work, CaseFile::of(work, &access.customer, &access.currency, None)?)?;
    let mut rows = rows(work, access)?;
    let (mut open, mut ended): (Vec<&ReceivableId>, Vec<&ReceivableId>) =
        account.receivables().map(|(id, _)| id).partition(|id| account.open(id) > 0);
    open.sort_by_key(|id| (account.cycle(id).unwrap_or(Date::MAX), (*id).clone()));
    // Ids sort by time.
    ended.reverse();
    ended.truncate(ENDED_MAX);
    let look = Look { account, held, on: day(work.moment.today)?, currency: &access.currency };
    let shown = open.into_iter().chain(ended);
    shown
        .map(|id| {
            let ordered = rows.remove(id).ok_or_else(|| ApiError::internal("a claim without a row"))?;
            let items = items::of_order(work, &access.customer, &ordered.order)?;
            let claim = look.claim(id, ordered, items);
            let is_open = matches!(claim.state, ClaimState::Open | ClaimState::Planned);
            let next = if is_open { ahead.told(work, std::slice::from_ref(id))? } else { None };
            Ok(AccountClaim { next, ..claim })
        })
        .collect()
}

fn rows(work: &Work<'_>, access: &Access) -> Result<BTreeMap<ReceivableId, Ordered>, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT r.receivable_id, r.order_ref, coalesce(o.ordered_on, r.created_on), r.reference FROM receivables r \
         LEFT JOIN orders o ON o.tenant_id = r.tenant_id AND o.order_ref = r.order_ref WHERE r.tenant_id = ?1 AND r.customer_id = ?2",
    )?;
    let mut found = statement.query(params![work.tenant.as_str(), access.customer.as_str()])?;
    let mut rows = BTreeMap::new();
    while let Some(row) = found.next()? {
        let id: String = row.get(0)?;
        let ordered = Ordered { order: row.get(1)?, on: row.get(2)?, reference: row.get(3)? };
        rows.insert(ids::stored(&id, ReceivableId::parse)?, ordered);
    }
    Ok(rows)
}

/// An account as it is looked at
struct Look<'a> {
    account: &'a Account,
    held: &'a Held,
    on: Date,
    currency: &'a str,
}

impl Look<'_> {
    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    fn claim(&self, id: &ReceivableId, ordered: Ordered, items: Vec<OrderItem>) -> AccountClaim {
        let plan = self.account.plan_of(id).map(|(_, plan)| plan);
        let state = match standing(self.account, std::slice::from_ref(id), self.on) {
            Standing::Open(_) => {
                if plan.is_some() {
                    ClaimState::Planned
                } else {
                    ClaimState::Open
                }
            }
            Standing::Settled { .. } => ClaimState::Settled,
            Standing::Clarifying => ClaimState::InClarification,
            Standing::Elsewhere => ClaimState::Elsewhere,
        };
        let is_open = state != ClaimState::Settled;
        let sums = self.account.sums(id).unwrap_or_default();
        let held = [Act::Level, Act::Contact].into_iter().find_map(|act| self.account.blocked(act, id, self.on));
        AccountClaim {
            receivable: id.to_string(),
            reference: ordered.reference,
            order: ordered.order,
            ordered_on: ordered.on,
            items,
            due_date: self.account.cycle(id).map(Date::to_iso),
            late: is_open && self.account.overdue(id, self.on) > 0,
            agreed: self.money(sums.agreed),
            extra: [(PartKind::Cost, sums.costs), (PartKind::Interest, sums.interest)]
                .into_iter()
                .filter(|(_, minor)| *minor > 0)
                .map(|(kind, minor)| AccountPart { kind, amount: self.money(minor) })
                .collect(),
            credited: self.money(sums.credited),
            let_go: self.money(sums.let_go),
            paid: self.money(sums.paid),
            open: self.money(self.account.open(id)),
            payable: self.money(match state {
                ClaimState::Open | ClaimState::Planned => self.account.asked(id, self.on),
                ClaimState::Settled | ClaimState::InClarification | ClaimState::Elsewhere => 0,
            }),
            parts: self.parts(id),
            state,
            under_way: self.held.is_under_way(std::slice::from_ref(id)),
            why: held.filter(|_| is_open).map(Into::into),
            next: None,
            plan: plan.map(|plan| self.rates(plan)),
        }
    }

    fn parts(&self, id: &ReceivableId) -> Vec<AccountPart> {
        let mut parts: BTreeMap<PartKind, i64> = BTreeMap::new();
        for (item, minor) in self.account.book().open(id) {
            let part = parts.entry(kind(item)).or_default();
            *part = part.saturating_add(minor);
        }
        parts.into_iter().map(|(kind, minor)| AccountPart { kind, amount: self.money(minor) }).collect()
    }

    /// What is paid counts for the earliest rate
    fn rates(&self, plan: &Plan) -> Vec<AccountRate> {
        let mut left = plan.paid;
        let mut rates = Vec::new();
        for rate in &plan.rates {
            let paid = left.clamp(0, rate.minor);
            left = left.saturating_sub(paid);
            rates.push(AccountRate { due: rate.due.to_iso(), amount: self.money(rate.minor), paid: self.money(paid) });
        }
        rates
    }
}

fn kind(item: ItemKind) -> PartKind {
    match item {
        ItemKind::Principal | ItemKind::Fee | ItemKind::Interest => PartKind::Principal,
        ItemKind::DefaultInterest => PartKind::Interest,
        ItemKind::LumpSum | ItemKind::DunningCost | ItemKind::LegalCost => PartKind::Cost,
    }
}
