//! Whoever carries messages in a world: takes them, refuses them, is down or silent, and looks at each that it is handed.

use crate::common::HandClock;
use crate::common::books::{self, Broken, Sound, holds};
use crate::step::How;
use rusqlite::{Connection, OptionalExtension as _};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tresen_core::date::Date;
use tresen_core::ident::ReceivableId;
use tresen_core::ladder::Channel;
use tresen_core::receivable::{Account, Act, Holder};
use tresen_service::{Handed, Parcel, Transport};

/// Where customers may be written to, as the service has acknowledged it: customer, then channel and address
pub type Allowed = BTreeMap<usize, BTreeMap<Channel, String>>;

#[derive(Debug)]
pub struct Carrier {
    pub database: PathBuf,
    pub clock: Arc<HandClock>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    how: How,
    allowed: Allowed,
    /// Not to be written to at all: dead, insolvent, erased
    silent: BTreeSet<usize>,
    /// What was taken over, or may have been
    carried: BTreeSet<String>,
    broken: Option<Broken>,
    sql: Option<Connection>,
}

/// A message as it stands when it is handed over
struct Intent {
    customer: String,
    currency: String,
    occasion: String,
    state: String,
    about: Vec<serde_json::Value>,
    minor: i64,
    /// What it charges once it has left
    charges: Vec<serde_json::Value>,
}

impl Carrier {
    pub fn new(database: PathBuf, clock: Arc<HandClock>) -> Arc<Self> {
        let (allowed, silent, carried) = (Allowed::new(), BTreeSet::new(), BTreeSet::new());
        Arc::new(Self { database, clock, state: Mutex::new(State { how: How::Takes, allowed, silent, carried, broken: None, sql: None }) })
    }

    pub fn is(&self, how: How) {
        self.state.lock().unwrap().how = how;
    }

    pub fn allows(&self, who: usize, ways: BTreeMap<Channel, String>) {
        self.state.lock().unwrap().allowed.insert(who, ways);
    }

    /// One of a customer's ways is closed
    pub fn closes(&self, who: usize, channel: Channel) {
        if let Some(ways) = self.state.lock().unwrap().allowed.get_mut(&who) {
            ways.remove(&channel);
        }
    }

    pub fn is_silent_to(&self, who: usize, silent: bool) {
        let all = &mut self.state.lock().unwrap().silent;
        if silent {
            all.insert(who)
        } else {
            all.remove(&who)
        };
    }

    /// What it has found to be wrong
    pub fn sound(&self) -> Sound {
        self.state.lock().unwrap().broken.take().map_or(Ok(()), Err)
    }
}

impl Transport for Carrier {
    fn send(&self, channel: Channel, parcel: &Parcel) -> Handed {
        let mut state = self.state.lock().unwrap();
        let looked = state.look(self, channel, parcel);
        if let Err(broken) = looked
            && state.broken.is_none()
        {
            state.broken = Some(broken);
        }
        match state.how {
            How::Takes | How::IsSilent => {
                state.carried.insert(parcel.id.clone());
            }
            How::Refuses | How::IsDown => {}
        }
        match state.how {
            How::Takes => Handed::Sent { provider_ref: None },
            How::Refuses => Handed::Refused("there is no such address".into()),
            How::IsDown => Handed::NotNow("the relay is down".into()),
            How::IsSilent => Handed::Unknown("the connection was lost".into()),
        }
    }
}

