//! The forms of one message say the same.

use crate::particulars;
use serde_json::{Value, json};
use tresen_core::colour::Colour;
use tresen_texts::Language;
use tresen_texts::collect::{Block, Line, Message, Sentences};

const WRITTEN: [Language; 3] = [Language::German, Language::GermanDu, Language::English];

fn message(of: &str, patch: &Value, language: Language) -> Message {
    Message::new(&particulars(of, patch).unwrap(), &Sentences::of(language).unwrap()).unwrap()
}

fn messages() -> impl Iterator<Item = Message> {
    ["one", "several", "letter"].into_iter().flat_map(|of| WRITTEN.map(|language| message(of, &json!({}), language)))
}

/// The words of the page, without its head and the preview
fn words(html: &str) -> String {
    let (_, body) = html.split_once("</div>").unwrap();
    let mut words = String::new();
    let mut is_tag = false;
    for one in body.chars() {
        match one {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                words.push(' ');
            }
            _ if is_tag => {}
            one => words.push(one),
        }
    }
    let words = words
        .replace("&#8203;", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
    words.chars().filter(|one| !one.is_whitespace()).collect()
}

fn block_words(block: &Block) -> String {
    let tight = |text: &str| text.chars().filter(|one| !one.is_whitespace()).collect::<String>();
    let line = |line: &Line| tight(&line.words());
    match block {
        Block::Heading(words) | Block::Paragraph(words) | Block::Aside(words) | Block::Transfer(words) | Block::Foot(words) => line(words),
        Block::Sum(rows) => rows.iter().map(|row| tight(&row.label) + &tight(row.amount.as_deref().unwrap_or_default())).collect(),
        Block::Pay { words, .. } => tight(words),
        Block::Rule => String::new(),
        Block::Sign(words, shop) => line(words) + &tight(shop),
    }
}

#[test]
fn the_page_says_what_the_blocks_say_in_their_order() {
    for message in messages() {
        let shop = "Musterladen";
        let said: String = message.blocks.iter().map(block_words).collect();
        assert_eq!(words(&message.html), format!("{shop}{said}"));
        for block in &message.blocks {
            let plain: String = message.plain.chars().filter(|one| !one.is_whitespace()).collect();
            let first = match block {
                Block::Heading(line) | Block::Paragraph(line) => line.words(),
                _ => continue,
            };
            assert!(plain.contains(&first.chars().filter(|one| !one.is_whitespace()).collect::<String>()), "{first}");
        }
    }
}

#[test]
fn the_page_loads_nothing_and_reports_nothing_and_has_one_button() {
    for message in messages() {
        let html = message.html.to_lowercase();
        for sign in ["<img", "<script", "<link", "<iframe", "<form", "url(", "@import", "http-equiv", " on", "src="] {
            // Words may hold ` on`; attributes are what is meant.
            let found = if sign == " on" {
                html.split('<').skip(1).any(|tag| tag.split('>').next().unwrap().contains(" on"))
            } else {
                html.contains(sign)
            };
            assert!(!found, "{sign}");
        }
        let addresses: Vec<&str> = html.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(addresses.iter().all(|to| to.starts_with("https://musterladen.example/p/")), "{addresses:?}");
        let is_mail = message.blocks.iter().any(|block| matches!(block, Block::Pay { .. }));
        assert_eq!(html.matches("class=\"btn\"").count(), usize::from(is_mail));
    }
}

#[test]
fn what_names_hold_is_text_everywhere() {
    let patch =
        json!({"sender": {"shop": "Kiesel & \"Lein\" {shop} *x* [y](plan)"}, "person": {"name": {"given": "O'<b>", "family": "{total}"}}});
    let Message { html, plain, blocks, .. } = message("one", &patch, Language::English);
    assert!(html.contains("Kiesel &amp; &quot;Lein&quot; {shop} *x* [y](plan)"), "{html}");
    assert!(html.contains("Hello O&#39;&lt;b&gt; {total},") && !html.contains("<b>"));
    assert!(plain.contains("Hello O'<b> {total},") && plain.contains("Kiesel & \"Lein\" {shop} *x* [y](plan)"));
    assert!(blocks.contains(&Block::Sign(Line::of("Kind regards".into()), "Kiesel & \"Lein\" {shop} *x* [y](plan)".into())));
}

