//! A mail as a page that mail programs show alike.
//!
//! Tables hold it together and every style stands where it counts, because many programs know nothing else; a few lines in the head give
//! those that can the dark colours and the width of a telephone. Nothing is loaded from anywhere and nothing reports back.

use super::blocks::{Block, Line, Row, RowKind, Span};
use crate::bundled::Language;
use alloc::format;
use alloc::string::String;
use core::fmt::Write as _;
use tresen_core::collect::message::Sender;
use tresen_core::colour::Colour;

/// The button and the links on one ground
#[derive(Debug, Clone, Copy)]
struct Shade {
    button: Colour,
    ink: Colour,
    link: Colour,
}

/// The grounds on which links stand, by day and by night
const GROUNDS: [[Colour; 2]; 2] =
    [[Colour::WHITE, Colour::new(0xf6, 0xf5, 0xf1)], [Colour::new(0x18, 0x1d, 0x1c), Colour::new(0x11, 0x15, 0x14)]];

/// The house's colour, where the shop has named none
const HOUSE: [Shade; 2] = {
    let (day, night) = (Colour::new(0x0b, 0x5d, 0x57), Colour::new(0x7f, 0xd0, 0xc6));
    [Shade { button: day, ink: Colour::WHITE, link: day }, Shade { button: night, ink: Colour::new(0x06, 0x22, 0x1f), link: night }]
};

/// By day the button is as the shop's are, by night as light as a link has to be; an edge shows where it ends on a ground of its own colour
fn shades(accent: Option<Colour>) -> [Shade; 2] {
    let Some(accent) = accent else { return HOUSE };
    let [day, night] = GROUNDS.map(|grounds| accent.as_text_on(&grounds));
    [Shade { button: accent, ink: accent.ink(), link: day }, Shade { button: night, ink: night.ink(), link: night }]
}

const FONT: &str = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const TEXT: &str = "color:#1b2422;font-size:16px;line-height:24px";
const SOFT: &str = "color:#55605c;font-size:14px;line-height:21px";
const SMALL: &str = "color:#55605c;font-size:13px;line-height:20px";

/// What inline styles cannot say. `!important`, because they stand in the way.
fn head(Shade { button, ink, link }: Shade) -> String {
    let [button, ink, link] = [button, ink, link].map(Colour::to_css);
    format!(
        "<style>{HEAD}.a{{color:{link}!important}}.btn{{background:{button}!important;border-color:{button}!important}}\
.btn a{{color:{ink}!important}}a:focus-visible{{outline-color:#8ab8ff}}}}</style>"
    )
}

/// All of it but what hangs on the shop's colour; open at its end
const HEAD: &str = "\
:root{color-scheme:light dark;supported-color-schemes:light dark}\
a:focus-visible{outline:3px solid #1c62c4;outline-offset:2px}\
@media (max-width:520px){.out{padding:0!important}.card{border-radius:0!important;border-left:0!important;border-right:0!important}.in{padding:24px 20px!important}}\
@media (prefers-color-scheme:dark){\
.out{background:#0f1312!important}.card{background:#181d1c!important;border-color:#2f3836!important}.sunk{background:#111514!important}\
.t{color:#ecefed!important}.s{color:#a9b4b0!important}.line{border-color:#2f3836!important}";

/// The mail as a page
///
/// Mail programs show its body inside a page of their own and often drop what stands around it: the language and what it is are said
/// once more within.
pub(super) fn mail(language: Language, sender: &Sender, (subject, preview): (&str, &str), blocks: &[Block]) -> String {
    let lang = if language == Language::English { "en" } else { "de" };
    let (shop, subject, preview) = (escaped(&sender.shop), escaped(subject), escaped(preview));
    let [day, night] = shades(sender.accent);
    let head = head(night);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\">\
<meta name=\"format-detection\" content=\"telephone=no, date=no, address=no, email=no\"><title>{subject}</title>\n{head}</head>\n\
<body class=\"out\" style=\"margin:0;padding:0;background:#faf9f7\">\n\
<div role=\"article\" aria-roledescription=\"E-Mail\" aria-label=\"{subject}\" lang=\"{lang}\">\n\
<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">{preview}</div>\n\
<table role=\"presentation\" class=\"out\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"background:#faf9f7\"><tr>\
<td class=\"out\" align=\"center\" style=\"padding:24px 12px\">\n\
<table role=\"presentation\" class=\"card\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
style=\"max-width:520px;background:#ffffff;border:1px solid #e2e0d9;border-radius:12px;border-collapse:separate;overflow:hidden;text-align:left;{FONT}\">\n\
<tr><td class=\"in\" style=\"padding:32px\">\n<p class=\"t\" style=\"margin:0 0 24px;font-weight:600;{TEXT}\">{shop}</p>\n"
    );
    let (body, feet): (alloc::vec::Vec<&Block>, alloc::vec::Vec<&Block>) =
        blocks.iter().partition(|block| !matches!(block, Block::Foot(_)));
    for block in body {
        write_block(&mut out, block, day);
    }
    out.push_str(
        "</td></tr>\n<tr><td class=\"in sunk line\" style=\"padding:20px 32px;background:#f6f5f1;border-top:1px solid #e2e0d9\">\n",
    );
    for block in feet {
        write_block(&mut out, block, day);
    }
    out.push_str("</td></tr></table>\n</td></tr></table>\n</div>\n</body></html>\n");
    out
}

