//! What whoever runs the service may do beside it, on the command line.

use crate::app::{App, Caller};
use crate::rights::{self, Person};
use crate::{journal, ledger, tenants};
use tresen_wire::events::ActorKind;
use tresen_wire::http::{ErasePerson, PersonErased, PersonExport};

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

    /// All that is stored about a person
    ///
    /// # Errors
    ///
    /// A sentence for whoever asks: nobody is known by that number.
    pub fn export_person(&self, tenant: &str, person: Person<'_>) -> Result<PersonExport, String> {
        self.read_now(Caller::system(tenants::id(tenant)?), |work| rights::export(work, person)).map_err(|problem| problem.to_string())
    }

    /// Erases a person, and what the database would keep of them in its log and its pages
    ///
    /// # Errors
    ///
    /// A sentence for whoever asks: nobody is known by that number, or something is open. Where nobody is known the file is written anew, as after a kill it may have to be.
    pub fn erase_person(&self, tenant: &str, person: Person<'_>, request: ErasePerson) -> Result<PersonErased, String> {
        let operator = Caller::of(tenants::id(tenant)?, ActorKind::System, "operator", "command line");
        let both = self.write_now(operator, |work| Ok((person.keys(work)?, rights::erase(work, person, request)?)));
        // Whom nobody knows any more may have been erased by a command that was killed before it looked through the file.
        let keys = match &both {
            Ok((keys, _)) => keys.as_slice(),
            Err(problem) if problem.code == "customer.unknown" => &[],
            Err(problem) => return Err(problem.to_string()),
        };
        self.store.scrub(keys).map_err(|problem| problem.to_string())?;
        both.map(|(_, erased)| erased).map_err(|problem| problem.to_string())
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
