//! Elements: made inside their parent, and written to.

use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Element, HtmlElement, HtmlInputElement, Node};

/// Makes an element at the end of `parent`
///
/// A document that refuses a plain element cannot show a checkout: the failure goes to the loader, as an exception.
pub fn put(parent: &Node, tag: &str, class: &str) -> Element {
    let element = parent.owner_document().unwrap_throw().create_element(tag).unwrap_throw();
    if !class.is_empty() {
        attr(&element, "class", class);
    }
    add(parent, &element);
    element
}

/// Puts a node at the end of `parent`, or moves it there
pub fn add(parent: &Node, child: &Node) {
    parent.append_child(child).unwrap_throw();
}

/// Sets an attribute
pub fn attr(element: &Element, name: &str, value: &str) {
    element.set_attribute(name, value).unwrap_throw();
}

/// Sets an attribute or takes it away
pub fn attr_if(element: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => attr(element, name, value),
        None => element.remove_attribute(name).unwrap_throw(),
    }
}

/// Shows or hides an element
pub fn show(element: &Element, shown: bool) {
    attr_if(element, "hidden", if shown { None } else { Some("") });
}

/// Gives an element a class or takes it away; the class list is `base` alone or `base` and `extra`
pub fn class_if(element: &Element, base_with_extra: &str, base: &str, on: bool) {
    attr(element, "class", if on { base_with_extra } else { base });
}

/// Writes a text, unless it stands there already: a screen reader repeats what is written again
pub fn say(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Moves the focus to an element
pub fn focus(element: &Element) {
    let _ = element.unchecked_ref::<HtmlElement>().focus();
}

/// Makes an `input` of a type at the end of `parent`
pub fn input(parent: &Node, kind: &str, class: &str) -> HtmlInputElement {
    let made = put(parent, "input", class);
    attr(&made, "type", kind);
    made.unchecked_into()
}

/// Makes a label above an `input` for text
///
/// `id` joins the two and must be unique in its shadow root.
pub fn field(parent: &Node, id: &str, label: &str, complete: &str) -> HtmlInputElement {
    let named = put(parent, "label", "label");
    attr(&named, "for", id);
    say(&named, label);
    let made = input(parent, "text", "input");
    attr(&made, "id", id);
    attr(&made, "autocomplete", complete);
    made
}

/// Puts `children` into this order without touching the one that holds the focus: moving it would take the focus away
pub fn order<'a>(parent: &Node, children: impl Iterator<Item = &'a Element>, focused: Option<&Element>) {
    let mut passed = focused.is_none();
    for child in children {
        let keep = focused.is_some_and(|focused| focused.is_same_node(Some(AsRef::<Node>::as_ref(child))));
        if keep {
            passed = true;
        } else {
            let before = if passed { None } else { focused.map(AsRef::<Node>::as_ref) };
            parent.insert_before(child, before).unwrap_throw();
        }
    }
}
