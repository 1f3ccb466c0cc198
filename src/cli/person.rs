//! `tresen person`: what the service's database holds about one person, and that it goes.

use crate::failure::{Failure, PROBLEMS};
use crate::output;
use crate::serve::Store;
use clap::{Args, Subcommand};
use std::process::ExitCode;
use tresen_service::{App, DEMO_TENANT, Person};
use tresen_wire::http::ErasePerson;

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// All that is stored about a person, as JSON: what, where and why
    Export(Export),
    /// Erase a person; claims and payments stay under the service's own id
    Erase(Erase),
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    who: Who,
}

#[derive(Debug, Args)]
pub(crate) struct Erase {
    #[command(flatten)]
    who: Who,
    /// Also where a claim or a payment is open: nothing says any more whose it is
    #[arg(long)]
    despite_open: bool,
}

#[derive(Debug, Args)]
struct Who {
    #[command(flatten)]
    named: Named,
    #[command(flatten)]
    store: Store,
    /// Whose customer it is
    #[arg(long, default_value = DEMO_TENANT)]
    tenant: String,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Named {
    /// The shop's number of a customer
    #[arg(long)]
    customer: Option<String>,
    /// The shop's number of a guest's visit
    #[arg(long)]
    guest: Option<String>,
}

impl Named {
    fn person(&self) -> Person<'_> {
        match (&self.customer, &self.guest) {
            (Some(reference), _) => Person::Customer(reference),
            (None, guest) => Person::Guest(guest.as_deref().unwrap_or_default()),
        }
    }
}

pub(crate) fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Export(Export { who: Who { named, store, tenant } }) => {
            let export = App::open(store.config()).and_then(|app| app.export_person(&tenant, named.person())).map_err(refused)?;
            output::json("the answer", &export)
        }
        Command::Erase(Erase { who: Who { named, store, tenant }, despite_open }) => {
            let request = ErasePerson { despite_open };
            let erased = App::open(store.config()).and_then(|app| app.erase_person(&tenant, named.person(), request)).map_err(refused)?;
            output::json("the answer", &erased)
        }
    }
    .map(|()| ExitCode::SUCCESS)
}

fn refused(problem: String) -> Failure {
    Failure::new(PROBLEMS, "person.refused", problem, "check the number, the tenant and the database")
}
