//! What customers send beside a request: a receipt for what they have paid, a photo of what came broken.
//!
//! **Invariant:** a file changes nothing. It belongs to the request that names it, or goes after a day; it is sealed by its customer's key and goes
//! with it. **Invariant:** what a file is, its first bytes say; it is handed to the shop's server alone, to be kept and never to be shown here.

mod bare;
mod heic;
mod keep;
mod kind;
mod name;

pub use keep::expire;

use crate::accounts::Access;
use crate::app::{App, Work};
use crate::clock::instant;
use crate::error::ApiError;
use crate::ids;
use crate::places::Place;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kind::Kind;
use rusqlite::{OptionalExtension as _, params};
use sha2::{Digest as _, Sha256};
use tresen_core::ident::{CustomerId, ProofId, ReceivableId, RequestId, TenantId};
use tresen_wire::decision::hex;
use tresen_wire::http::{ExportedProof, Proof};

/// The largest file, in bytes, as it is sent
pub const SIZE_MAX: usize = 5 * 1024 * 1024;
/// Files that a request names
pub const EACH_MAX: usize = 3;
/// Files of a customer within a day
const DAY_MAX: u32 = 20;
/// A file that no request names goes after so long
const WAIT_MS: i64 = 24 * 60 * 60 * 1_000;

/// A file that was sent, before it is kept
#[derive(Debug)]
pub struct Upload {
    kind: Kind,
    name: String,
    /// The hash of what was sent
    hash: String,
    /// What is kept of it
    content: Vec<u8>,
}

/// A file that is handed out
#[derive(Debug)]
pub struct Handed {
    /// What it is called, without its ending
    pub stem: String,
    /// Its ending
    pub ending: &'static str,
    /// What it is
    pub media_type: &'static str,
    /// What is in it
    pub content: Vec<u8>,
}

/// It is larger than what is taken
pub fn too_large() -> ApiError {
    let message = format!("the file is larger than {SIZE_MAX} bytes");
    ApiError::new(413, "proof.too_large", message, "send a smaller one: a photo of less detail, or a page instead of all of them")
}

impl Upload {
    /// Reads a file, with the name that its sender gives it
    ///
    /// # Errors
    ///
    /// `proof.too_large`; `proof.kind` for what is none of the kinds that are taken, whatever it is called; `proof.damaged` for a picture that is none.
    pub fn read(bytes: Vec<u8>, said: &str) -> Result<Self, ApiError> {
        if bytes.len() > SIZE_MAX {
            return Err(too_large());
        }
        let kind = Kind::of(&bytes).ok_or_else(|| {
            let message = "the file is no PDF and no picture in JPEG, PNG, WebP or HEIC";
            ApiError::new(415, "proof.kind", message, "send it as a PDF or as a picture; the first bytes count, not the name")
        })?;
        let hash = hex(&Sha256::digest(&bytes));
        let content = bare::bare(kind, bytes).ok_or_else(|| {
            let message = "the file begins as a picture and does not go on as one";
            ApiError::new(422, "proof.damaged", message, "open it, save it once more and send that, or send it as a PDF")
        })?;
        Ok(Self { kind, name: name::clean(said, kind), hash, content })
    }
}

/// Keeps a file of a customer's until a request names it; the same content is kept once
///
/// # Errors
///
/// `account.over`; `proof.too_often`.
pub fn take(work: &Work<'_>, access: &Access, upload: &Upload) -> Result<Proof, ApiError> {
    access.check(work)?;
    let (tenant, customer, now) = (work.tenant.as_str(), access.customer.as_str(), work.moment.ms());
    let key = work.key_of(&access.customer)?.ok_or_else(|| ApiError::internal("an access of nobody"))?;
    let index = work.app.vault.index(&work.tenant, "proof", &format!("{customer}/{}", upload.hash));
    let look = now.saturating_add(WAIT_MS);
    let again = "UPDATE proofs SET look_ms = ?4 WHERE tenant_id = ?1 AND customer_id = ?2 AND content_index = ?3 AND request_id IS NULL RETURNING proof_id";
    let known: Option<String> =
        work.tx.prepare_cached(again)?.query_row(params![tenant, customer, index, look], |row| row.get(0)).optional()?;
    if let Some(known) = known {
        return find(work, &ids::stored(&known, ProofId::parse)?)?.ok_or_else(|| ApiError::internal("a file that was there"));
    }
    let sent: u32 = work
        .tx
        .prepare_cached("SELECT count(*) FROM proofs WHERE tenant_id = ?1 AND customer_id = ?2 AND sent_ms > ?3")?
        .query_row(params![tenant, customer, now.saturating_sub(WAIT_MS)], |row| row.get(0))?;
    if sent >= DAY_MAX {
        let message = format!("{DAY_MAX} files have been sent within a day");
        return Err(ApiError::new(429, "proof.too_often", message, "send the others tomorrow, or talk to the shop"));
    }
    let id = ids::by_time(work.moment.now, ProofId::from_bytes)?;
    let place = Place::Proof(id.clone());
    work.tx
        .prepare_cached(
            "INSERT INTO proofs (tenant_id, proof_id, customer_id, kind, size, content_index, sent_ms, look_ms, sealed_name, sealed_content) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            tenant,
            id.as_str(),
            customer,
            upload.kind.code(),
            i64::try_from(upload.content.len()).unwrap_or(i64::MAX),
            index,
            now,
            look,
            key.seal(&place, upload.name.as_bytes())?,
            key.seal(&place, &upload.content)?
        ])?;
    find(work, &id)?.ok_or_else(|| ApiError::internal("a file that was just kept"))
}

