//! Debits of which it is looked how they stand: money has come meanwhile, or their time is up.

use super::row::{CURRENCY, Debit};
use super::{after, call_off};
use crate::app::Work;
use crate::collect::{self, Asked};
use crate::error::ApiError;
use crate::ledger::{Ledger, day};
use crate::paying::Session;
use tresen_core::debit::HandIn;
use tresen_wire::http::DebitState;

/// Looks at the debit of a session whose time is up, and says until when it holds what is owed
pub fn due(work: &Work<'_>, mut session: Session) -> Result<(), ApiError> {
    if !session.state.holds() {
        return Ok(());
    }
    let found = Debit::by_payment(work, &session.payment)?;
    let debit = found.ok_or_else(|| ApiError::internal("a session of a debit that there is not"))?;
    let today = day(work.moment.today)?;
    let until = match debit.state {
        DebitState::Announced if debit.window.hand_in(today) == HandIn::Never => return call_off(work, &debit, "lapsed"),
        DebitState::Announced if is_paid(work, &session)? => return call_off(work, &debit, "nothing_open"),
        DebitState::Announced => debit.window.last,
        DebitState::Submitted if today > debit.window.news_until() => {
            // Nobody has told what became of it: what is owed is held, and whoever works there looks at the bank's statement.
            let asked = Asked {
                kind: "debit_news",
                about: &debit.id,
                customer: &debit.customer,
                receivable: None,
                message: None,
                reason: Some(&debit.id),
            };
            collect::ask(work, asked)?;
            today.plus_days(1)
        }
        DebitState::Submitted => debit.window.news_until(),
        DebitState::Settled | DebitState::Returned | DebitState::Cancelled => {
            return Err(ApiError::internal("a debit that is over and holds"));
        }
    };
    let state = session.state;
    session.becomes(work, state, Some(after(work, until)?))
}

/// Whether nothing is owed any more of what a debit is for
fn is_paid(work: &Work<'_>, session: &Session) -> Result<bool, ApiError> {
    let ledger = Ledger::of(work, &session.customer, CURRENCY)?;
    Ok(session.left(ledger.account()) == 0)
}
