//! One method that is not part of this order: why, what brings it back, and a person to ask.

use alloc::string::String;
use alloc::vec::Vec;
use tresen_texts::{Key, Texts};
use tresen_ui::{Element, HtmlInputElement, Icon, attr, class_if, field, focus, icon, put, rich, say, show};

use super::notes::Note;
use super::row::button;
use super::state::{Birth, Method, Standing};

/// A method that stands apart
#[derive(Debug)]
pub struct Apart {
    /// Its element
    pub root: Element,
    name: Element,
    sentence: Element,
    why: Element,
    told: Vec<String>,
    edit: Element,
    review: Element,
    form: Element,
    message: HtmlInputElement,
    contact: HtmlInputElement,
    sent: Note,
    failed: Note,
}

impl Apart {
    /// Builds it for a method; what may change is written by `refresh`
    pub fn new(parent: &Element, texts: &Texts, method: &Method, mark: &str) -> Self {
        let root = put(parent, "div", "no");
        attr(&root, "part", "withheld");
        attr(&root, "tabindex", "-1");
        icon(&root, method.icon);
        let place = put(&root, "div", "");
        let name = put(&place, "h3", "h2");
        let sentence = put(&place, "p", "s soft");
        let (_, why) = door(&place, texts.get(Key::WithheldWhy), Icon::Chevron);
        let edit = button(&place, "link", "birth", "");
        say(&edit, texts.get(Key::BirthEdit));
        let (review, open) = door(&place, texts.get(Key::ReviewOpen), Icon::Person);
        let form = put(&open, "div", "stack");
        let message = field(&put(&form, "div", ""), &[mark, "rm"].concat(), texts.get(Key::ReviewMessage), "off");
        attr(&message, "maxlength", "500");
        let contact = field(&put(&form, "div", ""), &[mark, "rc"].concat(), texts.get(Key::ReviewContact), "email");
        attr(&contact, "maxlength", "200");
        let failed = Note::new(&form, "note", Icon::Info);
        say(&button(&form, "btn quiet", "review", "review"), texts.get(Key::ReviewSend));
        let sent = Note::new(&open, "note good", Icon::Check);
        Self { root, name, sentence, why, told: Vec::new(), edit, review, form, message, contact, sent, failed }
    }

    /// Writes down why the method is not here
    pub fn refresh(&mut self, method: &Method) {
        let apart = method.standing == Standing::Withheld && method.told_with == method.index;
        show(&self.root, apart);
        if !apart {
            return;
        }
        say(&self.name, &method.heading);
        say(&self.sentence, &method.sentence);
        show(&self.edit, method.birth == Birth::Given);
        show(&self.review, method.review);
        if self.told != method.why {
            self.why.set_text_content(None);
            for paragraph in &method.why {
                rich(&put(&self.why, "p", ""), paragraph);
            }
            self.told.clone_from(&method.why);
        }
    }

    /// Goes here
    pub fn focus(&self) {
        focus(&self.root);
    }

    /// What the person wrote for the one who will look at it: the message, and how to be reached
    pub fn written(&self) -> [String; 2] {
        [self.message.value(), self.contact.value()]
    }

    /// Says whether the request has arrived
    pub fn reviewed(&self, texts: &Texts, arrived: bool) {
        show(&self.form, !arrived);
        self.failed.say(if arrived { "" } else { texts.get(Key::ReviewFailed) });
        self.sent.say(if arrived { texts.get(Key::ReviewSent) } else { "" });
    }
}

/// A line that opens: its details and the place behind it
pub fn door(parent: &Element, title: &str, picture: Icon) -> (Element, Element) {
    let details = put(parent, "details", "");
    let summary = put(&details, "summary", "");
    class_if(&icon(&summary, picture), "turn", "still", picture == Icon::Chevron);
    say(&put(&summary, "span", ""), title);
    (details.clone(), put(&details, "div", "more tight"))
}
