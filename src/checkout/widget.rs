//! The widget: what a person sees and does at the counter.
//!
//! JavaScript owns the custom element, the clock and the network; it hands in decisions and events and asks what follows.
//! Nothing here listens or calls back, so that no closure has to live on either side of the border.
//!
//! **Invariant:** nothing is chosen and nothing is ticked unless the person did it.
//! **Invariant:** a text that was agreed to is the text that was shown; when it changes, the tick is gone.

mod account;
mod agreement;
mod birth;
mod done;
mod iban;
mod kinds;
mod notes;
mod row;
mod state;
mod view;
mod withheld;
mod words;

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use tresen_core::change::Change;
use tresen_core::date::Date;
use tresen_core::money::{Money, NumberStyle};
use tresen_core::offer::Reason;
use tresen_texts::{Key, Texts};
use tresen_ui::Element;
use wasm_bindgen::prelude::*;

use self::done::{Done, show_done};
use self::state::{Agreement, Standing};
use self::view::{Pair, View, place_of};
use self::words::{Label, Overruled, Source};
use crate::engine::Engine;

/// What JavaScript is asked to do after an event
#[wasm_bindgen]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Nothing
    Nothing,
    /// Tell the page that another method was chosen
    Chosen,
    /// Decide again: the person gave or took back their date of birth
    Decide,
    /// Note the time of a consent
    Agreed,
    /// Send the request for a review
    Review,
    /// Place the order
    Order,
}

/// One counter on a page
#[wasm_bindgen]
#[derive(Debug)]
pub struct Widget {
    root: Element,
    texts: Texts,
    style: NumberStyle,
    merchant: String,
    creditor: String,
    labels: Vec<Label>,
    today: Option<Date>,
    birth: Option<Date>,
    chosen: Option<usize>,
    reviewed: Option<usize>,
    account: Option<account::Account>,
    overruled: Vec<Overruled>,
    view: Option<View>,
}

#[wasm_bindgen]
impl Widget {
    /// A counter in `root`, with one language; nothing if the language file belongs to another build
    ///
    /// `labels` are what the methods are called, in the policy's order: id, the shop's own name or nothing, id of the consent or nothing …
    #[must_use]
    pub fn open(root: Element, texts: String, german: bool, merchant: String, creditor: String, labels: Vec<String>) -> Option<Self> {
        let mut list = labels.into_iter();
        let mut labels = Vec::new();
        while let (Some(id), Some(name), Some(consent)) = (list.next(), list.next(), list.next()) {
            labels.push(Label { id, name, consent });
        }
        Some(Self {
            root,
            texts: Texts::from_joined(texts)?,
            style: if german { NumberStyle::German } else { NumberStyle::English },
            merchant,
            creditor,
            labels,
            today: None,
            birth: None,
            chosen: None,
            reviewed: None,
            account: None,
            overruled: Vec::new(),
            view: None,
        })
    }

    /// Writes down what the engine has decided last; `focused` is the element that holds the focus
    pub fn refresh(&mut self, engine: &Engine, focused: Option<Element>) {
        let source = Source {
            texts: &self.texts,
            style: self.style,
            merchant: &self.merchant,
            creditor: Some(self.creditor.as_str()).filter(|id| !id.is_empty()),
            program: engine.program(),
            settling: engine.settling(),
            overdue: engine.overdue(),
            facts: engine.facts(),
            answer: engine.answer(),
            birth_given: self.birth.is_some(),
            overruled: &self.overruled,
            labels: &self.labels,
        };
        let state = source.state();
        self.today = Some(engine.answer().today);
        let view = match &mut self.view {
            Some(view) => view,
            empty @ None => {
                let view = empty.insert(View::new(&self.root, &self.texts, &self.merchant, &state));
                view.busy(&self.texts, false);
                view
            }
        };
        view.refresh(&self.texts, state, self.chosen, focused.as_ref());
    }

    /// Something with `data-do` was changed or pressed
    pub fn act(&mut self, what: &str, target: &Element) -> Next {
        let Some(place) = place_of(target) else { return Next::Nothing };
        match what {
            "choose" => self.choose(place),
            "consent" => {
                if let Some(pair) = self.pair(place) {
                    pair.row.agreement.touched();
                }
                Next::Agreed
            }
            "continue" => self.go_on(place),
            "birth" => {
                self.birth = None;
                let _ = self.choose(place);
                Next::Decide
            }
            "review" => {
                self.reviewed = Some(place);
                Next::Review
            }
            _ => Next::Nothing,
        }
    }

    /// The form was submitted, by the button or by the Enter key
    pub fn submit(&mut self) -> Next {
        let Some(view) = &self.view else { return Next::Nothing };
        let Some(method) = self.chosen.and_then(|place| view.method(place)).filter(|method| method.standing.is_listed()) else {
            view.missing.say(self.texts.get(Key::SummaryNone));
            view.focus_first();
            return Next::Nothing;
        };
        let place = method.index;
        if method.standing == Standing::Incomplete {
            return self.go_on(place);
        }
        let Some(pair) = self.pair(place) else { return Next::Nothing };
        let account = pair.row.account.as_ref().map(|account| account.read(&self.texts));
        if account == Some(None) {
            return Next::Nothing;
        }
        if method.agreement.is_some() && !pair.row.agreement.read(&self.texts) {
            return Next::Nothing;
        }
        self.account = account.flatten();
        Next::Order
    }

