//! A seeded source of choices: the same seed gives the same policy and facts on every machine.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "only tests use it, some where this is allowed anyway, and a broken promise in a test should stop the test"
)]

/// SplitMix64
#[derive(Debug)]
pub struct Chance(u64);

impl Chance {
    /// The source of a seed
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number below `end`
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    /// True once in `times`
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of some things
    pub fn pick<T: Clone>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())].clone()
    }

    /// A number around small thresholds, where edges meet
    pub fn amount(&mut self) -> i64 {
        let near = self.pick(&[0_i64, 1, 100, 2_500, 5_000, 10_000, 15_000, 25_000, 50_000]);
        (near + self.pick(&[-1_i64, 0, 0, 1, 7])).max(0)
    }

    /// That many things, made one by one
    pub fn some<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| make(self)).collect()
    }
}
