//! Whatever happens in whatever order: worlds in which chance takes every step, and what must be so after each.

use super::books::{Broken, Sound};
use super::chance::Chance;

pub trait World {
    fn new() -> Self;

    /// One thing happens; what it was
    fn step(&mut self, chance: &mut Chance) -> String;

    /// After every step
    fn is_sound(&self) -> Sound;

    /// When everybody has said everything
    fn ends(&mut self) -> Sound;
}

/// Lives so many worlds for so many steps each, or `TRESEN_LIVES` worlds from `TRESEN_SEED` on; what is broken is told with all that happened
pub fn live<W: World>(lives: u64, steps: usize, mut at_last: impl FnMut(&W)) {
    let number = |name: &str, otherwise: u64| std::env::var(name).ok().map_or(otherwise, |text| text.parse().unwrap());
    let from = number("TRESEN_SEED", 1);
    for seed in from..from + number("TRESEN_LIVES", lives) {
        let (mut chance, mut world, mut happened) = (Chance::new(seed), W::new(), Vec::new());
        let stops = |Broken(name, place): Broken, happened: &[String]| panic!("seed {seed}: {name}: {place}\n{happened:#?}");
        for _ in 0..steps {
            happened.push(world.step(&mut chance));
            world.is_sound().unwrap_or_else(|broken| stops(broken, &happened));
        }
        world.ends().unwrap_or_else(|broken| stops(broken, &happened));
        at_last(&world);
    }
}
