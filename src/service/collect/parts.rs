//! What a claim consists of, as a message tells it: goods, costs, interest, and what came against it.

use crate::app::Work;
use crate::engine::Policy;
use crate::error::ApiError;
use crate::ledger::interest_terms;
use rusqlite::params;
use tresen_core::collect::message::{Claim, Document, Part, PartKind, Received, ReceivedKind};
use tresen_core::date::Date;
use tresen_core::ident::ReceivableId;
use tresen_core::money::{Currency, Money};
use tresen_core::rate::Rate;
use tresen_core::receivable::decide::{AtRate, by_rate};
use tresen_core::receivable::{Account, ItemKind, PaymentState};

/// The account that a message speaks of
#[derive(Debug, Clone, Copy)]
pub struct Parts<'a> {
    pub work: &'a Work<'a>,
    pub account: &'a Account,
    pub policy: &'a Policy,
    pub currency: Currency,
    pub today: Date,
}

impl Parts<'_> {
    fn money(&self, minor: i64) -> Result<Money, ApiError> {
        Money::from_minor(minor, self.currency).map_err(ApiError::internal)
    }

    /// A claim as a message tells it, and its reference
    pub fn claim(&self, id: &ReceivableId) -> Result<(Claim, String), ApiError> {
        let (order, created, reference): (String, String, String) = self
            .work
            .tx
            .prepare_cached("SELECT order_ref, created_on, reference FROM receivables WHERE tenant_id = ?1 AND receivable_id = ?2")?
            .query_row(params![self.work.tenant.as_str(), id.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let on = Date::parse(&created).ok_or_else(|| ApiError::internal("a claim of no day"))?;
        // The shop's number of the order is on its invoice too.
        let document = Document { number: order, on };
        let mut parts = Vec::new();
        for item in ItemKind::ALL {
            let minor = self.account.open_item(id, item).saturating_add(self.paid(id, item));
            for (kind, minor) in self.kinds(id, item, minor) {
                parts.push(Part { kind, amount: self.money(minor)? });
            }
        }
        let mut received = Vec::new();
        for (_, payment) in self.account.payments() {
            let minor = payment.lines.iter().filter(|line| line.receivable == *id).map(|line| line.minor).fold(0, i64::saturating_add);
            if let (PaymentState::Settled { value_date }, true) = (&payment.state, minor > 0) {
                received.push(Received { kind: ReceivedKind::Payment, on: *value_date, amount: self.money(minor)? });
            }
        }
        received.sort_by_key(|received| received.on);
        let due = self.account.cycle(id).or(self.account.receivable(id).and_then(|claim| claim.due)).unwrap_or(on);
        let open = self.money(self.account.open(id))?;
        Ok((Claim { order: document.clone(), invoice: document, goods: None, due, parts, received, open }, reference))
    }

    fn paid(&self, id: &ReceivableId, item: ItemKind) -> i64 {
        let lines = self.account.payments().flat_map(|(_, payment)| &payment.lines);
        lines.filter(|line| line.receivable == *id && line.item == item).map(|line| line.minor).fold(0, i64::saturating_add)
    }

    /// What is told of a part of a claim: one line, or of costs one a letter and of interest one a rate
    fn kinds(&self, id: &ReceivableId, item: ItemKind, minor: i64) -> Vec<(PartKind, i64)> {
        if minor <= 0 {
            return Vec::new();
        }
        let whole = |kind| vec![(kind, minor)];
        match item {
            ItemKind::Principal => whole(PartKind::Principal),
            ItemKind::Fee => whole(PartKind::Fee),
            ItemKind::Interest => whole(PartKind::Interest),
            ItemKind::LumpSum => whole(PartKind::LumpSum),
            ItemKind::LegalCost => whole(PartKind::LegalCost),
            ItemKind::DunningCost => self.letters(id, minor),
            ItemKind::DefaultInterest => self.interest(id, minor),
        }
    }

    fn letters(&self, id: &ReceivableId, minor: i64) -> Vec<(PartKind, i64)> {
        let costs = self.account.receivable(id).map(|claim| claim.costs.as_slice()).unwrap_or_default();
        let letters: Vec<(Date, i64)> =
            costs.iter().filter(|(_, cost)| cost.item == ItemKind::DunningCost).map(|(on, cost)| (*on, cost.minor)).collect();
        // Of what was taken back in part nobody knows which letter it was for.
        if letters.iter().map(|(_, minor)| *minor).fold(0, i64::saturating_add) == minor {
            return letters.into_iter().map(|(on, minor)| (PartKind::DunningCost { on }, minor)).collect();
        }
        let on = letters.last().map_or(self.today, |(on, _)| *on);
        vec![(PartKind::DunningCost { on }, minor)]
    }

    fn interest(&self, id: &ReceivableId, minor: i64) -> Vec<(PartKind, i64)> {
        let claim = self.account.receivable(id);
        let until = claim.and_then(|claim| claim.interest.until).unwrap_or(self.today);
        let rates = claim.map(|claim| by_rate(claim, until, &interest_terms(self.policy)).0).unwrap_or_default();
        let of = |one: &AtRate| PartKind::DefaultInterest { from: one.from, until: one.to, rate: one.rate };
        if rates.iter().map(|one| one.minor).fold(0, i64::saturating_add) == minor {
            return rates.iter().filter(|one| one.minor > 0).map(|one| (of(one), one.minor)).collect();
        }
        let whole = match (rates.first(), rates.last()) {
            (Some(first), Some(last)) => PartKind::DefaultInterest { from: first.from, until: last.to, rate: last.rate },
            _ => PartKind::DefaultInterest { from: until, until, rate: Rate::ZERO },
        };
        vec![(whole, minor)]
    }
}
