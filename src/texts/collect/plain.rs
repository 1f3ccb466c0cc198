//! A mail as text: what every reader can show.

use super::blocks::{Block, Line, Row, RowKind, Span};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// How wide the labels of what is owed may grow before the amounts go on
const LABEL_WIDTH: usize = 46;

pub(super) fn mail(blocks: &[Block]) -> String {
    let pieces: Vec<String> = blocks.iter().filter_map(piece).collect();
    let mut mail = pieces.join("\n\n");
    mail.push('\n');
    mail
}

fn piece(block: &Block) -> Option<String> {
    Some(match block {
        Block::Heading(line) | Block::Paragraph(line) | Block::Aside(line) | Block::Transfer(line) | Block::Foot(line) => spoken(line),
        Block::Sum(rows) => table(rows),
        Block::Pay { words, to } => format!("{words}:\n{to}"),
        Block::Rule => return None,
        Block::Sign(line, shop) => format!("{}\n{shop}", spoken(line)),
    })
}

/// Words, with each link behind what leads to it
fn spoken(line: &Line) -> String {
    line.0
        .iter()
        .map(|span| match span {
            Span::Plain(words) | Span::Strong(words) => words.clone(),
            Span::Link { words, to } => format!("{words} ({to})"),
        })
        .collect()
}

fn table(rows: &[Row]) -> String {
    let length = |text: &str| text.chars().count();
    let labels = rows.iter().filter(|row| row.amount.is_some()).map(|row| length(&row.label)).filter(|width| *width <= LABEL_WIDTH);
    let label_width = labels.max().unwrap_or(0);
    let amount_width = rows.iter().filter_map(|row| row.amount.as_deref()).map(length).max().unwrap_or(0);
    let mut lines = Vec::new();
    let mut before = None;
    for row in rows {
        if before.is_some_and(|before| before != row.kind && row.kind != RowKind::Part) {
            lines.push(if row.kind == RowKind::Total {
                "-".repeat(label_width.saturating_add(2).saturating_add(amount_width))
            } else {
                String::new()
            });
        }
        before = Some(row.kind);
        lines.push(match &row.amount {
            None => row.label.clone(),
            Some(amount) => {
                let gap = label_width.saturating_sub(length(&row.label)).saturating_add(amount_width.saturating_sub(length(amount)));
                format!("{}  {}{amount}", row.label, " ".repeat(gap))
            }
        });
    }
    lines.join("\n")
}
