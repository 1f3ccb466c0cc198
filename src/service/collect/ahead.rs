//! What comes next of a claim if nothing happens until then: the merchant and the customer are told the same day.

use super::CaseFile;
use super::when::{again, moment};
use crate::app::Work;
use crate::error::ApiError;
use jiff::Timestamp;
use tresen_core::collect::{Action, Due, Gate};
use tresen_core::date::Date;
use tresen_core::ident::ReceivableId;
use tresen_core::ladder::Ladder;
use tresen_wire::http::{ClaimStep, NextStep, WhyNot};

/// How often it is looked ahead for what comes next; each is a later moment
const AHEAD_MAX: usize = 8;

/// What comes next of a claim and its first day, and why not now
type Coming = (Option<(Action, Date)>, Option<WhyNot>);

/// A case, and what is due in it from now on
#[derive(Debug)]
pub struct Ahead {
    /// The case
    pub case: CaseFile,
    ladder: Ladder,
    /// What is due now, and at later moments if nothing happens until then
    looks: Vec<(Timestamp, Due)>,
}

impl Ahead {
    /// Looks at a case now
    pub fn of(work: &Work<'_>, case: CaseFile) -> Result<Self, ApiError> {
        let now = moment(work, &case.policy, work.moment.now)?;
        let ladder = case.ladder(&now);
        let due = case.due(&ladder, &now);
        Ok(Self { looks: vec![(work.moment.now, due)], case, ladder })
    }

    /// What comes next of a claim, and why not now
    pub fn of_claim(&mut self, work: &Work<'_>, id: &ReceivableId) -> Result<Coming, ApiError> {
        let mut why_not = None;
        for place in 0..AHEAD_MAX {
            let Some((at, due)) = self.looks.get(place) else { break };
            let now = moment(work, &self.case.policy, *at)?;
            if let Some(action) = due.actions.iter().find(|action| step(action, id, now.today).is_some()) {
                return Ok((Some((action.clone(), now.today)), why_not));
            }
            let Some(gate) = due.stopped.iter().find(|(claim, _)| claim == id).map(|(_, gate)| *gate) else { break };
            let again = again(work, (&self.case, &self.ladder), (*at, &now), id, gate)?;
            let later = again.map(Timestamp::from_millisecond).transpose().map_err(ApiError::internal)?;
            if why_not.is_none() {
                let until = later.map(|later| moment(work, &self.case.policy, later)).transpose()?.map(|later| later.today.to_iso());
                let hold = if let Gate::Held(reason) = gate { Some(reason.into()) } else { None };
                why_not = Some(WhyNot { code: gate.code().to_owned(), hold, until });
            }
            let Some(later) = later else { break };
            // Another claim of the customer has been looked at already: only a later moment than its last is new.
            if self.looks.get(place.saturating_add(1)).is_none_or(|(known, _)| *known != later) {
                self.looks.truncate(place.saturating_add(1));
                let then = moment(work, &self.case.policy, later)?;
                let due = self.case.due(&self.case.ladder(&then), &then);
                self.looks.push((later, due));
            }
        }
        Ok((None, why_not))
    }

    /// What the customer is told of what comes next of some claims: the first of it, and nothing of a claim that something holds
    pub fn told(&mut self, work: &Work<'_>, claims: &[ReceivableId]) -> Result<Option<NextStep>, ApiError> {
        let mut first: Option<(Date, Happens)> = None;
        for id in claims {
            let (Some((action, from)), why_not) = self.of_claim(work, id)? else { continue };
            let is_held = why_not.is_some_and(|why| why.hold.is_some());
            let happens = Happens::of(&action).filter(|_| !is_held).map(|what| (from, what));
            first = match (first, happens) {
                // Of what falls on one day, what weighs more.
                (Some(known), Some(new)) if (new.0, core::cmp::Reverse(new.1)) >= (known.0, core::cmp::Reverse(known.1)) => Some(known),
                (known, new) => new.or(known),
            };
        }
        Ok(first.map(|(from, what)| NextStep { what: what.code().to_owned(), from: from.to_iso() }))
    }
}

/// What a customer is told of; what a human does about an address or a remainder is not among it
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Happens {
    Note,
    Reminder,
    FinalNotice,
    HandOver,
}

impl Happens {
    fn of(action: &Action) -> Option<Self> {
        match action {
            Action::Note { .. } => Some(Self::Note),
            Action::Remind(reminder) if reminder.last => Some(Self::FinalNotice),
            Action::Remind(_) => Some(Self::Reminder),
            Action::ProposePlacement { .. } => Some(Self::HandOver),
            Action::Unreachable { .. } | Action::ByHand { .. } | Action::ProposeClearing { .. } => None,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Reminder => "reminder",
            Self::FinalNotice => "final_notice",
            Self::HandOver => "hand_over",
        }
    }
}

/// What an action does about a claim from a day on
pub fn step(action: &Action, id: &ReceivableId, from: Date) -> Option<ClaimStep> {
    let next = |what: &str, level, channel| Some(ClaimStep { what: what.to_owned(), level, channel, from: from.to_iso() });
    match action {
        Action::Note { receivables, channel } if receivables.contains(id) => next("note", None, Some((*channel).into())),
        Action::Remind(reminder) => {
            let about = reminder.about.iter().find(|about| about.receivable == *id)?;
            next("reminder", Some(about.level), Some(reminder.channel.into()))
        }
        Action::Unreachable { receivable, level } if receivable == id => next("unreachable", Some(*level), None),
        Action::ProposePlacement { receivable } if receivable == id => next("propose_placement", None, None),
        Action::ProposeClearing { receivable } if receivable == id => next("propose_clearing", None, None),
        Action::ByHand { receivable, level } if receivable == id => next("by_hand", Some(*level), None),
        Action::Note { .. }
        | Action::Unreachable { .. }
        | Action::ByHand { .. }
        | Action::ProposePlacement { .. }
        | Action::ProposeClearing { .. } => None,
    }
}
