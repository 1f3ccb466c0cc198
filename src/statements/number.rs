//! A number for what the bank gives none.

use sha2::{Digest as _, Sha256};
use std::collections::HashMap;

/// Numbers of the rows of a file, made of what stands in them
///
/// Rows that say the same are counted, so two payments of the same sum on the same day stay two. A bank lists a day whole or from its
/// beginning, so the n-th of them is the n-th in the next file as well.
#[derive(Debug, Default)]
pub struct Numbers {
    seen: HashMap<[u8; 32], u32>,
}

impl Numbers {
    /// The number of the next row that says this
    pub fn of(&mut self, said: &[&str]) -> String {
        let mut hash = Sha256::new();
        for part in said {
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let hash: [u8; 32] = hash.finalize().into();
        let times = self.seen.entry(hash).or_insert(0);
        *times = times.saturating_add(1);
        let digits: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("row-{digits}-{times}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_say_the_same_are_counted() {
        let (mut first, mut second) = (Numbers::default(), Numbers::default());
        let one = first.of(&["2026-11-24", "12,50", "RF18"]);
        assert_eq!(one, second.of(&["2026-11-24", "12,50", "RF18"]));
        assert_ne!(one, first.of(&["2026-11-24", "12,50", "RF18"]));
        assert_ne!(one, second.of(&["2026-11-24", "12,5", "0RF18"]), "where a cell ends counts");
    }
}
