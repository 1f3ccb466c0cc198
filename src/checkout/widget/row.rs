//! One method that can be chosen: a radio, what it means, and what it needs.

use alloc::string::String;
use alloc::vec::Vec;
use tresen_texts::{Key, Texts};
use tresen_ui::{Element, HtmlInputElement, Icon, attr, class_if, focus, icon, input, put, rich, say, show};

use super::account::AccountView;
use super::agreement::AgreementView;
use super::birth::BirthView;
use super::notes::Note;
use super::state::{Birth, Body, Method, Standing};

/// A method in the list
#[derive(Debug)]
pub struct Row {
    /// Its element
    pub root: Element,
    /// The question for the date of birth
    pub birth: BirthView,
    /// The fields of a bank account, if it needs one
    pub account: Option<AccountView>,
    /// What must be agreed to
    pub agreement: AgreementView,
    radio: HtmlInputElement,
    name: Element,
    tag: Element,
    line: Element,
    body: Element,
    ask: Element,
    go_on: Element,
    skip: Element,
    thanks: Note,
    edit: Element,
    facts: Element,
    told: Vec<String>,
}

impl Row {
    /// Builds it for a method; what may change is written by `refresh`
    pub fn new(parent: &Element, texts: &Texts, method: &Method, mark: &str) -> Self {
        let root = put(parent, "div", "method");
        attr(&root, "part", "method");
        let pick = put(&root, "label", "pick");
        let radio = input(&pick, "radio", "");
        attr(&radio, "name", "method");
        attr(&radio, "value", &method.id);
        attr(&radio, "data-do", "choose");
        let title = put(&pick, "span", "name");
        let name = put(&title, "span", "");
        let tag = put(&title, "span", "tag");
        say(&tag, texts.get(Key::TagIncomplete));
        icon(&pick, method.icon);
        let line = put(&pick, "span", "line");

        let body = put(&root, "div", "body stack");
        let ask = put(&body, "div", "stack");
        let birth = BirthView::new(&ask, texts, mark);
        say(&put(&ask, "p", "s soft"), texts.get(Key::BirthWhy));
        let go_on = button(&ask, "btn", "continue", "button");
        let skip = put(&ask, "p", "s soft");
        say(&skip, texts.get(Key::BirthSkip));
        let thanks = Note::new(&body, "note good", Icon::Check);
        let edit = button(&body, "link", "birth", "");
        say(&edit, texts.get(Key::BirthEdit));
        let facts = put(&body, if matches!(method.body, Body::Facts(_)) { "ul" } else { "p" }, "facts s");
        let account = matches!(method.body, Body::Account).then(|| AccountView::new(&body, texts, mark));
        let agreement = AgreementView::new(&body, mark);
        Self { root, birth, account, agreement, radio, name, tag, line, body, ask, go_on, skip, thanks, edit, facts, told: Vec::new() }
    }

    /// Writes down how the method stands
    pub fn refresh(&mut self, texts: &Texts, method: &Method, chosen: bool, others: bool) {
        let incomplete = method.standing == Standing::Incomplete;
        show(&self.root, method.standing.is_listed());
        let on = chosen && method.standing.is_listed();
        class_if(&self.root, "method on", "method", on);
        say(&self.name, &method.name);
        show(&self.tag, incomplete);
        say(&self.line, &method.line);
        show(&self.body, on);
        show(&self.ask, incomplete && method.birth == Birth::Asked);
        show(&self.skip, others);
        say(&self.go_on, &method.go_on);
        let given = method.birth == Birth::Given && !incomplete;
        self.thanks.say(if given { &method.thanks } else { "" });
        show(&self.edit, given);
        self.tell(&method.body, !incomplete);
        self.agreement.refresh(texts, method.agreement.as_ref().filter(|_| !incomplete));
    }

    fn tell(&mut self, body: &Body, shown: bool) {
        show(&self.facts, shown && !matches!(body, Body::Account));
        match body {
            Body::Facts(facts) if self.told != *facts => {
                self.facts.set_text_content(None);
                for fact in facts {
                    let item = put(&self.facts, "li", "");
                    icon(&item, Icon::Check);
                    say(&put(&item, "span", ""), fact);
                }
                self.told.clone_from(facts);
            }
            Body::Sentence(sentence) => rich(&self.facts, sentence),
            Body::Facts(_) | Body::Account => {}
        }
    }

    /// Goes to the first thing that is left to do here
    pub fn focus(&self, method: &Method) {
        match method.standing {
            Standing::Incomplete => self.birth.focus(),
            Standing::Offered if method.agreement.is_some() => self.agreement.focus(),
            Standing::Offered | Standing::Withheld | Standing::Absent => self.focus_radio(),
        }
    }

    /// Takes the choice of the radio over, whoever made it
    pub fn choose(&self) {
        self.radio.set_checked(true);
    }

    /// Goes to the radio
    pub fn focus_radio(&self) {
        focus(&self.radio);
    }
}

/// Makes a button that asks the widget for something
pub fn button(parent: &Element, class: &str, action: &str, part: &str) -> Element {
    let made = put(parent, "button", class);
    attr(&made, "type", "button");
    attr(&made, "data-do", action);
    if !part.is_empty() {
        attr(&made, "part", part);
    }
    made
}
