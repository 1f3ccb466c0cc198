//! Which claims of a customer are held, and what can be paid beside them.
//!
//! **Invariant:** all open payments of a customer together are for no more than they owe, less what is theirs already.

use super::row::Session;
use crate::app::Work;
use crate::error::ApiError;
use crate::ledger::day;
use tresen_core::collect::{Asked, Standing, standing};
use tresen_core::ident::{CustomerId, ReceivableId};
use tresen_core::receivable::Account;

/// The sessions that hold claims of a customer in a currency
#[derive(Debug)]
pub struct Held(Vec<Session>);

impl Held {
    /// Those of a customer
    pub fn of(work: &Work<'_>, customer: &CustomerId, currency: &str) -> Result<Self, ApiError> {
        Ok(Self(Session::open_of(work, customer, currency)?))
    }

    /// Whether somebody is on their way to pay one of these claims: then nothing else may take money for it
    ///
    /// Whatever charges by itself asks this in the transaction in which it writes down that it will.
    pub fn holds(&self, claims: &[ReceivableId]) -> bool {
        self.0.iter().any(|session| session.is_about(claims))
    }

    /// Whether money for one of these claims is on its way: until it has come or does not, they are paid by nothing but a transfer
    pub fn is_under_way(&self, claims: &[ReceivableId]) -> bool {
        self.0.iter().any(|session| session.is_under_way() && session.is_about(claims))
    }

    /// The sessions that hold one of these claims, those first that are let go for nothing
    pub fn in_the_way(self, claims: &[ReceivableId]) -> Vec<Session> {
        let mut found: Vec<Session> = self.0.into_iter().filter(|session| session.is_about(claims)).collect();
        found.sort_by_key(|session| !session.is_under_way());
        found
    }

    /// How it stands with some claims, whatever is on its way for them
    pub fn named(&self, work: &Work<'_>, account: &Account, claims: &[ReceivableId]) -> Result<Standing, ApiError> {
        // Who names a claim twice owes it once.
        let mut once: Vec<ReceivableId> = Vec::with_capacity(claims.len());
        for id in claims {
            if !once.contains(id) {
                once.push(id.clone());
            }
        }
        Ok(match standing(account, &once, day(work.moment.today)?) {
            Standing::Open(asked) => {
                let most = self.most(account, &asked);
                if most <= 0 {
                    return Ok(Standing::Settled { paid: 0, on: None });
                }
                let minor = asked.minor.min(most);
                Standing::Open(Asked { minor, extra: asked.extra.min(minor), whole: most, ..asked })
            }
            other => other,
        })
    }

    /// How it stands with some claims: what can be paid beside what is on its way; where that is nothing, what is
    pub fn standing(&self, work: &Work<'_>, account: &Account, claims: &[ReceivableId]) -> Result<Standing, ApiError> {
        let whole = match self.named(work, account, claims)? {
            Standing::Open(asked) => asked,
            other => return Ok(other),
        };
        let is_free = |id: &ReceivableId| !self.is_under_way(std::slice::from_ref(id));
        let free: Vec<ReceivableId> = whole.claims.iter().filter(|id| is_free(id)).cloned().collect();
        Ok(match self.named(work, account, &free)? {
            Standing::Open(asked) => Standing::Open(asked),
            Standing::Settled { .. } | Standing::Clarifying | Standing::Elsewhere => Standing::Open(whole),
        })
    }

    /// The most that can be paid of what is asked for, in minor units: what others pay meanwhile is not owed a second time
    fn most(&self, account: &Account, asked: &Asked) -> i64 {
        let others = self.0.iter().filter(|session| !session.is_about(&asked.claims));
        let beside = others.map(|session| coming(account, session)).fold(0, i64::saturating_add);
        asked.whole.min(account.balance().saturating_sub(beside))
    }

    /// What is on its way for some claims beside what is asked for, in minor units
    pub fn beside(&self, account: &Account, claims: &[ReceivableId], asked: &Asked) -> i64 {
        let others = self.0.iter().filter(|session| session.is_under_way() && session.is_about(claims) && !session.is_about(&asked.claims));
        others.map(|session| coming(account, session)).fold(0, i64::saturating_add)
    }
}

/// What a session brings of what is open of its claims, in minor units
fn coming(account: &Account, session: &Session) -> i64 {
    session.left(account).min(session.amount.minor)
}
