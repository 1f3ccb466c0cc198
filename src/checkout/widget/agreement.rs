//! The box for what must be agreed to. It starts empty, and it empties itself when the text beside it changes.

use tresen_texts::{Key, Texts};
use tresen_ui::{Element, HtmlInputElement, Icon, attr, attr_if, focus, icon, input, put, say, show};

use super::notes::Mistake;
use super::state::Agreement;

/// A box, the sentence beside it, and the terms behind a door
#[derive(Debug)]
pub struct AgreementView {
    root: Element,
    tick: HtmlInputElement,
    text: Element,
    mistake: Mistake,
    title: Element,
    terms: Element,
    shown: Option<Agreement>,
}

impl AgreementView {
    /// Builds it empty; `mark` makes its ids unique
    pub fn new(parent: &Element, mark: &str) -> Self {
        let root = put(parent, "div", "terms");
        let label = put(&root, "label", "check");
        attr(&label, "part", "consent");
        let tick = input(&label, "checkbox", "");
        attr(&tick, "data-do", "consent");
        let text = put(&label, "span", "");
        let mistake = Mistake::new(&root, &[mark, "c"].concat());
        attr(&tick, "aria-describedby", mistake.id());
        let details = put(&root, "details", "");
        let summary = put(&details, "summary", "");
        attr(&icon(&summary, Icon::Chevron), "class", "turn");
        let title = put(&summary, "span", "");
        let terms = put(&details, "div", "more tight soft");
        Self { root, tick, text, mistake, title, terms, shown: None }
    }

    /// Writes the text down; a tick for another text is taken back and asked for again
    pub fn refresh(&mut self, texts: &Texts, wanted: Option<&Agreement>) {
        show(&self.root, wanted.is_some());
        if self.shown.as_ref() == wanted {
            return;
        }
        if let Some(agreement) = wanted {
            say(&self.text, &agreement.text);
            say(&self.title, &agreement.title);
            self.terms.set_text_content(None);
            for paragraph in agreement.terms.split('\n') {
                say(&put(&self.terms, "p", ""), paragraph);
            }
            if self.tick.checked() && self.shown.is_some() {
                self.tick.set_checked(false);
                self.mistake.say(texts.get(Key::ConsentChanged));
            }
            self.shown = Some(agreement.clone());
        }
    }

    /// Whether the text that stands here is agreed to
    pub fn ticked(&self) -> bool {
        self.tick.checked()
    }

    /// Takes the message away once the box is ticked
    pub fn touched(&self) {
        if self.tick.checked() {
            self.mistake.say("");
            attr_if(&self.tick, "aria-invalid", None);
        }
    }

    /// Whether the box is ticked; if not, says so and goes there
    pub fn read(&self, texts: &Texts) -> bool {
        let ticked = self.tick.checked();
        attr_if(&self.tick, "aria-invalid", (!ticked).then_some("true"));
        self.mistake.say(if ticked { "" } else { texts.get(Key::ConsentError) });
        if !ticked {
            self.focus();
        }
        ticked
    }

    /// Goes to the box
    pub fn focus(&self) {
        focus(&self.tick);
    }
}
