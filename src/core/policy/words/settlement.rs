//! A settlement as whole numbers, behind everything else: no engine that decides about orders reads it.

use super::{Out, condition};
use crate::policy::settlement::{PlanTerms, Settlement};

/// Where the settlement's own head holds what
pub(crate) mod head {
    /// The smallest part
    pub(crate) const PART: usize = 0;
    /// Days by which a due date is moved, 0 for never; and how often
    pub(crate) const DEFERRAL: usize = 1;
    /// Rates (see [`super::PLAN_WORDS`])
    pub(crate) const PLAN: usize = 3;
    /// Days of quiet, 0 for none
    pub(crate) const PAUSE: usize = 8;
    /// Rates of who says that money is tight
    pub(crate) const LIGHTER: usize = 9;
    /// List of nodes, 2 wide
    pub(crate) const NODES: usize = 14;
    /// List of methods: condition, fixed fee, share in ppm
    pub(crate) const METHODS: usize = 15;
}

/// Width of rates: the least that is paid by them, the fewest of them or 0 where there are none, the most, the smallest, days until the first
pub(crate) const PLAN_WORDS: usize = 5;

fn plan(terms: Option<PlanTerms>) -> [i64; PLAN_WORDS] {
    terms.map_or([0; PLAN_WORDS], |terms| {
        [terms.from, terms.rates_from.into(), terms.rates_to.into(), terms.rate_minimum, terms.first_within_days.into()]
    })
}

impl Out {
    /// Appends a settlement and answers its place
    pub(super) fn settlement(&mut self, settlement: &Settlement) -> i64 {
        let nodes = self.nodes(&settlement.conditions);
        let method = settlement.methods.iter();
        let methods = self.list(method.map(|method| [condition(method.when), method.fee.fixed, method.fee.rate.ppm().into()]));
        let place = self.next();
        let (days, times) = settlement.deferral.map_or((0, 0), |terms| (terms.days, terms.times));
        self.append(&[settlement.part_minimum, days.into(), times.into()]);
        self.append(&plan(settlement.plan));
        self.append(&[settlement.hardship.map_or(0, |terms| terms.pause_days.into())]);
        self.append(&plan(settlement.hardship.and_then(|terms| terms.plan)));
        self.append(&[nodes, methods]);
        place
    }
}
