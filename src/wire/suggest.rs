//! The word that somebody may have meant.

/// The known word nearest to a misspelt one, if one is near
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
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
    use super::nearest;

    #[test]
    fn a_slip_of_the_pen_is_understood_and_another_word_is_not() {
        let known = ["cart.total", "customer.age", "invoice", "A"];
        assert_eq!(nearest("cart.totl", known), Some("cart.total"));
        assert_eq!(nearest("cart.toatl", known), Some("cart.total"));
        assert_eq!(nearest("Invoice", known), Some("invoice"));
        assert_eq!(nearest("rechnung", known), None);
        assert_eq!(nearest("B", known), None);
        assert_eq!(nearest("", known), None);
    }
}
