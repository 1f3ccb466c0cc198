//! Short messages: a mistake beside its field, a note with a way forward.

use alloc::string::String;
use tresen_ui::{Element, Icon, attr, icon, put, rich, say, show};

/// A sentence about what was typed wrongly; hidden while there is none
#[derive(Debug)]
pub struct Mistake {
    root: Element,
    text: Element,
    id: String,
}

impl Mistake {
    /// Builds it empty; a field names `id` in `aria-describedby`
    pub fn new(parent: &Element, id: &str) -> Self {
        let root = put(parent, "p", "error");
        attr(&root, "id", id);
        show(&root, false);
        icon(&root, Icon::Info);
        let text = put(&root, "span", "");
        Self { root, text, id: id.into() }
    }

    /// The id of its element
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Writes the sentence, or hides itself if it is empty
    pub fn say(&self, sentence: &str) {
        say(&self.text, sentence);
        show(&self.root, !sentence.is_empty());
    }
}

/// A note with an icon; hidden while it has nothing to say
#[derive(Debug)]
pub struct Note {
    root: Element,
    text: Element,
}

impl Note {
    /// Builds it empty
    pub fn new(parent: &Element, class: &str, picture: Icon) -> Self {
        let root = put(parent, "div", class);
        attr(&root, "role", "status");
        show(&root, false);
        icon(&root, picture);
        let text = put(&root, "div", "");
        Self { root, text }
    }

    /// Writes the note, or hides it if it is empty
    pub fn say(&self, sentence: &str) {
        show(&self.root, !sentence.is_empty());
        rich(&self.text, sentence);
    }
}
