//! Up to which amounts one person may act alone, as JSON.

use super::reader::{Fields, Reader};
use tresen_core::receivable::{Mandate, Weighty};

/// What is done through the interface; the others need no limit as long as nobody can do them
const ACTS: [Weighty; 3] = [Weighty::Waive, Weighty::Settle, Weighty::WriteOff];

impl Reader {
    /// The block `mandate`; an act that it does not name needs nobody else
    pub(super) fn read_mandate(&mut self, fields: &Fields<'_>) -> Mandate {
        let Some(fields) = fields.get("mandate").and_then(|spot| self.object(&spot, &ACTS.map(Weighty::code))) else {
            return Mandate::default();
        };
        let limit = |act: Weighty| fields.get(act.code()).and_then(|spot| self.amount(&spot)).map(|minor| (act, minor));
        Mandate::of(ACTS.into_iter().filter_map(limit).collect::<Vec<_>>())
    }
}
