//! The border to JavaScript: one function, and numbers are all that crosses it.

use alloc::vec::Vec;
use spin::Mutex;
use wasm_bindgen::prelude::wasm_bindgen;

use super::{Counter, happened};
use crate::engine::Engine;

/// The counter of this instance of the module: a page makes one instance for each of its elements
static DESK: Mutex<Desk> = Mutex::new(Desk::new());

/// Something happened, at a place, with what was written into the room that was asked for: the address of what follows, up to a
/// zero; `number` is the set of facts to decide for
///
/// One function, and numbers are all that crosses the border: the code that takes over a text weighs more than asking for room, and
/// objects that JavaScript holds weigh more than an instance for each.
#[wasm_bindgen]
pub fn act(what: u8, place: usize, number: f64) -> u32 {
    // What has trapped is never unlocked, and JavaScript asks it nothing more.
    DESK.try_lock().map_or(0, |mut desk| desk.act(what, place, number))
}

/// One counter on a page, as JavaScript sees it: its engine and what it shows
#[derive(Debug)]
struct Desk {
    engine: Option<Engine>,
    today: i32,
    room: Vec<u8>,
    counter: Counter,
}

impl Desk {
    const fn new() -> Self {
        Self { engine: None, today: 0, room: Vec::new(), counter: Counter::new() }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss, reason = "days and sets are small")]
    fn act(&mut self, what: u8, place: usize, number: f64) -> u32 {
        if what == happened::ROOM {
            self.room.resize(place, 0);
            return address(&self.room);
        }
        // The first thing that is told: the policy.
        let engine = self.engine.get_or_insert_with(|| Engine::new(&self.room));
        match what {
            happened::POLICY => self.today = place as i32,
            happened::SETTLED => engine.settle_with(&self.room, number),
            happened::RECORD => engine.write_answer(),
            _ => {
                if what <= happened::CHANGED {
                    engine.decide(self.today, number as usize, 1);
                }
                return address(self.counter.answer(engine, what, place, &self.room));
            }
        }
        engine.layout()
    }
}

fn address(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.as_ptr().addr()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn there_is_room_for_what_is_asked_with_a_policy_and_without() {
        let mut desk = Desk::new();
        for length in [5, 0, 300] {
            let _ = desk.act(happened::ROOM, length, 0.0);
            assert_eq!(desk.room, vec![0; length]);
            let _ = desk.act(happened::POLICY, 20_000, 0.0);
            assert!(desk.engine.is_some(), "of no policy too: its layout says what is wrong");
        }
    }
}
