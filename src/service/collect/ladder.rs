//! How the merchant reminds a customer: as the policy says, and as the segment of the case changes it.

use super::CaseFile;
use tresen_core::collect::{Now, segmented};
use tresen_core::policy::Chosen;

/// How a case is treated at a moment
pub fn of(case: &CaseFile, now: &Now) -> Chosen {
    let mut chosen = segmented(&case.policy.collection(), &case.core(), &case.known, now);
    // Who does not say who writes does not write.
    chosen.ladder.stopped |= case.policy.merchant().imprint.is_none();
    chosen
}