/// The customer takes a file back that no request names yet
///
/// # Errors
///
/// `account.over`; `proof.unknown`, also for one that a request names: that is the shop's to look at.
pub fn take_back(work: &Work<'_>, access: &Access, text: &str) -> Result<Proof, ApiError> {
    access.check(work)?;
    let id = ProofId::parse(text).ok_or_else(unknown)?;
    let proof = find(work, &id)?.ok_or_else(unknown)?;
    let gone = work
        .tx
        .prepare_cached("DELETE FROM proofs WHERE tenant_id = ?1 AND proof_id = ?2 AND customer_id = ?3 AND request_id IS NULL")?
        .execute([work.tenant.as_str(), id.as_str(), access.customer.as_str()])?;
    if gone == 1 { Ok(proof) } else { Err(unknown()) }
}

/// Refuses more files than a request may name
///
/// # Errors
///
/// `proof.too_many`.
pub fn check(proofs: &[String]) -> Result<(), ApiError> {
    if proofs.len() <= EACH_MAX {
        return Ok(());
    }
    let message = format!("a request names {EACH_MAX} files at most");
    Err(ApiError::invalid("proof.too_many", "/proofs", message, "name those that matter most, and send the others with a message"))
}

/// From now on the files belong to a request of their customer's
///
/// # Errors
///
/// `proof.unknown` for one that is not there any more, is somebody else's, or belongs to a request already.
pub fn belong(work: &Work<'_>, customer: &CustomerId, request: &RequestId, proofs: &[String]) -> Result<(), ApiError> {
    for text in proofs {
        let missing = || {
            let help = "send it once more: a file that no request names is kept for a day, and belongs to one request";
            ApiError::invalid("proof.unknown", "/proofs", "one of the files is not there", help)
        };
        let id = ProofId::parse(text).ok_or_else(missing)?;
        let named = work
            .tx
            .prepare_cached(
                "UPDATE proofs SET request_id = ?4, look_ms = ?5 WHERE tenant_id = ?1 AND proof_id = ?2 AND customer_id = ?3 AND request_id IS NULL",
            )?
            .execute(params![work.tenant.as_str(), id.as_str(), customer.as_str(), request.as_str(), keep::first_look(work)?])?;
        (named == 1).then_some(()).ok_or_else(missing)?;
    }
    Ok(())
}

fn unknown() -> ApiError {
    ApiError::unknown("proof.unknown", "file")
}

const ABOUT: &str = "SELECT proof_id, customer_id, kind, size, sent_ms, sealed_name FROM proofs";

/// A file, without what is in it; nothing of a person who is erased
fn find(work: &Work<'_>, id: &ProofId) -> Result<Option<Proof>, ApiError> {
    Ok(all(work, "tenant_id = ?1 AND proof_id = ?2", &[&work.tenant.as_str(), &id.as_str()])?.pop())
}

/// The files that a request names, the first first
pub fn of_request(work: &Work<'_>, request: &RequestId) -> Result<Vec<Proof>, ApiError> {
    all(work, "tenant_id = ?1 AND request_id = ?2 ORDER BY sent_ms, rowid", &[&work.tenant.as_str(), &request.as_str()])
}

