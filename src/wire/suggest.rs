//! The word that somebody may have meant.

use tresen_core::facts::known;

/// What others call the same: other rule formats, other shops, and the language of the country
const MEANT: [(&str, &[&str]); 52] = [
    ("all", &["and"]),
    ("any", &["or"]),
    ("not", &["none"]),
    ("fact", &["field", "path", "variable", "var"]),
    ("operator", &["op", "comparison"]),
    ("value", &["val", "values"]),
    ("when", &["if", "condition", "conditions"]),
    ("withhold", &["then", "deny", "block", "refuse", "remove"]),
    ("below", &["to", "until", "max"]),
    ("from", &["min"]),
    ("minimum", &["min"]),
    ("maximum", &["max", "limit", "amount"]),
    ("points", &["score", "weight"]),
    ("other", &["default", "else"]),
    ("default_probability_ppm", &["pd", "probability", "default_probability"]),
    ("market", &["country"]),
    ("description", &["comment", "note"]),
    ("name", &["title", "label"]),
    ("id", &["name", "key"]),
    ("kind", &["type"]),
    ("type", &["kind"]),
    ("equal", &["==", "=", "equals"]),
    ("notEqual", &["!=", "<>"]),
    ("lessThan", &["<"]),
    ("lessThanInclusive", &["<=", "lessThanOrEqual"]),
    ("greaterThan", &[">"]),
    ("greaterThanInclusive", &[">=", "greaterThanOrEqual"]),
    ("in", &["oneOf"]),
    ("notIn", &["not_in", "nin"]),
    ("contains", &["includes", "has"]),
    ("isPresent", &["exists"]),
    ("isMissing", &["isNull", "notExists"]),
    ("boolean", &["bool"]),
    ("integer", &["int", "number"]),
    ("amount", &["money"]),
    ("text", &["string", "str"]),
    ("texts", &["list", "array", "strings"]),
    ("client", &["browser"]),
    ("server", &["shop", "backend"]),
    ("invoice", &["rechnung", "open_invoice"]),
    ("instalments", &["ratenkauf", "raten"]),
    ("sepa_debit", &["lastschrift", "sepa", "direct_debit"]),
    ("card", &["kreditkarte", "credit_card"]),
    ("wallet", &["paypal", "apple_pay", "google_pay"]),
    ("prepayment", &["vorkasse", "bank_transfer", "advance"]),
    ("consumer", &["b2c", "private"]),
    ("company", &["b2b", "business"]),
    ("instagram", &["insta"]),
    ("DE", &["germany", "deutschland"]),
    ("AT", &["austria", "österreich"]),
    ("CH", &["switzerland", "schweiz"]),
    ("GB", &["uk"]),
];

/// The known word that somebody meant by another word or misspelt, if one is near
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    let lower = word.to_lowercase();
    let means = |candidate: &&str| {
        MEANT.iter().any(|(meant, others)| meant == candidate && others.iter().any(|other| other.to_lowercase() == lower))
    };
    if let Some(meant) = known.iter().find(|candidate| means(candidate)) {
        return Some(meant);
    }
    let letters: Vec<char> = word.to_lowercase().chars().take(64).collect();
    let most = if letters.len() < 3 { 0 } else { letters.len().saturating_add(1).div_euclid(3).clamp(1, 4) };
    let near = known.into_iter().map(|candidate| (distance(&letters, candidate), candidate));
    near.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// The sentence that offers the nearest known word, or what to do where none is near
pub(crate) fn help<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, otherwise: impl FnOnce() -> String) -> String {
    match nearest(word, known) {
        Some(candidate) => format!("did you mean `{candidate}`?"),
        None => otherwise(),
    }
}

/// What to do about a fact that is not known, with the facts that a policy declares itself
pub(crate) fn fact(name: &str, own: &[&str]) -> String {
    let all = || known::NAMES.into_iter().chain(own.iter().copied());
    if let Some(nearest) = nearest(name, all()) {
        return format!("did you mean `{nearest}`?");
    }
    if name.starts_with("custom.") {
        return format!("declare it: `\"facts\": {{\"{name}\": {{\"type\": …, \"visibility\": …}}}}`");
    }
    let (group, last) = name.rsplit_once('.').unwrap_or(("", name));
    let alike = all().filter(|known| known.rsplit_once('.').is_some_and(|(_, behind)| behind == last));
    let alike: Vec<String> = alike.map(|known| format!("`{known}`")).collect();
    if !alike.is_empty() {
        return format!("did you mean {}?", alike.join(" or "));
    }
    let related = all().filter(|known| known.split_once('.').is_some_and(|(before, _)| before == group));
    let related = listed(related);
    if related.is_empty() {
        "name one of the catalogue (`facts-1.schema.json`), or declare a fact of your own under `facts`".into()
    } else {
        format!("known here: {related}")
    }
}

/// Words in backticks, with commas
pub(crate) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Optimal string alignment: letters put in, left out, exchanged, or swapped with the next
fn distance(word: &[char], candidate: &str) -> usize {
    let candidate: Vec<char> = candidate.to_lowercase().chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=candidate.len()).collect();
    let mut last = None;
    for (place, letter) in word.iter().enumerate() {
        let mut next = vec![place.saturating_add(1)];
        let mut last_other = None;
        for (column, other) in candidate.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX);
            let here = column.saturating_add(1);
            let mut best = at(&row, column).saturating_add(usize::from(letter != other));
            best = best.min(at(&row, here).saturating_add(1)).min(at(&next, column).saturating_add(1));
            if last == Some(other) && last_other == Some(letter) && column > 0 {
                best = best.min(at(&before, column.saturating_sub(1)).saturating_add(1));
            }
            next.push(best);
            last_other = Some(other);
        }
        last = Some(letter);
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::{fact, nearest};

    #[test]
    fn a_slip_of_the_pen_is_understood_and_another_word_is_not() {
        let known = ["cart.total", "customer.age", "invoice", "A"];
        assert_eq!(nearest("cart.totl", known), Some("cart.total"));
        assert_eq!(nearest("cart.toatl", known), Some("cart.total"));
        assert_eq!(nearest("Invoice", known), Some("invoice"));
        assert_eq!(nearest("gutschein", known), None);
        assert_eq!(nearest("B", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn a_fact_is_found_by_its_last_word_or_by_its_group() {
        assert_eq!(fact("cart.totl", &[]), "did you mean `cart.total`?");
        assert_eq!(fact("age", &[]), "did you mean `customer.age`?");
        assert_eq!(fact("address.country", &[]), "did you mean `billing.country` or `shipping.country`?");
        assert_eq!(fact("shop.opening_hours", &[]), "known here: `shop.providers`");
        assert_eq!(fact("custom.clb", &["custom.club"]), "did you mean `custom.club`?");
        assert!(fact("custom.vip", &["custom.club"]).starts_with("declare it: `\"facts\": {\"custom.vip\""));
        assert!(fact("weather", &[]).contains("catalogue"));
    }

    #[test]
    fn another_word_for_the_same_goes_before_one_that_looks_alike() {
        assert_eq!(nearest("and", ["any", "all"]), Some("all"));
        assert_eq!(nearest("Rechnung", ["invoice", "card"]), Some("invoice"));
        assert_eq!(nearest("to", ["from", "below", "points"]), Some("below"));
        assert_eq!(nearest("and", ["card", "invoice"]), None);
    }
}
