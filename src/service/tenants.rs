//! Tenants: one shop each.

use crate::api_keys;
use crate::app::{App, Caller};
use crate::error::ApiError;
use crate::{signing, vault};
use jiff::tz::TimeZone;
use rusqlite::params;
use serde::Serialize;
use tresen_core::ident::TenantId;
use tresen_wire::events::ActorKind;
use tresen_wire::http::KeyKind;

/// The tenant that a sandbox begins with
pub const DEMO: &str = "demo";
/// Where the demo's shop stands
const DEMO_ZONE: &str = "Europe/Berlin";

/// A new tenant with its first keys; the only time the keys are seen whole
#[derive(Debug, Clone, Serialize)]
pub struct NewTenant {
    /// Its id
    pub tenant: String,
    /// For browsers
    pub publishable: String,
    /// For the shop's server
    pub secret: String,
}

/// Reads the id of a tenant, or says what is wrong with it
pub fn id(text: &str) -> Result<TenantId, String> {
    TenantId::parse(text).ok_or_else(|| format!("`{text}` is not an id of a tenant: use lower-case letters, digits and hyphens"))
}

impl App {
    /// Makes a tenant: a lower-case id, and the IANA name of the zone whose days count
    ///
    /// # Errors
    ///
    /// A sentence for whoever asks: the id or zone is malformed, or the tenant exists.
    pub fn create_tenant(&self, tenant: &str, zone: &str) -> Result<NewTenant, String> {
        self.create(&id(tenant)?, zone, 0)
    }

    /// [`App::create_tenant`], its time that many seconds ahead of the clock
    fn create(&self, tenant: &TenantId, zone: &str, ahead_seconds: i64) -> Result<NewTenant, String> {
        TimeZone::get(zone).map_err(|_| format!("`{zone}` is not a time zone: use a name such as `Europe/Berlin`"))?;
        if self.has_tenant(tenant).map_err(|problem| problem.to_string())? {
            return Err(format!("the tenant `{tenant}` exists already"));
        }
        self.insert_tenant(tenant, zone, ahead_seconds).map_err(|problem| problem.to_string())
    }

    fn has_tenant(&self, tenant: &TenantId) -> Result<bool, ApiError> {
        self.store.read(|tx| Ok(crate::app::tenant_time(tx, tenant)?.is_some()))
    }

    fn insert_tenant(&self, tenant: &TenantId, zone: &str, ahead_seconds: i64) -> Result<NewTenant, ApiError> {
        self.store.write(|tx| {
            tx.execute(
                "INSERT INTO tenants (tenant_id, zone, ahead_seconds) VALUES (?1, ?2, ?3)",
                params![tenant.as_str(), zone, ahead_seconds],
            )?;
            Ok(())
        })?;
        self.write_now(Caller::of(tenant.clone(), ActorKind::System, "service", "setup"), |work| {
            signing::rotate(work)?;
            let publishable = api_keys::create(work, KeyKind::Publishable)?.key;
            let secret = api_keys::create(work, KeyKind::Secret)?.key;
            Ok(NewTenant { tenant: tenant.to_string(), publishable, secret })
        })
    }
}

/// Makes the demo's tenant at the first start of a sandbox, and writes its keys where the shop finds them
pub fn ensure_demo(app: &App) -> Result<(), String> {
    let tenant = id(DEMO)?;
    if app.has_tenant(&tenant).map_err(|problem| problem.to_string())? {
        return Ok(());
    }
    let ahead = app.config.sandbox_start.map_or(0, |start| start.duration_since(app.config.clock.now()).as_secs());
    let demo = app.create(&tenant, DEMO_ZONE, ahead)?;
    let Some(path) = &app.config.sandbox_keys_file else { return Ok(()) };
    let json = serde_json::to_string_pretty(&demo).map_err(|problem| problem.to_string())?;
    if path.exists() {
        std::fs::remove_file(path).map_err(|problem| format!("the old keys in `{}` cannot be removed: {problem}", path.display()))?;
    }
    vault::write_private(path, &format!("{json}\n"))
        .map_err(|problem| format!("the keys cannot be written to `{}`: {problem}", path.display()))
}
