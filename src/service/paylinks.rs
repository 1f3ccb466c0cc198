//! Pay links: short names that lead to what a customer owes today, and to nothing that is personal.
//!
//! **Invariant:** opening a link changes nothing about what is owed; a mail's scanner opens it too. That a person did is noted once, of the message that
//! brought the link.
//! **Invariant:** a token is stored as its hash only, and a customer has one link at a time: the one of the newest message that has reached them. What
//! is written and does not leave takes no link from anybody.

mod human;
pub mod page;
mod promise;
mod token;
mod transfer;
mod view;
mod visit;

pub use human::ways;
pub use promise::{asked_of, promise};
pub use transfer::{of_receivable, transfer, transfer_for};
pub use view::{shop, view};
pub use visit::{is_person, note as note_visit};

use crate::app::{App, Caller, Work};
use crate::claims;
use crate::clock::wire;
use crate::collect::{self, Voice};
use crate::error::ApiError;
use crate::ids;
use crate::ledger::day;
use crate::paying::Payer;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension as _, params};
use token::Token;
use tresen_core::ident::{CustomerId, ReceivableId, TenantId};
use tresen_core::receivable::Account;
use tresen_core::settle::{Situation, Terms, Told};
use tresen_wire::decision::hex;
use tresen_wire::events::ActorKind;
use tresen_wire::http::{AddressForm, PaylinkIssued};

/// A link that exists
#[derive(Debug, Clone)]
pub struct Link {
    hash: [u8; 32],
    customer: CustomerId,
    currency: String,
    receivables: Vec<ReceivableId>,
    issued_ms: i64,
    expires: Timestamp,
    superseded: bool,
    locale: String,
    form: AddressForm,
}

/// A new link for a customer, about claims of theirs, which speaks as the message that brings it; it takes the place of the one before
///
/// # Errors
///
/// `receivable.unknown` for a claim that is not the customer's, or in another currency than the first.
pub fn issue(work: &Work<'_>, customer: &CustomerId, receivables: &[ReceivableId], voice: &Voice) -> Result<PaylinkIssued, ApiError> {
    work.tx
        .prepare_cached(
            "UPDATE paylinks SET superseded_ms = ?4 WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3 AND superseded_ms IS NULL",
        )?
        .execute(params![work.tenant.as_str(), customer.as_str(), currency_of(work, customer, receivables)?, work.moment.ms()])?;
    add(work, customer, receivables, voice)
}

/// As [`issue`], for a message that has yet to reach them: [`replace`] is said when it has
pub fn add(work: &Work<'_>, customer: &CustomerId, receivables: &[ReceivableId], voice: &Voice) -> Result<PaylinkIssued, ApiError> {
    let currency = currency_of(work, customer, receivables)?;
    let token = Token::new()?;
    let lifetime = SignedDuration::try_from(work.app.config.paylink_lifetime).map_err(ApiError::internal)?;
    let expires = work.moment.plus(lifetime)?;
    let ids: Vec<&str> = receivables.iter().map(ReceivableId::as_str).collect();
    work.tx
        .prepare_cached(
            "INSERT INTO paylinks (tenant_id, token_hash, customer_id, currency, receivables, issued_ms, expires_ms, locale, address_form) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            work.tenant.as_str(),
            token.hash(),
            customer.as_str(),
            currency,
            serde_json::to_string(&ids)?,
            work.moment.ms(),
            expires.as_millisecond(),
            voice.locale,
            voice.form.code()
        ])?;
    let url = format!("{}/pay/{}", work.app.config.public_url.trim_end_matches('/'), token.as_str());
    Ok(PaylinkIssued { token: token.as_str().to_owned(), url, expires_at: wire(expires) })
}

/// The link that was made at that moment, if one was, takes the place of those before
pub fn replace(work: &Work<'_>, customer: &CustomerId, currency: &str, issued_ms: i64) -> Result<(), ApiError> {
    work.tx
        .prepare_cached(
            "UPDATE paylinks SET superseded_ms = ?5 WHERE tenant_id = ?1 AND customer_id = ?2 AND currency = ?3 AND superseded_ms IS NULL \
             AND issued_ms < ?4 AND EXISTS (SELECT 1 FROM paylinks p WHERE p.tenant_id = ?1 AND p.customer_id = ?2 AND p.currency = ?3 \
             AND p.issued_ms = ?4)",
        )?
        .execute(params![work.tenant.as_str(), customer.as_str(), currency, issued_ms, work.moment.ms()])?;
    Ok(())
}

/// The address of a link that says nothing to whoever reads it on a lock screen
pub fn quiet(work: &Work<'_>, link: &PaylinkIssued) -> String {
    format!("{}/m/{}", work.app.config.public_url.trim_end_matches('/'), link.token)
}

/// A new link for the customer of a claim, about it and everything else of theirs that is open
pub fn issue_for(work: &Work<'_>, id: &ReceivableId) -> Result<PaylinkIssued, ApiError> {
    let ledger = claims::ledger(work, id)?;
    let account = ledger.account();
    let mut about: Vec<ReceivableId> =
        account.receivables().filter(|(_, claim)| claim.ending.is_none()).map(|(id, _)| id.clone()).collect();
    if about.is_empty() {
        about.push(id.clone());
    }
    issue(work, ledger.customer(), &about, &collect::voice(work, ledger.customer())?)
}

