//! The running service: its parts, and how a piece of work gets at the database, the time and whoever asked.

use crate::bureau::{self, Behaviour, Bureau, HttpBureau};
use crate::clock::{Moment, TenantTime};
use crate::config::Config;
use crate::engine::PolicyShelf;
use crate::error::ApiError;
use crate::limiter::Limiter;
use crate::sessions::SANDBOX_PROVIDER;
use crate::store::Store;
use crate::vault::Vault;
use rusqlite::{OptionalExtension as _, Transaction, params};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, OnceLock};
use tresen_core::ident::TenantId;
use tresen_wire::events::{Actor, ActorKind};

/// The running service
#[derive(Debug)]
pub struct App {
    pub(crate) config: Config,
    pub(crate) store: Store,
    pub(crate) vault: Vault,
    pub(crate) policies: PolicyShelf,
    pub(crate) limiter: Limiter,
    /// Held by whoever makes a round of messages here: a time machine that moved on between sending and writing that down would find them forlorn
    pub(crate) rounds: Mutex<()>,
    /// How the sandbox's credit bureau behaves
    pub(crate) bureau_behaviour: Behaviour,
    /// Where this instance can be reached by itself, once it listens
    pub(crate) address: OnceLock<SocketAddr>,
}

/// A piece of work in one transaction, for one tenant, at one moment
#[derive(Debug)]
pub struct Work<'a> {
    pub(crate) app: &'a App,
    pub(crate) tx: &'a Transaction<'a>,
    pub(crate) tenant: TenantId,
    pub(crate) moment: Moment,
    pub(crate) actor: Actor,
    pub(crate) idempotency_key: Option<String>,
}

/// Who asks, once the key has been checked
#[derive(Debug, Clone)]
pub struct Caller {
    pub(crate) tenant: TenantId,
    pub(crate) actor: Actor,
    pub(crate) idempotency_key: Option<String>,
}

impl Caller {
    /// The service itself, by the clock
    pub fn system(tenant: TenantId) -> Self {
        Self::of(tenant, ActorKind::System, "service", "clock")
    }

    /// Somebody for whom no API key speaks
    pub fn of(tenant: TenantId, kind: ActorKind, id: &str, role: &str) -> Self {
        Self { tenant, actor: Actor { kind, id: id.to_owned(), role: role.to_owned() }, idempotency_key: None }
    }
}

impl Work<'_> {
    /// The same work, done by the service itself
    pub fn as_system(&self) -> Work<'_> {
        let Caller { tenant, actor, idempotency_key } = Caller::system(self.tenant.clone());
        Work { app: self.app, tx: self.tx, tenant, moment: self.moment.clone(), actor, idempotency_key }
    }

    /// The next number for a reference that payers write on their transfers
    pub fn next_reference(&self) -> Result<i64, ApiError> {
        Ok(self
            .tx
            .prepare_cached("UPDATE tenants SET next_reference = next_reference + 1 WHERE tenant_id = ?1 RETURNING next_reference - 1")?
            .query_row([self.tenant.as_str()], |row| row.get(0))?)
    }
}

impl App {
    /// Opens the database and the vault
    ///
    /// # Errors
    ///
    /// A sentence for whoever starts the service.
    pub fn open(config: Config) -> Result<Arc<Self>, String> {
        let vault = Vault::from_file(&config.master_key_file, config.sandbox)?;
        let store = Store::open(&config.database, config.watch_sql)?;
        let app = Arc::new(Self {
            store,
            vault,
            policies: PolicyShelf::default(),
            limiter: Limiter::default(),
            rounds: Mutex::new(()),
            bureau_behaviour: Behaviour::default(),
            address: OnceLock::new(),
            config,
        });
        if app.config.sandbox {
            crate::tenants::ensure_demo(&app)?;
        }
        Ok(app)
    }

    /// The credit bureau of that name
    pub(crate) fn bureau(&self, adapter: &str) -> Option<Arc<dyn Bureau>> {
        if let Some(bureau) = self.config.bureaus.get(adapter) {
            return Some(Arc::clone(bureau));
        }
        let port = self.address.get().filter(|_| self.config.sandbox && adapter == SANDBOX_PROVIDER)?.port();
        Some(Arc::new(HttpBureau::new(format!("http://127.0.0.1:{port}{}", bureau::INQUIRIES), None)))
    }

    /// Reads; holds up nobody who writes
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        caller: Caller,
        work: impl FnOnce(&Work<'_>) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let app = Arc::clone(self);
        blocking(move || app.read_now(caller, work)).await
    }

    /// Writes, all of it or nothing
    pub(crate) async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        caller: Caller,
        work: impl FnOnce(&Work<'_>) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let app = Arc::clone(self);
        blocking(move || app.write_now(caller, work)).await
    }

    /// [`App::read`] on this thread
    pub(crate) fn read_now<T>(&self, caller: Caller, work: impl FnOnce(&Work<'_>) -> Result<T, ApiError>) -> Result<T, ApiError> {
        self.store.read(|tx| work(&self.work(tx, caller)?))
    }

    /// [`App::write`] on this thread
    pub(crate) fn write_now<T>(&self, caller: Caller, work: impl FnOnce(&Work<'_>) -> Result<T, ApiError>) -> Result<T, ApiError> {
        self.store.write(|tx| {
            let work_now = self.work(tx, caller)?;
            tx.prepare_cached("UPDATE tenants SET highest_ms = ?2 WHERE tenant_id = ?1")?
                .execute(params![work_now.tenant.as_str(), work_now.moment.ms()])?;
            work(&work_now)
        })
    }

    fn work<'a>(&'a self, tx: &'a Transaction<'a>, caller: Caller) -> Result<Work<'a>, ApiError> {
        let time = tenant_time(tx, &caller.tenant)?.ok_or_else(|| ApiError::internal("a caller of no tenant"))?;
        let moment = Moment::checked(self.config.clock.as_ref(), &time)?;
        let Caller { tenant, actor, idempotency_key } = caller;
        Ok(Work { app: self, tx, tenant, moment, actor, idempotency_key })
    }
}

/// What is written down about a tenant's time
pub fn tenant_time(tx: &Transaction<'_>, tenant: &TenantId) -> Result<Option<TenantTime>, ApiError> {
    Ok(tx
        .prepare_cached("SELECT zone, ahead_seconds, highest_ms FROM tenants WHERE tenant_id = ?1")?
        .query_row([tenant.as_str()], |row| Ok(TenantTime { zone: row.get(0)?, ahead_seconds: row.get(1)?, highest_ms: row.get(2)? }))
        .optional()?)
}

/// Runs on a thread that may wait for the disk
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, ApiError> + Send + 'static) -> Result<T, ApiError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(answer) => answer,
        Err(problem) => Err(ApiError::internal(problem)),
    }
}
