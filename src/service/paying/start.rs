//! A customer wants to pay: whoever is on their way already is asked about first.
//!
//! **Invariant:** nobody is sent for more than is owed today, and nobody for a claim while somebody else is on their way for it.

use super::ask;
use super::back;
use super::book::Seen;
use super::held::Held;
use super::row::{Details, Session, State};
use super::{address_of, provider_of};
use crate::app::{App, Caller, Work};
use crate::clock::{Clock as _, SystemClock};
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{self, day};
use crate::providers::{Checkout, Reply};
use crate::sessions::checked_url;
use jiff::SignedDuration;
use tresen_core::collect::{Asked, Standing};
use tresen_core::date::Date;
use tresen_core::debit::PROVIDER;
use tresen_core::ident::{CustomerId, PaymentId, ReceivableId};
use tresen_core::receivable::Account;
use tresen_wire::http::{PaymentStart, StartPayment, WhyNotStarted};
use tresen_wire::money::Money;

/// So often somebody else's session may be in the way before whoever asks is told to go on there
const ROUNDS: u8 = 4;

/// Who pays for what, and where they come back to
#[derive(Debug, Clone)]
pub struct Payer {
    /// The service's own id
    pub customer: CustomerId,
    /// In which currency
    pub currency: String,
    /// The claims that it is about
    pub receivables: Vec<ReceivableId>,
    /// Their language
    pub locale: String,
    /// The way from `/pay/return/` to where they come back to
    pub back: String,
    /// The pay link by which they came, as its hash is written
    pub paylink: Option<String>,
}

/// What comes first
enum First {
    /// Nothing: it is not to be
    Answer(PaymentStart),
    /// It was written down, and is to be begun
    Begin(Box<Session>),
    /// Others are on their way for some of it; what is wanted now
    Resolve { theirs: Vec<Session>, wanted: Box<Session> },
}

/// Begins a payment, or leads to the one that is under way
///
/// # Errors
///
/// What is wrong with the request; what cannot be paid, or not so, is an answer.
pub fn start(app: &App, caller: &Caller, payer: &Payer, request: &StartPayment) -> Result<PaymentStart, ApiError> {
    let mut in_the_way = PaymentStart::refused(WhyNotStarted::Busy);
    for _ in 0..ROUNDS {
        let first = app.write_now(caller.clone(), |work| intend(work, payer, request))?;
        let answer = match first {
            First::Answer(answer) => return Ok(answer),
            First::Begin(session) => begin(app, caller, &session)?,
            First::Resolve { theirs, wanted } => resolve_all(app, caller, &theirs, &wanted)?,
        };
        match answer {
            Some(answer @ PaymentStart::Refused { why: WhyNotStarted::Busy, .. }) => in_the_way = answer,
            Some(answer) => return Ok(answer),
            None => {}
        }
    }
    Ok(in_the_way)
}

/// Looks at what is owed, and writes down what is going to be begun, unless somebody is on their way
fn intend(work: &Work<'_>, payer: &Payer, request: &StartPayment) -> Result<First, ApiError> {
    let account = ledger::today(work, &payer.customer, &payer.currency)?;
    let held = Held::of(work, &payer.customer, &payer.currency)?;
    let asked = match meant(payer, request)? {
        Some(named) => held.named(work, &account, &named)?,
        None => held.standing(work, &account, &payer.receivables)?,
    };
    let asked = match asked {
        Standing::Open(asked) => asked,
        Standing::Settled { .. } => return Ok(First::Answer(PaymentStart::refused(WhyNotStarted::NothingOpen))),
        Standing::Clarifying => return Ok(First::Answer(PaymentStart::refused(WhyNotStarted::InClarification))),
        Standing::Elsewhere => return Ok(First::Answer(PaymentStart::refused(WhyNotStarted::Elsewhere))),
    };
    let amount = request.amount.clone().unwrap_or_else(|| Money::new(asked.minor, &payer.currency));
    if amount.currency != payer.currency {
        let help = "write the amount in the currency in which it is owed";
        return Err(ApiError::invalid("amount.currency", "/amount", "it is owed in another currency", help));
    }
    if amount.minor <= 0 {
        let help = "leave the amount out to pay what is to be paid today";
        return Err(ApiError::invalid("amount.not_positive", "/amount", "the amount is not above zero", help));
    }
    if amount.minor > asked.whole {
        let owed = Some(Money::new(asked.minor, &payer.currency));
        return Ok(First::Answer(PaymentStart::Refused { why: WhyNotStarted::Amount, owed, payment: None, redirect: None }));
    }
    let named = request.receivables.is_some();
    let claims = if named { asked.claims.clone() } else { earliest_first((&account, day(work.moment.today)?), &asked, amount.minor) };
    let Some(wanted) = session(work, payer, request, (claims, amount))? else {
        return Ok(First::Answer(PaymentStart::refused(WhyNotStarted::Method)));
    };
    let theirs = held.in_the_way(&wanted.receivables);
    if !theirs.is_empty() {
        return Ok(First::Resolve { theirs, wanted: Box::new(wanted) });
    }
    wanted.write(work)?;
    Ok(First::Begin(Box::new(wanted)))
}

