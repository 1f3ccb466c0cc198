//! An access: whose account a token leads to, and until when.

use crate::app::{App, Caller, Work};
use crate::claims;
use crate::clock::wire;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::{Scope, person, today};
use crate::places::Place;
use crate::rights::Person;
use jiff::SignedDuration;
use rusqlite::{OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};
use tresen_core::ident::{AccessId, CustomerId, ReceivableId, TenantId};
use tresen_wire::decision::hex;
use tresen_wire::events::ActorKind;
use tresen_wire::http::{AccessGranted, GrantAccess, OrderAccess};

/// The longest that a shop may ask for, in minutes
const MINUTES_MAX: u16 = 24 * 60;

/// An access that was given once
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// The token, for what leads on from it; to another reference of the same person's it has that one's id behind a point
    pub token: String,
    /// What is stored of it
    pub hash: [u8; 32],
    /// Whose account
    pub customer: CustomerId,
    /// In which currency
    pub currency: String,
    /// The claim that it points at
    pub receivable: Option<ReceivableId>,
}

/// What an access is to lead to
#[derive(Debug)]
pub struct To<'a> {
    /// Whose account
    pub customer: &'a CustomerId,
    /// In which currency
    pub currency: &'a str,
    /// The claim to point at
    pub receivable: Option<&'a ReceivableId>,
    /// The pay link that it comes from
    pub paylink: Option<&'a [u8; 32]>,
}

/// The shop opens the account of a customer or guest of its own
///
/// # Errors
///
/// `customer.unknown`; `receivable.unknown` for a claim that is somebody else's; `access.minutes`.
pub fn grant(work: &Work<'_>, person: Person<'_>, request: &GrantAccess) -> Result<AccessGranted, ApiError> {
    check_minutes("/minutes", request.minutes)?;
    let lifetime = lifetime(work, request.minutes)?;
    let customer = person.id(work)?;
    let unknown = || ApiError { at: Some("/receivable".to_owned()), ..ApiError::unknown("receivable.unknown", "claim") };
    let receivable = request.receivable.as_deref().map(|text| claims::id(text).map_err(|_| unknown())).transpose()?;
    let currency = match &receivable {
        None => work.active_policy()?.currency().to_owned(),
        Some(id) => {
            let scope = Scope::of_stream(work.tx, &work.tenant, &Place::Receivable(id.clone()))?;
            scope.filter(|scope| scope.customer == customer).ok_or_else(unknown)?.currency
        }
    };
    open(work, &To { customer: &customer, currency: &currency, receivable: receivable.as_ref(), paylink: None }, lifetime)
}

/// Opens the account of whoever ordered, beside the answer to the order; nothing for whoever is erased by now
pub fn with_order(work: &Work<'_>, receivable: &ReceivableId, request: &OrderAccess) -> Result<Option<AccessGranted>, ApiError> {
    let scope = Scope::of_stream(work.tx, &work.tenant, &Place::Receivable(receivable.clone()))?;
    let Some(Scope { customer, currency }) = scope else { return Ok(None) };
    if work.key_of(&customer)?.is_none() {
        return Ok(None);
    }
    let to = To { customer: &customer, currency: &currency, receivable: Some(receivable), paylink: None };
    open(work, &to, lifetime(work, request.minutes)?).map(Some)
}

/// Refuses a time that no access counts for
///
/// # Errors
///
/// `access.minutes`.
pub fn check_minutes(at: &str, minutes: Option<u16>) -> Result<(), ApiError> {
    if minutes.is_none_or(|minutes| (1..=MINUTES_MAX).contains(&minutes)) {
        return Ok(());
    }
    let message = format!("an access counts for 1 to {MINUTES_MAX} minutes");
    Err(ApiError::invalid("access.minutes", at, message, "open another one when the page is opened again"))
}

/// So many minutes, or as the service was started
fn lifetime(work: &Work<'_>, minutes: Option<u16>) -> Result<SignedDuration, ApiError> {
    minutes.map_or_else(|| usual(work), |minutes| Ok(SignedDuration::from_mins(minutes.into())))
}

/// How long an access counts where nobody says another time
pub fn usual(work: &Work<'_>) -> Result<SignedDuration, ApiError> {
    SignedDuration::try_from(work.app.config.access_lifetime).map_err(ApiError::internal)
}

/// Opens an account for so long
pub fn open(work: &Work<'_>, to: &To<'_>, lifetime: SignedDuration) -> Result<AccessGranted, ApiError> {
    let token = ids::secret(AccessId::from_bytes)?;
    let expires = work.moment.plus(lifetime)?;
    work.tx
        .prepare_cached(
            "INSERT INTO accesses (tenant_id, token_hash, customer_id, currency, receivable_id, paylink_hash, issued_ms, expires_ms) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            work.tenant.as_str(),
            hash(&token),
            to.customer.as_str(),
            to.currency,
            to.receivable.map(ReceivableId::as_str),
            to.paylink,
            work.moment.ms(),
            expires.as_millisecond()
        ])?;
    Ok(AccessGranted { token: token.to_string(), expires_at: wire(expires) })
}

fn hash(token: &AccessId) -> [u8; 32] {
    Sha256::digest(token.as_str().as_bytes()).into()
}