impl State {
    fn look(&mut self, carrier: &Carrier, channel: Channel, parcel: &Parcel) -> Sound {
        let Parcel { id, recipient, .. } = parcel;
        holds(!self.carried.contains(id), "carried twice", || id.clone())?;
        let whose = self.allowed.iter().find(|(_, ways)| ways.get(&channel) == Some(recipient)).map(|(who, _)| *who);
        let Some(who) = whose else {
            return Err(Broken("no such way", format!("{} to {recipient}, open are {:?}", channel.code(), self.allowed)));
        };
        let sql = self.sql.get_or_insert_with(|| Connection::open(&carrier.database).unwrap());
        let ms = books::now_ms(sql, &*carrier.clock);
        let Some(intent) = intent(sql, id) else { return Err(Broken("no intent", id.clone())) };
        holds(!self.silent.contains(&who), "written to the silent", || format!("customer {who}: {}", intent.occasion))?;
        holds(intent.state == "sending", "sent without being on its way", || format!("{id} {}", intent.state))?;
        let account = books::account(sql, &intent.customer, &intent.currency)?;
        is_right(&intent, &account, ms, &format!("customer {who}: {} {}", intent.occasion, parcel.subject))
    }
}

fn intent(sql: &Connection, id: &str) -> Option<Intent> {
    let mut statement = sql
        .prepare_cached("SELECT customer_id, currency, occasion, state, about, amount_minor, charges FROM contacts WHERE message_id = ?1")
        .unwrap();
    let found = statement.query_row([id], |row| {
        let list = |column: usize| row.get(column).map(|text: String| serde_json::from_str(&text).unwrap());
        let (about, charges) = (list(4)?, list(6)?);
        Ok(Intent {
            customer: row.get(0)?,
            currency: row.get(1)?,
            occasion: row.get(2)?,
            state: row.get(3)?,
            about,
            minor: row.get(5)?,
            charges,
        })
    });
    found.optional().unwrap()
}

/// At the moment of sending, by what is written down and replayed apart from the service
fn is_right(intent: &Intent, account: &Account, ms: i64, what: &str) -> Sound {
    let local = jiff::Timestamp::from_millisecond(ms).unwrap().in_tz("Europe/Berlin").unwrap();
    let today = Date::parse(&local.date().to_string()).unwrap();
    let claims: Vec<(ReceivableId, u8)> = intent
        .about
        .iter()
        .map(|said| {
            let level = u8::try_from(said["level"].as_u64().unwrap()).unwrap();
            (ReceivableId::parse(said["receivable"].as_str().unwrap()).unwrap(), level)
        })
        .collect();
    let open: i64 = claims.iter().map(|(id, _)| account.open(id)).sum();
    let costs: i64 = intent.charges.iter().filter_map(|charge| charge["cost"]["minor"].as_i64()).sum();
    let interest = intent.minor - open - costs;
    let bears_interest = intent.charges.iter().any(|charge| charge["until"].is_string());
    // Far more than any rate gives in the weeks of a world.
    let most = if bears_interest { open / 10 } else { 0 };
    holds((0..=most).contains(&interest), "another amount", || {
        format!("{what}: says {}, open are {open}, beside it {:?}", intent.minor, intent.charges)
    })?;
    if !matches!(intent.occasion.as_str(), "note" | "reminder") {
        return Ok(());
    }
    holds(books::is_in_hours(ms), "hours", || format!("{what} at {local}"))?;
    for (id, level) in &claims {
        let blocked = account.blocked(Act::Contact, id, today);
        holds(blocked.is_none(), "written under a hold", || format!("{what}: {blocked:?}"))?;
        let Some(claim) = account.receivable(id) else { return Err(Broken("no claim", what.to_owned())) };
        holds(claim.holder == Holder::Merchant, "written about what an agency has", || what.to_owned())?;
        holds(account.open(id) > 0, "written about what is paid", || format!("{what}: {id}"))?;
        if intent.occasion == "reminder" {
            holds(account.overdue(id, today) > 0, "reminded of what is not late", || format!("{what}: {id}"))?;
            let at = claim.level.number;
            holds(*level == at || *level == at + 1, "a level skipped", || format!("{what}: {at} to {level}"))?;
            let running = claim.level.term_until.is_some_and(|until| *level > at && today <= until);
            holds(!running, "reminded within the term", || format!("{what}: {:?}", claim.level))?;
        }
    }
    Ok(())
}