/// The claims that the payer names; nothing where they mean whatever is asked for
fn meant(payer: &Payer, request: &StartPayment) -> Result<Option<Vec<ReceivableId>>, ApiError> {
    let Some(named) = &request.receivables else { return Ok(None) };
    let known = |name: &String| payer.receivables.iter().find(|id| id.as_str() == name).cloned();
    named.iter().map(known).collect::<Option<_>>().map(Some).ok_or_else(|| ApiError::unknown("receivable.unknown", "claim"))
}

/// Who names nothing pays what is due first, as by a transfer, and holds no more than that; of a plan they pay what is left of what is asked for
fn earliest_first((account, today): (&Account, Date), asked: &Asked, minor: i64) -> Vec<ReceivableId> {
    let mut claims = asked.claims.clone();
    let is_of_rates = |id: &ReceivableId| minor >= asked.minor && account.plan_of(id).is_some();
    claims.sort_by_key(|id| (is_of_rates(id), account.cycle(id).unwrap_or(Date::MAX), id.clone()));
    let mut left = minor;
    claims.retain(|id| {
        let is_paid = left > 0;
        left = left.saturating_sub(account.asked(id, today));
        is_paid
    });
    claims
}

/// The session that is wanted; nothing where nobody takes that method
fn session(
    work: &Work<'_>,
    payer: &Payer,
    request: &StartPayment,
    (receivables, amount): (Vec<ReceivableId>, Money),
) -> Result<Option<Session>, ApiError> {
    let (Some((provider, _)), Some(base)) = (provider_of(work, payer, &request.method)?, address_of(work.app)) else { return Ok(None) };
    let payment = ids::secret(PaymentId::from_bytes)?;
    let lifetime = SignedDuration::try_from(work.app.config.payment_lifetime).map_err(ApiError::internal)?;
    let lease = work.moment.plus(lifetime)?.as_millisecond();
    let back = request.return_url.as_deref().map(|url| returned_to(work, url)).transpose()?;
    // Providers live by the world's time, whatever the shop's is.
    let begun = SystemClock.now();
    let expires = begun.checked_add(lifetime).map_err(ApiError::internal)?;
    let checkout = Checkout {
        key: payment.to_string(),
        method: request.method.clone(),
        amount: amount.clone(),
        description: work.active_policy()?.merchant().name.clone(),
        locale: payer.locale.clone(),
        return_url: back::address(work, &base, &payment, back.as_deref().unwrap_or(&payer.back))?,
        notice_url: format!("{base}/v1/providers/{provider}/webhooks/{}", work.tenant),
        begun_at: begun.as_second(),
        expires_at: expires.as_second(),
    };
    Ok(Some(Session {
        payment,
        customer: payer.customer.clone(),
        amount,
        receivables,
        method: request.method.clone(),
        provider,
        reference: None,
        state: State::Intended,
        why: None,
        opened_ms: work.moment.ms(),
        changed_ms: work.moment.ms(),
        lease_until_ms: Some(lease),
        details: Some(Details { checkout, redirect: None, paylink: payer.paylink.clone() }),
    }))
}

