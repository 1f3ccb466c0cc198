//! The account of a customer, replayed from its events, and the one way by which something happens to it.
//!
//! **Invariant:** an event of an account is written down by [`Ledger::happen`] and by nothing else: it is applied to the account before, and what
//! the core refuses is not written.

use super::place::{self, Scope};
use super::{person, refusal, rows};
use crate::app::Work;
use crate::error::ApiError;
use crate::journal::Draft;
use jiff::civil::Date;
use rusqlite::{Transaction, params};
use tresen_core::date::Date as Day;
use tresen_core::ident::{CustomerId, PolicyHash, TenantId};
use tresen_core::receivable::{Account, Event, Hold, Scope as About, decide};
use tresen_wire::events::{Body, HoldPlaced, from_core, to_core};

/// Everything between one customer and the merchant in one currency, while a piece of work holds it
#[derive(Debug)]
pub struct Ledger<'a> {
    work: &'a Work<'a>,
    customer: CustomerId,
    currency: String,
    account: Account,
}

/// What events that happen together have in common
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    /// What belongs together
    pub correlation: &'a str,
    /// The event that led to the first of them
    pub causation: Option<&'a str>,
    /// Hash of the policy in force
    pub policy: Option<&'a PolicyHash>,
    /// The day on which they count, where that is not today
    pub effective: Option<Date>,
}

impl<'a> Occasion<'a> {
    /// Something that happens today
    pub fn now(correlation: &'a str) -> Self {
        Self { correlation, causation: None, policy: None, effective: None }
    }
}

impl<'a> Ledger<'a> {
    /// The ledger of a customer
    pub fn of(work: &'a Work<'a>, customer: &CustomerId, currency: &str) -> Result<Self, ApiError> {
        let account = replay(work.tx, &work.tenant, customer, currency)?;
        Ok(Self { work, customer: customer.clone(), currency: currency.to_owned(), account })
    }

    /// Whose it is
    pub fn customer(&self) -> &CustomerId {
        &self.customer
    }

    /// In which currency
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// The account as it stands
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Lets what the core decided happen today, after what is written in full
    pub fn happen_decided(&mut self, occasion: &Occasion<'_>, mut full: Option<Body>, decided: &[Event]) -> Result<(), ApiError> {
        let mut bodies = Vec::new();
        for event in decided {
            let body = from_core(event, &self.currency).or_else(|| full.take());
            bodies.push(body.ok_or_else(|| ApiError::internal("an event that has to be written in full"))?);
        }
        self.happen(occasion, bodies).map(|_| ())
    }

    /// Lets happen what follows from the day: a promise that is kept, a plan that is paid
    pub fn pass(&mut self, occasion: &Occasion<'_>) -> Result<(), ApiError> {
        let passing = decide::passing(&self.account, day(self.work.moment.today)?).map_err(refusal::told)?;
        self.happen_decided(occasion, None, &passing)
    }

    /// Lets events happen, each after the one before, all or none; the id of the last
    ///
    /// # Errors
    ///
    /// What the core refuses, under its own code.
    pub fn happen(&mut self, occasion: &Occasion<'_>, bodies: Vec<Body>) -> Result<Option<String>, ApiError> {
        // Where nothing happens, nobody has to look again: a customer with two currencies would be looked at for ever.
        if bodies.is_empty() {
            return Ok(None);
        }
        let before = self.account.clone();
        let on = day(occasion.effective.unwrap_or(self.work.moment.today))?;
        let (mut last, mut shared): (Option<String>, Vec<Body>) = (None, Vec::new());
        for body in bodies {
            let event = to_core(&body, &self.currency, &self.account)?.ok_or_else(super::astray)?;
            shared.extend(self.shared(&event, &body));
            let place = place::of(&event, &self.account, &self.customer, &self.currency);
            self.account.apply(on, &event).map_err(refusal::told)?;
            let draft = Draft {
                stream: &place,
                after: self.work.length(&place)?,
                correlation: occasion.correlation,
                causation: last.as_deref().or(occasion.causation),
                policy: occasion.policy,
                effective: occasion.effective,
                account: Some(&self.customer),
            };
            let written = self.work.write(&draft, &body)?;
            let scope = Scope::of_place(&place).unwrap_or_else(|| Scope::new(&self.customer, &self.currency));
            scope.index(self.work.tx, &self.work.tenant, written.position)?;
            if let Body::ReceivableCreated(created) = &body {
                rows::opened(self.work.tx, &self.work.tenant, &on.to_iso(), created)?;
            }
            person::follow(self.work.tx, &self.work.tenant, &self.customer, &body)?;
            last = Some(written.event_id);
        }
        rows::follow(self.work.tx, &self.work.tenant, (&self.customer, &self.currency), &before, &self.account)?;
        for other in self.account.others() {
            Self::of(self.work, other, &self.currency)?.happen(occasion, shared.clone())?;
        }
        Ok(last)
    }

    /// What the person's other references are told of an event that is about to happen: that there is a hold about all that they owe here, and that it
    /// is over
    fn shared(&self, event: &Event, body: &Body) -> Option<Body> {
        let is_own = |hold: &Hold| hold.scope == About::Account;
        match (event, body) {
            (Event::HoldPlaced { scope: About::Account, .. }, Body::HoldPlaced(placed)) => {
                Some(HoldPlaced { beside: Some(self.customer.to_string()), ..placed.clone() }.into())
            }
            (Event::HoldReleased { hold }, _) if self.account.hold(hold).is_some_and(is_own) => Some(body.clone()),
            _ => None,
        }
    }
}

/// The account that a customer's events have made, in the order in which they were written
pub fn replay(tx: &Transaction<'_>, tenant: &TenantId, customer: &CustomerId, currency: &str) -> Result<Account, ApiError> {
    let mut statement = tx.prepare_cached(
        "SELECT e.stream, e.type, e.v, e.data, e.effective_date FROM account_events a JOIN events e ON e.position = a.position \
         WHERE a.tenant_id = ?1 AND a.customer_id = ?2 AND a.currency IN (?3, '') ORDER BY a.position",
    )?;
    let mut found = statement.query(params![tenant.as_str(), customer.as_str(), currency])?;
    let mut account = Account::default();
    while let Some(row) = found.next()? {
        let (stream, kind, v, data): (String, String, u16, String) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let body = Body::from_stored(&kind, v, &stream, &data)?;
        let on: String = row.get(4)?;
        let on = Day::parse(&on).ok_or_else(|| ApiError::internal("an event on no day"))?;
        if let Some(event) = to_core(&body, currency, &account)? {
            account
                .apply(on, &event)
                .map_err(|refused| ApiError::internal(format!("`{kind}` in `{stream}` cannot have happened: {refused}")))?;
        }
    }
    Ok(account)
}

/// A day as the core has it
pub fn day(day: Date) -> Result<Day, ApiError> {
    Day::parse(&day.to_string()).ok_or_else(|| ApiError::internal("a day beyond the calendar"))
}