fn currency_of(work: &Work<'_>, customer: &CustomerId, receivables: &[ReceivableId]) -> Result<String, ApiError> {
    let unknown = || ApiError::unknown("receivable.unknown", "claim");
    let mut currency: Option<String> = None;
    for id in receivables {
        let found: Option<String> = work
            .tx
            .prepare_cached("SELECT currency FROM receivables WHERE tenant_id = ?1 AND receivable_id = ?2 AND customer_id = ?3")?
            .query_row(params![work.tenant.as_str(), id.as_str(), customer.as_str()], |row| row.get(0))
            .optional()?;
        let found = found.ok_or_else(unknown)?;
        if currency.as_ref().is_some_and(|currency| *currency != found) {
            return Err(unknown());
        }
        currency = Some(found);
    }
    currency.ok_or_else(unknown)
}

/// The link of a token, and whoever acts by it
///
/// # Errors
///
/// `paylink.unknown`; and `rate.limited`, which those who guess hit sooner than those who hold one.
pub fn opened(app: &App, text: &str) -> Result<(Caller, Link), ApiError> {
    let found = match Token::parse(text) {
        Some(token) => by_hash(app, &token.hash())?,
        None => None,
    };
    let Some((tenant, link)) = found else {
        app.limiter.take("paylink")?;
        return Err(ApiError::new(
            404,
            "paylink.unknown",
            "there is no such pay link",
            "open the link once more from the newest message, or look into the shop by its own address",
        ));
    };
    app.limiter.take(&hex(&link.hash))?;
    Ok((Caller::of(tenant, ActorKind::Shopper, link.customer.as_str(), "pay link"), link))
}

fn by_hash(app: &App, hash: &[u8; 32]) -> Result<Option<(TenantId, Link)>, ApiError> {
    type Columns = (String, String, String, String, i64, i64, bool, String, String);
    // Without a tenant, as with a key: the token says whose it is.
    let found: Option<Columns> = app.store.read(|tx| {
        Ok(tx
            .prepare_cached(
                "SELECT tenant_id, customer_id, currency, receivables, issued_ms, expires_ms, superseded_ms IS NOT NULL, locale, address_form \
                 FROM paylinks WHERE token_hash = ?1",
            )?
            .query_row([hash], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?))
            })
            .optional()?)
    })?;
    let Some((tenant, customer, currency, receivables, issued_ms, expires, superseded, locale, form)) = found else { return Ok(None) };
    let names: Vec<String> = serde_json::from_str(&receivables)?;
    let link = Link {
        hash: *hash,
        customer: ids::stored(&customer, CustomerId::parse)?,
        currency,
        receivables: names.iter().map(|name| ids::stored(name, ReceivableId::parse)).collect::<Result<_, _>>()?,
        issued_ms,
        expires: Timestamp::from_millisecond(expires).map_err(ApiError::internal)?,
        superseded,
        locale,
        form: if form == AddressForm::Du.code() { AddressForm::Du } else { AddressForm::Sie },
    };
    Ok(Some((ids::stored(&tenant, TenantId::parse)?, link)))
}

impl Link {
    fn is_expired(&self, work: &Work<'_>) -> bool {
        work.moment.now >= self.expires
    }

    /// Whether it is still the one that counts
    ///
    /// # Errors
    ///
    /// `paylink.over` of a link that was replaced or is too old.
    pub fn check(&self, work: &Work<'_>) -> Result<(), ApiError> {
        if !self.superseded && !self.is_expired(work) {
            return Ok(());
        }
        Err(ApiError::new(409, "paylink.over", "this link is no longer the newest", "open the link of the newest message, and go on there"))
    }

    /// What is stored of its token
    pub fn hash(&self) -> &[u8; 32] {
        &self.hash
    }

    /// Whose it is
    pub fn customer(&self) -> &CustomerId {
        &self.customer
    }

    /// In which currency
    pub fn currency(&self) -> &str {
        &self.currency
    }

    /// The claims that it is about
    pub fn receivables(&self) -> &[ReceivableId] {
        &self.receivables
    }
}

/// How it stands with some claims; `told` says what is known of each beside the account
pub fn situation(
    work: &Work<'_>,
    account: &Account,
    claims: &[ReceivableId],
    told: impl Fn(&ReceivableId) -> Told,
) -> Result<Situation, ApiError> {
    let policy = work.active_policy()?;
    let terms = Terms { market: policy.law(), calendar: collect::calendar(&policy), sells: policy.merchant().sells() };
    Ok(Situation::of(account, claims, day(work.moment.today)?, terms, told))
}

/// Whoever pays by a link, and comes back to its page
pub fn payer(work: &Work<'_>, link: &Link, token: &str) -> Result<Payer, ApiError> {
    link.check(work)?;
    Ok(Payer {
        customer: link.customer.clone(),
        currency: link.currency.clone(),
        receivables: link.receivables.clone(),
        locale: link.locale.clone(),
        back: format!("../{}", Token::parse(token).map(|token| token.as_str().to_owned()).unwrap_or_default()),
        paylink: Some(hex(&link.hash)),
    })
}
