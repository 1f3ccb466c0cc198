//! The whole counter: built once, written to afterwards.

use alloc::string::String;
use alloc::vec::Vec;
use tresen_texts::{Key, Texts, fill};
use tresen_ui::{Element, Icon, attr, attr_if, focus, icon, order, put, rich, say, show};

use super::notes::{Mistake, Note};
use super::row::Row;
use super::state::{Method, Standing, State};
use super::withheld::{Apart, door};

/// Everything that is shown
#[derive(Debug)]
pub struct View {
    /// The card
    pub card: Element,
    /// The methods, each at its place in the policy
    pub pairs: Vec<Pair>,
    /// The note after a refusal or a failure
    pub note: Note,
    /// The sentence beside the button when something is missing
    pub missing: Mistake,
    sum: Element,
    list: Element,
    apart: Element,
    apart_list: Element,
    bar: Element,
    summary: Element,
    order: Element,
    news: Element,
    shown: State,
}

/// One method, as it stands in the list and as it stands apart
#[derive(Debug)]
pub struct Pair {
    /// In the list
    pub row: Row,
    /// Apart
    pub apart: Apart,
}

impl View {
    /// Builds the counter in `root`
    pub fn new(root: &Element, texts: &Texts, merchant: &str, state: &State) -> Self {
        root.set_text_content(None);
        let said = |key: Key| {
            let mut out = String::new();
            fill(&mut out, texts.get(key), &[("merchant", merchant)]);
            out
        };
        let card = put(root, "form", "card");
        attr(&card, "novalidate", "");
        attr(&card, "part", "card");
        let head = put(&put(&card, "div", "sec stack"), "div", "head");
        let title = put(&head, "h2", "h");
        attr(&title, "part", "title");
        say(&title, texts.get(Key::Title));
        let sum = put(&head, "b", "num");
        let note = Note::new(&card, "note sec", Icon::Info);

        let list = put(&card, "fieldset", "");
        say(&put(&list, "legend", "vh"), texts.get(Key::Methods));
        let list = put(&list, "div", "");
        let apart = put(&card, "div", "sec stack");
        say(&put(&apart, "p", "s soft"), texts.get(Key::WithheldTitle));
        let apart_list = put(&apart, "div", "stack");
        let mut pairs: Vec<Pair> = Vec::new();
        for index in 0..state.methods.len() {
            let Some(method) = state.methods.iter().find(|method| method.index == index) else { continue };
            let mut mark = String::from("m");
            tresen_texts::push_number(&mut mark, index as u32);
            let pair = Pair { row: Row::new(&list, texts, method, &mark), apart: Apart::new(&apart_list, texts, method, &mark) };
            for root in [&pair.row.root, &pair.apart.root] {
                attr(root, "data-m", mark.get(1..).unwrap_or_default());
            }
            pairs.push(pair);
        }

        let (_, how) = door(&put(&card, "div", "sec slim"), texts.get(Key::HowTitle), Icon::Chevron);
        for key in [Key::HowCounts, Key::HowNever, Key::HowWhere, Key::HowHuman] {
            rich(&put(&how, "p", ""), &said(key));
        }
        let bar = put(&card, "div", "sec sunk stack");
        attr(&bar, "part", "bar");
        let missing = Mistake::new(&bar, "missing");
        let summary = put(&bar, "p", "s");
        attr(&summary, "aria-live", "polite");
        attr(&summary, "part", "summary");
        let order = put(&bar, "button", "btn");
        attr(&order, "part", "button");
        attr(&order, "aria-describedby", "missing");

        let foot = put(root, "p", "foot");
        icon(&foot, Icon::Lock);
        say(&put(&foot, "span", ""), &said(Key::Foot));
        let news = put(root, "p", "vh");
        attr(&news, "role", "status");
        let shown = State::default();
        Self { card, pairs, note, missing, sum, list, apart, apart_list, bar, summary, order, news, shown }
    }

