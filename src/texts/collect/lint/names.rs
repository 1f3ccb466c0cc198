//! Whether names are names and links are links, before they stand in a message.

use super::reading::is_unseen;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use tresen_core::collect::message::Particulars;
use tresen_core::diag::Diagnostic;

pub(super) fn check(particulars: &Particulars, found: &mut Vec<Diagnostic>) {
    let Particulars { sender, person, claims, ways, .. } = particulars;
    let mut name = |at: String, name: &str| {
        let is_odd = |one: char| matches!(one, '<' | '>' | '`') || one.is_control() || is_unseen(one);
        let links = ["://", "www."].into_iter().any(|sign| name.to_lowercase().contains(sign));
        if name.trim().is_empty() || name.contains(is_odd) || links {
            let help = "write it as on paper: no markup, no link, no line break";
            found.push(Diagnostic::error("collect.name.markup", at, format!("`{}` is not a name", name.escape_debug()), help));
        }
    };
    for (at, value) in [
        ("shop", &sender.shop),
        ("creditor", &sender.creditor),
        ("street", &sender.street),
        ("postcode", &sender.postcode),
        ("city", &sender.city),
        ("website", &sender.website),
        ("email", &sender.email),
    ] {
        name(format!("/sender/{at}"), value);
    }
    for (at, value) in [("register", &sender.register), ("phone", &sender.phone), ("contact", &sender.contact)] {
        value.iter().for_each(|value| name(format!("/sender/{at}"), value));
    }
    if let Some(person) = &person.name {
        name("/person/name/given".into(), &person.given);
        name("/person/name/family".into(), &person.family);
    }
    person.address.iter().enumerate().for_each(|(place, line)| name(format!("/person/address/{place}"), line));
    for (place, claim) in claims.iter().enumerate() {
        name(format!("/claims/{place}/order/number"), &claim.order.number);
        name(format!("/claims/{place}/invoice/number"), &claim.invoice.number);
        claim.goods.iter().for_each(|goods| name(format!("/claims/{place}/goods"), goods));
    }
    ways.transfer.iter().for_each(|transfer| name("/ways/transfer/holder".into(), &transfer.holder));
    ways.code.iter().for_each(|code| name("/ways/code".into(), code));
    for (at, link) in [
        ("pay", &ways.pay),
        ("plan", &ways.plan),
        ("promise", &ways.promise),
        ("dispute", &ways.dispute),
        ("preferences", &ways.preferences),
    ] {
        // What leads to this machine alone, as in the demo, nobody listens in on.
        let prefixes = ["https://", "http://127.0.0.1:"];
        let is_link = |link: &str| {
            prefixes
                .iter()
                .find_map(|prefix| link.strip_prefix(prefix))
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(is_of_links))
        };
        if let Some(link) = link.as_deref().filter(|link| !is_link(link)) {
            let help = "write an address with `https://`, without blanks, quotation marks and angle brackets";
            let message = format!("`{}` is no safe link", link.escape_debug());
            found.push(Diagnostic::error("collect.link.unsafe", format!("/ways/{at}"), message, help));
        }
    }
}

fn is_of_links(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'`' | b'\\')
}