#[test]
fn a_text_message_fits_one_and_a_letter_leads_nowhere() {
    for message in messages() {
        assert_eq!(message.text.segments, 1, "{}", message.text.text);
    }
    let letter = message("letter", &json!({}), Language::German);
    assert!(!letter.plain.contains("https://"), "{}", letter.plain);
    assert_eq!(letter.paper.address, ["Alex Beispiel", "Musterstraße 1", "12345 Musterstadt"]);
    assert_eq!(letter.paper.side[0], ("Datum".into(), "7.\u{a0}Dezember 2026".into()));
    let account: Vec<String> = letter.paper.account.iter().map(Line::words).collect();
    assert_eq!(account[4], "Im Netz: musterladen.example/p/4F7K29QM, Code 4F7K 29QM");
    assert_eq!(letter.paper.page(1, 2), "Seite 1 von 2");
}

#[test]
fn when_somebody_answers_is_said_in_the_language_of_the_message_in_all_its_forms() {
    for (language, said, other) in [
        (Language::German, "Mo–Sa 8–20 Uhr", "8 am"),
        (Language::GermanDu, "Mo–Sa 8–20 Uhr", "8 am"),
        (Language::English, "Mon–Sat, 8 am–8 pm", "Uhr"),
    ] {
        let written = message("one", &json!({}), language);
        assert!(written.plain.contains(said) && written.html.contains(said) && !written.plain.contains(other), "{}", written.plain);
        let paper = message("letter", &json!({}), language).paper;
        assert!(paper.side.iter().any(|(_, value)| value == said), "{:?}", paper.side);
    }
}

/// The colour behind some words of the page
fn colour(html: &str, before: &str) -> Colour {
    let (_, behind) = html.split_once(before).unwrap_or_else(|| panic!("{before}: {html}"));
    Colour::parse(&behind[..7]).unwrap_or_else(|| panic!("{before}: {html}"))
}

#[test]
fn a_mail_is_in_the_colour_of_the_shop_and_can_be_read_in_it_by_day_and_by_night() {
    let grounds = |all: [&str; 2]| all.map(|ground| Colour::parse(ground).unwrap());
    let (days, nights) = (grounds(["#ffffff", "#f6f5f1"]), grounds(["#181d1c", "#111514"]));
    for accent in
        [None, Some("#8a3f28"), Some("#ffd400"), Some("#ffffff"), Some("#000000"), Some("#1c62c4"), Some("#ff0000"), Some("#181d1c")]
    {
        let html = message("one", &json!({"sender": {"accent": accent}}), Language::German).html;
        let (_, links) = html.split_once("class=\"a\"").unwrap();
        let (_, button) = html.split_once("class=\"btn\"").unwrap();
        let day = [colour(button, "background:"), colour(button, ";color:"), colour(button, "1px solid "), colour(links, "style=\"color:")];
        assert_eq!(day[0], Colour::parse(accent.unwrap_or("#0b5d57")).unwrap(), "by day the button is as the shop's are");
        let (_, night) = html.split_once(".a{color:").unwrap();
        let link = Colour::parse(&night[..7]).unwrap();
        let night = [colour(night, ".btn{background:"), colour(night, ".btn a{color:"), colour(night, "border-color:"), link];
        for ([button, ink, edge, link], grounds) in [(day, days), (night, nights)] {
            assert!(ink.is_readable_on(button), "{accent:?}: {html}");
            for ground in grounds {
                assert!(link.is_readable_on(ground) && edge.is_readable_on(ground), "{accent:?}: {html}");
            }
        }
    }
}