    /// Writes a picture down; `focused` is the element that holds the focus
    pub fn refresh(&mut self, texts: &Texts, state: State, chosen: Option<usize>, focused: Option<&Element>) {
        let place = focused.and_then(place_of);
        let before = core::mem::replace(&mut self.shown, state);
        self.write(texts, chosen);
        if !before.methods.iter().map(|method| method.index).eq(self.shown.methods.iter().map(|method| method.index)) {
            let pairs: Vec<&Pair> = self.shown.methods.iter().filter_map(|method| self.pairs.get(method.index)).collect();
            let holder = place.and_then(|place| self.pairs.get(place));
            order(&self.list, pairs.iter().map(|pair| &pair.row.root), holder.map(|pair| &pair.row.root));
            order(&self.apart_list, pairs.iter().map(|pair| &pair.apart.root), holder.map(|pair| &pair.apart.root));
        }
        self.tell_news(&before);
        self.keep_focus(&before, place);
    }

    /// Writes down what there is to show
    fn write(&mut self, texts: &Texts, chosen: Option<usize>) {
        say(&self.sum, &self.shown.total);
        let offered = self.shown.methods.iter().filter(|method| method.standing == Standing::Offered).count();
        for method in &self.shown.methods {
            if let Some(pair) = self.pairs.get_mut(method.index) {
                let others = offered > usize::from(method.standing == Standing::Offered);
                pair.row.refresh(texts, method, chosen == Some(method.index), others);
                pair.apart.refresh(method);
            }
        }
        show(&self.apart, self.shown.methods.iter().any(|method| method.standing == Standing::Withheld));
        self.sum_up(texts, chosen);
    }

    fn sum_up(&self, texts: &Texts, chosen: Option<usize>) {
        let method = chosen.and_then(|index| self.method(index)).filter(|method| method.standing.is_listed());
        rich(&self.summary, method.map_or(texts.get(Key::SummaryNone), |method| method.summary.as_str()));
        show(&self.bar, method.is_none_or(|method| method.standing == Standing::Offered));
        if method.is_some() {
            self.missing.say("");
        }
    }

    /// What came and what went, for those who do not see it
    fn tell_news(&self, before: &State) {
        let mut news = String::new();
        for method in &self.shown.methods {
            let was = before.methods.iter().find(|other| other.index == method.index);
            if was.is_some_and(|was| was.standing.is_listed() != method.standing.is_listed()) {
                news.push_str(&method.news);
                news.push(' ');
            }
        }
        if !news.is_empty() {
            say(&self.news, news.trim_end());
        }
    }

    /// The focus was in a method that now stands elsewhere: it goes along
    fn keep_focus(&self, before: &State, place: Option<usize>) {
        let Some((method, pair)) = place.and_then(|place| self.method(place).zip(self.pairs.get(place))) else { return };
        let was = before.methods.iter().find(|other| other.index == method.index);
        if was.is_none_or(|was| was.standing == method.standing) {
            return;
        }
        match method.standing {
            Standing::Withheld => self.pairs.get(method.told_with).unwrap_or(pair).apart.focus(),
            Standing::Offered | Standing::Incomplete => pair.row.focus(method),
            Standing::Absent => self.focus_first(),
        }
    }

    /// Opens the chosen method and closes the others
    pub fn choose(&mut self, texts: &Texts, place: usize) {
        if let Some(pair) = self.pairs.get(place) {
            pair.row.choose();
        }
        self.write(texts, Some(place));
    }

    /// A method as it is shown
    pub fn method(&self, index: usize) -> Option<&Method> {
        self.shown.methods.iter().find(|method| method.index == index)
    }

    /// Goes to the first method that can be chosen
    pub fn focus_first(&self) {
        let first = self.shown.methods.iter().find(|method| method.standing.is_listed());
        if let Some(pair) = first.and_then(|method| self.pairs.get(method.index)) {
            pair.row.focus_radio();
        }
    }

    /// Says that an order is on its way, or that the button may be pressed
    pub fn busy(&self, texts: &Texts, busy: bool) {
        attr_if(&self.order, "aria-disabled", busy.then_some("true"));
        say(&self.order, texts.get(if busy { Key::ButtonBusy } else { Key::ButtonOrder }));
    }

    /// Goes to the card, so that what has changed is read from its beginning
    pub fn focus_card(&self) {
        attr(&self.card, "tabindex", "-1");
        focus(&self.card);
    }
}

/// The method in which an element stands
pub fn place_of(element: &Element) -> Option<usize> {
    element.closest("[data-m]").ok().flatten()?.get_attribute("data-m")?.parse().ok()
}