/// The files that were sent about a claim, or about all that was open, the first first
pub fn of_claim(work: &Work<'_>, customer: &CustomerId, receivable: &ReceivableId) -> Result<Vec<Proof>, ApiError> {
    let filter = "tenant_id = ?1 AND customer_id = ?2 AND EXISTS (SELECT 1 FROM requests r WHERE r.tenant_id = ?1 AND r.request_id = proofs.request_id \
                  AND (r.receivable_id IS NULL OR r.receivable_id = ?3)) ORDER BY sent_ms, rowid";
    all(work, filter, &[&work.tenant.as_str(), &customer.as_str(), &receivable.as_str()])
}

fn all(work: &Work<'_>, filter: &str, given: &[&dyn rusqlite::ToSql]) -> Result<Vec<Proof>, ApiError> {
    let mut statement = work.tx.prepare_cached(&format!("{ABOUT} WHERE {filter}"))?;
    let mut rows = statement.query(given)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id = ids::stored(&row.get::<_, String>(0)?, ProofId::parse)?;
        let Some(key) = work.key_of(&ids::stored(&row.get::<_, String>(1)?, CustomerId::parse)?)? else { continue };
        let name = key.open(&Place::Proof(id.clone()), &row.get::<_, Vec<u8>>(5)?)?;
        found.push(Proof {
            proof: id.to_string(),
            name: String::from_utf8(name).map_err(ApiError::internal)?,
            media_type: stored_kind(&row.get::<_, String>(2)?)?.media_type().to_owned(),
            size: row.get(3)?,
            sent_at: instant(row.get(4)?)?,
        });
    }
    Ok(found)
}

fn stored_kind(code: &str) -> Result<Kind, ApiError> {
    Kind::ALL.into_iter().find(|kind| kind.code() == code).ok_or_else(|| ApiError::internal("a file of no kind"))
}

/// A file for the shop's server; only what a request names is the shop's to look at
///
/// # Errors
///
/// `proof.unknown`.
pub fn hand_out(work: &Work<'_>, text: &str) -> Result<Handed, ApiError> {
    let id = ProofId::parse(text).ok_or_else(unknown)?;
    let found: Option<(String, String, Vec<u8>)> = work
        .tx
        .prepare_cached(
            "SELECT customer_id, kind, sealed_content FROM proofs WHERE tenant_id = ?1 AND proof_id = ?2 AND request_id IS NOT NULL",
        )?
        .query_row([work.tenant.as_str(), id.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (customer, kind, sealed) = found.ok_or_else(unknown)?;
    let key = work.key_of(&ids::stored(&customer, CustomerId::parse)?)?.ok_or_else(unknown)?;
    let (kind, about) = (stored_kind(&kind)?, find(work, &id)?.ok_or_else(unknown)?);
    let stem = about.name.rsplit_once('.').map_or(about.name.as_str(), |(stem, _)| stem).to_owned();
    Ok(Handed { stem, ending: kind.ending(), media_type: kind.media_type(), content: key.open(&Place::Proof(id), &sealed)? })
}

/// Everything that a person sent, for their file
pub fn export(work: &Work<'_>, customer: &CustomerId) -> Result<Vec<ExportedProof>, ApiError> {
    let Some(key) = work.key_of(customer)? else { return Ok(Vec::new()) };
    let filter = "tenant_id = ?1 AND customer_id = ?2 ORDER BY sent_ms, rowid";
    let mut exported = Vec::new();
    for about in all(work, filter, &[&work.tenant.as_str(), &customer.as_str()])? {
        let (request, sealed): (Option<String>, Vec<u8>) = work
            .tx
            .prepare_cached("SELECT request_id, sealed_content FROM proofs WHERE tenant_id = ?1 AND proof_id = ?2")?
            .query_row([work.tenant.as_str(), about.proof.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let content = key.open(&Place::Proof(ids::stored(&about.proof, ProofId::parse)?), &sealed)?;
        exported.push(ExportedProof { about, request, content: STANDARD.encode(content) });
    }
    Ok(exported)
}

/// Whether something has to be looked at now
fn is_any_due(app: &App, tenant: &TenantId) -> Result<bool, ApiError> {
    app.read_now(crate::app::Caller::system(tenant.clone()), |work| {
        Ok(work
            .tx
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM proofs WHERE tenant_id = ?1 AND look_ms <= ?2)")?
            .query_row(params![work.tenant.as_str(), work.moment.ms()], |row| row.get(0))?)
    })
}
