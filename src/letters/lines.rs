//! From words to lines of a width.

use crate::place::Um;
use crate::typeface::{Set, Typeface, Weight};
use tresen_texts::collect::{Line, Span};

/// A line: what stands in it, each with its distance from where the line begins
pub(crate) type Broken = Vec<(Um, Set)>;

/// Words of one weight
type Piece = (String, Weight);

/// Letters draw together across words by less than this, so that only a line that is about full is measured as a whole
const NEARLY: Um = 1_000;

/// Breaks words into lines; a word that is wider than a line is broken inside
pub(crate) fn broken(typeface: &Typeface, line: &Line, size: Um, width: Um) -> Vec<Broken> {
    let mut lines: Vec<(Vec<Piece>, Um)> = vec![(Vec::new(), 0)];
    let measure = |pieces: Vec<Piece>| measured(typeface, &trimmed(pieces), size);
    for word in words(line) {
        let parts = if measure(word.clone()) <= width { vec![word] } else { letters(&word) };
        for part in parts {
            let (full, visible) = (measured(typeface, &part, size), measure(part.clone()));
            let fits = |last: &[Piece], so_far: Um| {
                let about = so_far.saturating_add(visible);
                last.is_empty()
                    || about <= width.saturating_sub(NEARLY)
                    || (about <= width.saturating_add(NEARLY) && measure(joined(last, &part)) <= width)
            };
            match lines.last_mut() {
                Some((last, so_far)) if fits(last, *so_far) => {
                    *last = joined(last, &part);
                    *so_far = so_far.saturating_add(full);
                }
                Some(_) | None => lines.push((part, full)),
            }
        }
    }
    lines.into_iter().filter(|(line, _)| !line.is_empty()).map(|(line, _)| set(typeface, &line, size)).collect()
}

/// The words of a line, each with the blank behind it: an ordinary one, for the others hold words together
fn words(line: &Line) -> Vec<Vec<Piece>> {
    let mut words: Vec<Vec<Piece>> = Vec::new();
    for span in &line.0 {
        let (text, weight) = match span {
            Span::Plain(text) | Span::Link { words: text, .. } => (text, Weight::Regular),
            Span::Strong(text) => (text, Weight::Strong),
        };
        for piece in text.split_inclusive(' ') {
            let piece = (piece.to_owned(), weight);
            match words.last_mut() {
                // A full stop behind strong words belongs to them.
                Some(word) if word.last().is_some_and(|(text, _)| !text.ends_with(' ')) => word.push(piece),
                Some(_) | None => words.push(vec![piece]),
            }
        }
    }
    words
}

fn letters(word: &[Piece]) -> Vec<Vec<Piece>> {
    word.iter().flat_map(|(text, weight)| text.chars().map(|one| vec![(one.into(), *weight)])).collect()
}

/// A line with a word more; words of one weight are one text
fn joined(line: &[Piece], word: &[Piece]) -> Vec<Piece> {
    let mut line = line.to_vec();
    for (text, weight) in word {
        match line.last_mut() {
            Some((before, last)) if last == weight => before.push_str(text),
            Some(_) | None => line.push((text.clone(), *weight)),
        }
    }
    line
}

/// Without the blanks at the end, which may hang over
fn trimmed(mut line: Vec<Piece>) -> Vec<Piece> {
    if let Some((text, _)) = line.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
    }
    line
}

fn measured(typeface: &Typeface, line: &[Piece], size: Um) -> Um {
    line.iter().map(|(text, weight)| typeface.set(text, *weight).width(size)).fold(0, Um::saturating_add)
}

/// The blank at the end of a line stays: whoever hears it or copies it needs it between the words
fn set(typeface: &Typeface, line: &[Piece], size: Um) -> Broken {
    let mut x: Um = 0;
    line.iter()
        .map(|(text, weight)| {
            let set = typeface.set(text, *weight);
            let at = x;
            x = x.saturating_add(set.width(size));
            (at, set)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{MM, points};

    fn lines(line: &Line, width: Um) -> Vec<String> {
        let typeface = Typeface::new().unwrap();
        let broken = broken(&typeface, line, points(100), width);
        for line in &broken {
            let end = line.last().map(|(x, set)| x.saturating_add(typeface.set(set.text.trim_end(), set.weight).width(points(100))));
            assert!(end.unwrap_or(0) <= width, "{line:?}");
        }
        broken.iter().map(|line| line.iter().map(|(_, set)| set.text.as_str()).collect()).collect()
    }

    #[test]
    fn lines_break_at_blanks_and_not_where_words_hold_together() {
        let line = Line(vec![
            Span::Plain("Bitte zahlen Sie ".into()),
            Span::Strong("59,00\u{a0}€".into()),
            Span::Plain(" bis Freitag, 4.\u{a0}Dezember.".into()),
        ]);
        let broken = lines(&line, 38 * MM);
        assert_eq!(broken, ["Bitte zahlen Sie ", "59,00\u{a0}€ bis Freitag, ", "4.\u{a0}Dezember."]);
        assert_eq!(broken.concat(), line.words());
        assert_eq!(lines(&line, 500 * MM).len(), 1);
    }

    #[test]
    fn a_full_stop_never_stands_alone() {
        for width in 5..60 {
            let line =
                Line(vec![Span::Strong("Kurz".into()), Span::Plain(". Und ".into()), Span::Strong("gut".into()), Span::Plain(".".into())]);
            assert!(lines(&line, width * MM).iter().all(|line| !line.starts_with('.')) || width < 9, "{width}");
        }
    }

    #[test]
    fn a_word_without_a_blank_is_broken_inside_and_loses_nothing() {
        let line = Line::of(format!("Im Netz: {} da", "x".repeat(90)));
        let broken = lines(&line, 30 * MM);
        assert!(broken.len() > 4, "{broken:?}");
        assert_eq!(broken.concat(), line.words());
    }
}
