//! ISO 7064 MOD 97-10, by which identifiers of accounts, creditors and payments carry their check digits.

/// The remainder by 97, letters counting from A = 10; whatever is neither letter nor digit is passed over
#[must_use]
pub fn remainder(characters: impl Iterator<Item = char>) -> u32 {
    characters.filter_map(|character| character.to_digit(36)).fold(0_u32, |rest, value| {
        let shift = if value > 9 { 100 } else { 10 };
        // `rest` stays below 97 and `value` below 36: nothing overflows.
        rest.wrapping_mul(shift).wrapping_add(value) % 97
    })
}
