//! What whoever runs the service may do beside it, on the command line.

use crate::app::{App, Caller};
use crate::{journal, ledger, tenants};

impl App {
    /// Throws the projections of a tenant away and derives them anew from its events
    ///
    /// # Errors
    ///
    /// A sentence for whoever asks; nothing has changed then.
    pub fn rebuild(&self, tenant: &str) -> Result<(), String> {
        self.write_now(Caller::system(tenants::id(tenant)?), |work| ledger::rebuild(work.tx, &work.tenant))
            .map_err(|problem| problem.to_string())
    }

    /// The first event of a tenant that was changed, removed or put in after the fact, as its stream and number in it
    ///
    /// # Errors
    ///
    /// A sentence for whoever asks: the events cannot be read.
    pub fn first_broken_event(&self, tenant: &str) -> Result<Option<(String, i64)>, String> {
        self.read_now(Caller::system(tenants::id(tenant)?), |work| journal::first_break(work.tx, &work.tenant))
            .map_err(|problem| problem.to_string())
    }
}
