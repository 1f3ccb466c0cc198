//! How the merchant reminds a customer: as the policy says, and as the segment of the case changes it.

use super::CaseFile;
use tresen_core::collect::{Now, segmented};
use tresen_core::facts::Facts;
use tresen_core::ladder::Ladder;

/// The ladder for a case at a moment
pub fn of(case: &CaseFile, now: &Now) -> Ladder {
    let mut ladder = segmented(&case.policy.collection(), &case.core(), &Facts::new(), now).ladder;
    // Who does not say who writes does not write.
    ladder.stopped |= case.policy.merchant().imprint.is_none();
    ladder
}