fn write_block(out: &mut String, block: &Block, shade: Shade) {
    // Writing to a string does not fail.
    let _ = match block {
        Block::Heading(line) => {
            writeln!(
                out,
                "<h1 class=\"t\" style=\"margin:0 0 16px;color:#1b2422;font-size:20px;line-height:26px;font-weight:600\">{}</h1>",
                spans(line, shade.link)
            )
        }
        Block::Paragraph(line) => writeln!(out, "<p class=\"t\" style=\"margin:0 0 16px;{TEXT}\">{}</p>", spans(line, shade.link)),
        Block::Aside(line) => writeln!(out, "<p class=\"t\" style=\"margin:0 0 12px;{TEXT}\">{}</p>", spans(line, shade.link)),
        Block::Transfer(line) => writeln!(out, "<p class=\"s\" style=\"margin:0 0 16px;{SOFT}\">{}</p>", spans(line, shade.link)),
        Block::Foot(line) => writeln!(out, "<p class=\"s\" style=\"margin:0 0 4px;{SMALL}\">{}</p>", spans(line, shade.link)),
        Block::Sign(line, shop) => {
            writeln!(out, "<p class=\"t\" style=\"margin:24px 0 0;{TEXT}\">{}<br>{}</p>", spans(line, shade.link), escaped(shop))
        }
        Block::Rule => writeln!(
            out,
            "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:24px 0\"><tr>\
<td class=\"line\" style=\"border-top:1px solid #e2e0d9;font-size:0;line-height:0\">&#8203;</td></tr></table>"
        ),
        // The cell is the button, so that it is one where links have no padding.
        Block::Pay { words, to } => writeln!(
            out,
            "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:8px 0 16px\"><tr>\
<td class=\"btn\" align=\"center\" style=\"background:{};border:1px solid {};border-radius:8px\">\
<a href=\"{}\" style=\"display:block;padding:14px 16px;color:{};font-size:16px;line-height:24px;font-weight:600;text-decoration:none\">{}</a>\
</td></tr></table>",
            shade.button.to_css(),
            shade.link.to_css(),
            escaped(to),
            shade.ink.to_css(),
            escaped(words)
        ),
        Block::Sum(rows) => {
            // A real table: what is owed for what is read aloud row by row.
            out.push_str("<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 16px;border-collapse:collapse\">\n");
            let before = core::iter::once(None).chain(rows.iter().map(|row| Some(row.kind)));
            for (row, before) in rows.iter().zip(before) {
                write_row(out, row, before == Some(RowKind::Part));
            }
            writeln!(out, "</table>")
        }
    };
}

fn write_row(out: &mut String, row: &Row, is_after_part: bool) {
    let label = escaped(&row.label);
    let above = if is_after_part { 16 } else { 0 };
    let _ = match (row.kind, &row.amount) {
        (RowKind::Heading, _) | (_, None) => {
            writeln!(out, "<tr><td class=\"s\" colspan=\"2\" style=\"padding:{above}px 0 4px;{SOFT}\">{label}</td></tr>")
        }
        (kind @ (RowKind::Part | RowKind::Total), Some(amount)) => {
            let (class, style) = match kind {
                RowKind::Total => ("t line", "border-top:1px solid #e2e0d9;font-weight:600;color:#1b2422;padding:10px 0 8px"),
                RowKind::Part | RowKind::Heading => ("t", "color:#1b2422;padding:4px 0"),
            };
            writeln!(
                out,
                "<tr><th scope=\"row\" class=\"{class}\" align=\"left\" style=\"font-weight:400;text-align:left;font-size:16px;line-height:24px;{style};padding-right:16px\">{label}</th>\
<td class=\"{class}\" align=\"right\" valign=\"top\" style=\"text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums;font-size:16px;line-height:24px;{style}\">{}</td></tr>",
                escaped(amount)
            )
        }
    };
}

fn spans(line: &Line, link: Colour) -> String {
    let mut out = String::new();
    for span in &line.0 {
        let _ = match span {
            Span::Plain(words) => write!(out, "{}", escaped(words)),
            Span::Strong(words) => write!(out, "<strong style=\"font-weight:600\">{}</strong>", escaped(words)),
            Span::Link { words, to } => {
                write!(
                    out,
                    "<a class=\"a\" href=\"{}\" style=\"color:{};text-decoration:underline\">{}</a>",
                    escaped(to),
                    link.to_css(),
                    escaped(words)
                )
            }
        };
    }
    out
}

/// Text that is nothing but text, between tags and in attributes
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
