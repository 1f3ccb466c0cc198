//! Line icons, drawn as one path each on a field of 24 by 24.

use wasm_bindgen::UnwrapThrowExt;
use web_sys::{Element, Node};

use crate::node::{add, attr};

/// The icons there are
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// A tick
    Check,
    /// An arrow head that turns when its details open
    Chevron,
    /// A person
    Person,
    /// A lock
    Lock,
    /// A letter i in a circle
    Info,
    /// A bill
    Bill,
    /// A calendar
    Calendar,
    /// Bars
    Bars,
    /// A bank
    Bank,
    /// A card
    Card,
    /// A wallet
    Wallet,
    /// An arrow
    Arrow,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Chevron => "M9 6l6 6-6 6",
            Self::Person => "M8.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M5 20c.6-4 3.5-6 7-6s6.400 2 7 6",
            Self::Lock => "M7 11h10a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2M8 11V8a4 4 0 0 1 8 0v3",
            Self::Info => "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M12 11v5M12 8v.1",
            Self::Bill => "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
            Self::Calendar => "M6 5h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2M4 10h16M8 3v4M16 3v4M12 13v3l2 1",
            Self::Bars => "M4 20V9h4v11M10 20v-8h4v8M16 20v-5h4v5M3 20h18",
            Self::Bank => "M4 10l8-6 8 6zM6 10v7M10 10v7M14 10v7M18 10v7M4 20h16",
            Self::Card => {
                "M5.5 5h13A2.5 2.5 0 0 1 21 7.5v9a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 16.5v-9A2.5 2.5 0 0 1 5.5 5M3 10h18M7 15h3"
            }
            Self::Wallet => "M4 7.5A2.5 2.5 0 0 1 6.5 5H17v3M4 7.5V17a2 2 0 0 0 2 2h13a1 1 0 0 0 1-1V9a1 1 0 0 0-1-1H5M16 13.5h.1",
            Self::Arrow => "M4 12h15M13 6l6 6-6 6",
        }
    }
}

/// Draws an icon at the end of `parent`; it says nothing to a screen reader
pub fn icon(parent: &Node, icon: Icon) -> Element {
    const SVG: &str = "http://www.w3.org/2000/svg";
    let document = parent.owner_document().unwrap_throw();
    let svg = document.create_element_ns(Some(SVG), "svg").unwrap_throw();
    attr(&svg, "viewBox", "0 0 24 24");
    attr(&svg, "aria-hidden", "true");
    let path = document.create_element_ns(Some(SVG), "path").unwrap_throw();
    attr(&path, "d", icon.path());
    add(&svg, &path);
    add(parent, &svg);
    svg
}