    /// The id of the chosen method, if it can be ordered with
    #[must_use]
    pub fn chosen(&self) -> Option<String> {
        let method = self.view.as_ref()?.method(self.chosen?)?;
        method.standing.is_listed().then(|| method.id.clone())
    }

    /// The date of birth that was given here, as YYYY-MM-DD
    #[must_use]
    pub fn birth(&self) -> Option<String> {
        self.birth.map(Date::to_iso)
    }

    /// What is agreed to for the chosen method: id, version, exact text; nothing while the box is empty
    #[must_use]
    pub fn consent(&self) -> Option<Vec<String>> {
        let place = self.chosen?;
        let agreement: &Agreement = self.view.as_ref()?.method(place)?.agreement.as_ref()?;
        let ticked = self.pair(place)?.row.agreement.ticked();
        ticked.then(|| vec![agreement.id.into(), agreement.version.clone(), agreement.exact.clone()])
    }

    /// The account that was given for the order: IBAN, holder
    #[must_use]
    pub fn account(&self) -> Option<Vec<String>> {
        self.account.clone().map(|account| vec![account.iban, account.holder])
    }

    /// What the person asks to be looked at: method, message, contact
    #[must_use]
    pub fn review(&self) -> Option<Vec<String>> {
        let place = self.reviewed?;
        let [message, contact] = self.pair(place)?.apart.written();
        Some(vec![self.view.as_ref()?.method(place)?.id.clone(), message, contact])
    }

    /// Says whether the request for a review has arrived
    pub fn reviewed(&self, arrived: bool) {
        if let Some(pair) = self.reviewed.and_then(|place| self.pair(place)) {
            pair.apart.reviewed(&self.texts, arrived);
        }
    }

    /// Says that the order is on its way, or that it may be placed
    pub fn busy(&self, busy: bool) {
        if let Some(view) = &self.view {
            view.busy(&self.texts, busy);
        }
    }

    /// Says that the order did not get through, or takes that back
    pub fn failed(&self, failed: bool) {
        self.note(if failed { Some(Key::ErrorSend) } else { None });
    }

    /// Forgets what the server answered otherwise, because the facts have changed
    pub fn forget(&mut self) {
        self.overruled.clear();
        self.note(None);
    }

    /// The server withholds a method that is offered here: reasons as codes, the nearest change (amounts in minor units)
    pub fn overrule(&mut self, id: String, reasons: Vec<String>, ship: bool, settle: Option<f64>, total: Option<f64>) {
        let reasons: Vec<Reason> = reasons.iter().filter_map(|code| Reason::from_code(code)).collect();
        let reasons = if reasons.is_empty() { vec![Reason::General] } else { reasons };
        let change = Change { ship_to_billing_address: ship, settle_overdue: settle.is_some(), total: total.map(|minor| minor as i64) };
        let change = Some(change).filter(|change| *change != Change::default());
        self.overruled.push(Overruled { id, reasons, change, overdue: settle.map(|minor| minor as i64) });
    }

    /// Says that the server answered otherwise
    pub fn refused(&self) {
        self.note(Some(Key::RefusedNote));
        if let Some(view) = &self.view {
            view.focus_card();
        }
    }

    /// Turns into the view of a confirmed order; `amount` is in minor units, `due` is YYYY-MM-DD
    pub fn confirmed(&mut self, engine: &Engine, id: &str, amount: f64, due: Option<String>, reference: &str) {
        let Some(view) = &self.view else { return };
        let place = self.labels.iter().position(|label| label.id == id);
        let Some(method) = place.and_then(|place| engine.program().method(place)) else { return };
        let amount =
            Money::from_minor(amount as i64, engine.program().currency()).map(|money| money.to_text(self.style)).unwrap_or_default();
        let due = due.and_then(|due| Date::parse(&due));
        show_done(&view.card, &Done::new(&self.texts, method.kind, amount, due, reference));
        view.focus_card();
        self.view = None;
        self.chosen = None;
    }
}

impl Widget {
    fn pair(&self, place: usize) -> Option<&Pair> {
        self.view.as_ref()?.pairs.get(place)
    }

    fn note(&self, key: Option<Key>) {
        if let Some(view) = &self.view {
            view.note.say(key.map_or("", |key| self.texts.get(key)));
        }
    }

    fn choose(&mut self, place: usize) -> Next {
        self.chosen = Some(place);
        if let Some(view) = &mut self.view {
            view.choose(&self.texts, place);
        }
        Next::Chosen
    }

    fn go_on(&mut self, place: usize) -> Next {
        let (Some(pair), Some(today)) = (self.pair(place), self.today) else { return Next::Nothing };
        match pair.row.birth.read(&self.texts, today) {
            Some(birth) => {
                self.birth = Some(birth);
                Next::Decide
            }
            None => Next::Nothing,
        }
    }
}