/// The access of a token, and whoever acts by it; whether it counts, [`Access::check`] says
///
/// # Errors
///
/// `account.unknown`; and `rate.limited`, which those who guess hit sooner than those who hold one.
pub fn opened(app: &App, text: &str) -> Result<(Caller, Access), ApiError> {
    let (token, beside) = text.split_once('.').map_or((text, None), |(token, beside)| (token, Some(beside)));
    let found = match (AccessId::parse(token), beside.map(CustomerId::parse)) {
        (Some(token), None) => by_token(app, &token)?,
        (Some(token), Some(Some(beside))) => by_token_beside(app, &token, beside)?,
        (None, _) | (Some(_), Some(None)) => None,
    };
    let Some((tenant, access)) = found else {
        app.limiter.take("account")?;
        return Err(ApiError::new(
            404,
            "account.unknown",
            "there is no such access",
            "open the page of the order once more, or the link of the newest message",
        ));
    };
    app.limiter.take(&hex(&access.hash))?;
    Ok((Caller::of(tenant, ActorKind::Shopper, access.customer.as_str(), "account"), access))
}

fn by_token(app: &App, token: &AccessId) -> Result<Option<(TenantId, Access)>, ApiError> {
    let hash = hash(token);
    type Columns = (String, String, String, Option<String>);
    // Without a tenant, as with a key: the token says whose it is.
    let found: Option<Columns> = app.store.read(|tx| {
        Ok(tx
            .prepare_cached("SELECT tenant_id, customer_id, currency, receivable_id FROM accesses WHERE token_hash = ?1")?
            .query_row([hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()?)
    })?;
    let Some((tenant, customer, currency, receivable)) = found else { return Ok(None) };
    let access = Access {
        token: token.to_string(),
        hash,
        customer: ids::stored(&customer, CustomerId::parse)?,
        currency,
        receivable: receivable.map(|id| ids::stored(&id, ReceivableId::parse)).transpose()?,
    };
    Ok(Some((ids::stored(&tenant, TenantId::parse)?, access)))
}

/// The same access, to another reference of the same person's; nothing where there is none, or where a pay link has led to it
fn by_token_beside(app: &App, token: &AccessId, customer: CustomerId) -> Result<Option<(TenantId, Access)>, ApiError> {
    let Some((tenant, access)) = by_token(app, token)? else { return Ok(None) };
    let is_of_person = app.read_now(Caller::system(tenant.clone()), |work| {
        let owner = access.owner(work)?;
        let person = owner.map(|owner| person(work.tx, &work.tenant, &owner)).transpose()?.unwrap_or_default();
        Ok(person.contains(&customer) && work.key_of(&customer)?.is_some())
    })?;
    let token = format!("{token}.{customer}");
    Ok(is_of_person.then_some((tenant, Access { token, customer, receivable: None, ..access })))
}

impl Access {
    /// The key under which something is done once: a customer's can meet neither the shop's nor another customer's, and is the same with their next access
    pub fn key(&self, said: &str) -> String {
        hex(&Sha256::digest(format!("{}/{said}", self.customer)))
    }

    /// The accesses to what is open under the other references of the same person's, each with how much, in minor units; by a pay link there are none
    pub fn same_person(&self, work: &Work<'_>) -> Result<Vec<(String, i64)>, ApiError> {
        let Some(owner) = self.owner(work)? else { return Ok(Vec::new()) };
        let (token, _) = self.token.split_once('.').unwrap_or((&self.token, ""));
        let mut open = Vec::new();
        for other in person(work.tx, &work.tenant, &owner)?.into_iter().filter(|other| *other != self.customer) {
            let minor = today(work, &other, &self.currency)?.balance();
            if minor > 0 && work.key_of(&other)?.is_some() {
                open.push((if other == owner { token.to_owned() } else { format!("{token}.{other}") }, minor));
            }
        }
        Ok(open)
    }

    /// Whom the shop has given the access to; nothing for one that a pay link has led to
    fn owner(&self, work: &Work<'_>) -> Result<Option<CustomerId>, ApiError> {
        let owner: Option<String> = work
            .tx
            .prepare_cached("SELECT customer_id FROM accesses WHERE tenant_id = ?1 AND token_hash = ?2 AND paylink_hash IS NULL")?
            .query_row(params![work.tenant.as_str(), self.hash], |row| row.get(0))
            .optional()?;
        owner.map(|owner| ids::stored(&owner, CustomerId::parse)).transpose()
    }

    /// Whether it counts now
    ///
    /// # Errors
    ///
    /// `account.over` when its time has passed, or when a newer pay link has taken the place of the one that it came from.
    pub fn check(&self, work: &Work<'_>) -> Result<(), ApiError> {
        let counts: bool = work
            .tx
            .prepare_cached(
                "SELECT a.expires_ms > ?3 AND (a.paylink_hash IS NULL OR EXISTS (SELECT 1 FROM paylinks p WHERE p.tenant_id = ?1 \
                 AND p.token_hash = a.paylink_hash AND p.superseded_ms IS NULL AND p.expires_ms > ?3)) \
                 FROM accesses a WHERE a.tenant_id = ?1 AND a.token_hash = ?2",
            )?
            .query_row(params![work.tenant.as_str(), self.hash, work.moment.ms()], |row| row.get(0))
            .optional()?
            .unwrap_or(false);
        if counts {
            return Ok(());
        }
        Err(ApiError::new(
            410,
            "account.over",
            "this access has ended",
            "open the page of the order once more, or the link of the newest message",
        ))
    }
}
