//! The buttons that lead to whoever takes the money, and what is said where that came to nothing.

use super::html;
use crate::sandbox::escape;
use tresen_texts::account::{Key, Words};
use tresen_wire::http::{LastPayment, Paylink};

/// A button for each way to pay; the form's address is relative, as all of the page's are
pub fn buttons(token: &str, view: &Paylink, words: &Words) -> String {
    let Some(amount) = view.amount.as_ref().filter(|_| !view.methods.is_empty() && !view.under_way) else { return String::new() };
    let failed = view.payment.as_ref().is_some_and(failed);
    let note = if failed { format!("<p class=\"failed\" role=\"status\">{}</p>", html(&words.say(Key::PayFailed))) } else { String::new() };
    let button = |id: &str| {
        format!(
            "<form method=\"post\" action=\"../pay/{}/payments\"><input type=\"hidden\" name=\"method\" value=\"{}\">\
             <input type=\"hidden\" name=\"minor\" value=\"{}\"><input type=\"hidden\" name=\"currency\" value=\"{}\">\
             <button>{}</button></form>",
            escape(token),
            escape(id),
            amount.minor,
            escape(&amount.currency),
            html(&words.say(label(id)))
        )
    };
    note + &view.methods.iter().map(|method| button(&method.id)).collect::<String>()
}

/// Whoever went back by themselves has to be told nothing
fn failed(last: &LastPayment) -> bool {
    last.state == "closed" && last.why.as_deref().is_some_and(|why| ["declined", "refused", "not_now"].contains(&why))
}

fn label(method: &str) -> Key {
    match method {
        "card" => Key::PayCard,
        "paypal" => Key::PayPaypal,
        _ => Key::PayOther,
    }
}
