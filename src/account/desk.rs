//! The border to JavaScript: one function, and numbers are all that crosses it, as at the counter (ADR 0013).

use crate::room::{ROOM, address};
use crate::view::View;
use alloc::vec::Vec;
use spin::Mutex;
use wasm_bindgen::prelude::wasm_bindgen;

/// The account of this instance of the module: a page makes one instance for each of its elements
static DESK: Mutex<Desk> = Mutex::new(Desk { room: Vec::new(), view: View::new() });

#[derive(Debug)]
struct Desk {
    room: Vec<u8>,
    view: View,
}

/// Something happened, at a place, with what was written into the room that was asked for: the address of what follows, up to a zero
#[wasm_bindgen]
pub fn act(what: u8, place: usize) -> u32 {
    // What has trapped is never unlocked, and JavaScript asks it nothing more.
    DESK.try_lock().map_or(0, |mut desk| desk.act(what, place))
}

impl Desk {
    fn act(&mut self, what: u8, place: usize) -> u32 {
        if what == ROOM {
            self.room.resize(place, 0);
            return address(&self.room);
        }
        address(self.view.hear(what, place, &self.room))
    }
}