/// Where the payer wants to come back to: a page of the shop's, of the service's own, or of this machine in the sandbox
fn returned_to(work: &Work<'_>, url: &str) -> Result<String, ApiError> {
    let url = checked_url(url)?;
    let parsed = url::Url::parse(&url).ok();
    let host = parsed.as_ref().and_then(url::Url::host_str).unwrap_or_default();
    let policy = work.active_policy()?;
    let shop = policy.merchant().imprint.as_ref().map(|imprint| imprint.website.as_str()).unwrap_or_default();
    let own = url::Url::parse(&work.app.config.public_url).ok();
    let is_own = own.is_some_and(|own| parsed.as_ref().is_some_and(|url| own.origin() == url.origin()));
    let shop = shop.trim_start_matches("https://").trim_start_matches("www.").split('/').next().unwrap_or_default();
    // A shop that is tried out on somebody's own machine has a name of its own and no certificate.
    let is_tried = work.app.config.sandbox;
    let is_shops = !shop.is_empty() && (is_tried || url.starts_with("https://")) && (host == shop || host.ends_with(&format!(".{shop}")));
    let is_here = is_tried && matches!(host, "127.0.0.1" | "localhost");
    if is_own || is_shops || is_here {
        return Ok(url);
    }
    let help = "name a page of the shop's website, as the policy's imprint says it, or of the service itself";
    Err(ApiError::invalid("return_url.foreign", "/return_url", "nobody is sent to a page that is not the shop's", help))
}

/// Begins what was written down; nothing where somebody else has closed it meanwhile
fn begin(app: &App, caller: &Caller, session: &Session) -> Result<Option<PaymentStart>, ApiError> {
    Ok(match ask::begin(app, &caller.tenant, session)? {
        (Reply::Done(()), now) if now.state == State::Open => started(&now),
        (Reply::Done(()), _) => None,
        (Reply::Refused(_) | Reply::NotNow(_), _) => Some(PaymentStart::refused(WhyNotStarted::Method)),
        // It is asked about under the same key when somebody wants to pay again, or when its time is up.
        (Reply::Unknown(_), _) => Some(PaymentStart::refused(WhyNotStarted::Busy)),
    })
}

fn started(session: &Session) -> Option<PaymentStart> {
    let redirect = session.details.as_ref()?.redirect.clone()?;
    Some(PaymentStart::Started { payment: session.payment.to_string(), amount: session.amount.clone(), redirect })
}

/// One after the other; the first that is in the way is the answer
fn resolve_all(app: &App, caller: &Caller, theirs: &[Session], wanted: &Session) -> Result<Option<PaymentStart>, ApiError> {
    for session in theirs {
        if let Some(answer) = resolve(app, caller, session, wanted)? {
            return Ok(Some(answer));
        }
    }
    Ok(None)
}

/// Somebody is on their way: they go on where they were, or are let go for what is wanted now
fn resolve(app: &App, caller: &Caller, theirs: &Session, wanted: &Session) -> Result<Option<PaymentStart>, ApiError> {
    let tenant = &caller.tenant;
    let is_same = theirs.is_for(wanted);
    if theirs.provider == PROVIDER {
        // A debit is taken back in the account, or on its way.
        return Ok(Some(PaymentStart::refused(WhyNotStarted::UnderWay)));
    }
    match theirs.state {
        State::Intended if is_same => {
            // What is refused now may be so because its time is nearly up: it is let go, and begun anew.
            let begun = begin(app, caller, theirs)?;
            return Ok(begun.filter(|answer| *answer != PaymentStart::refused(WhyNotStarted::Method)));
        }
        State::Intended => {
            // Nobody knows where it can be paid, so nobody can pay it; if it was begun, it is closed there too.
            if let (Reply::Done(()), now) = ask::begin(app, tenant, theirs)? {
                ask::close(app, tenant, &now, "replaced")?;
            }
            return ask::with(app, tenant, theirs, |work, mut now| {
                if now.state == State::Intended {
                    now.close(work, "replaced")?;
                }
                Ok(None)
            });
        }
        State::Open | State::Pending | State::Paid | State::Closed => {}
    }
    match ask::look(app, tenant, theirs)? {
        Seen::Over => Ok(None),
        Seen::Pending => Ok(Some(PaymentStart::refused(WhyNotStarted::UnderWay))),
        Seen::Open | Seen::Unanswered if is_same => Ok(started(theirs)),
        Seen::Open if ask::close(app, tenant, theirs, "replaced")? => Ok(None),
        Seen::Open | Seen::Unanswered => Ok(Some(in_the_way(theirs))),
    }
}

fn in_the_way(session: &Session) -> PaymentStart {
    let redirect = session.details.as_ref().and_then(|details| details.redirect.clone());
    PaymentStart::Refused {
        why: WhyNotStarted::Busy,
        owed: Some(session.amount.clone()),
        payment: Some(session.payment.to_string()),
        redirect,
    }
}
