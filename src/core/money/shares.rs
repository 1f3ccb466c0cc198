//! Whole units shared out in proportion, so that the parts sum to the whole.

use alloc::vec::Vec;

/// Shares of `size`, which is 0 or more, in proportion to weights that are 0 or more; nothing if the weights sum to nothing
///
/// Every part gets its share rounded down; the units left over go one each to the parts with the largest remainder, the earlier part first
/// where remainders are equal.
pub(crate) fn shares(size: i128, weights: impl Iterator<Item = i128> + Clone) -> Option<Vec<i128>> {
    let total: i128 = weights.clone().sum();
    if total == 0 {
        return None;
    }
    let divided: Vec<(i128, i128)> = weights
        .map(|weight| {
            let product = size.saturating_mul(weight);
            (product.div_euclid(total), product.rem_euclid(total))
        })
        .collect();
    let given: i128 = divided.iter().map(|share| share.0).sum();
    let mut by_remainder: Vec<usize> = (0..divided.len()).collect();
    by_remainder.sort_by_key(|index| core::cmp::Reverse(divided.get(*index).map_or(0, |share| share.1)));
    let left = usize::try_from(size.saturating_sub(given)).unwrap_or(0);
    let mut parts: Vec<i128> = divided.iter().map(|share| share.0).collect();
    for index in by_remainder.into_iter().take(left) {
        if let Some(part) = parts.get_mut(index) {
            *part = part.saturating_add(1);
        }
    }
    Some(parts)
}
