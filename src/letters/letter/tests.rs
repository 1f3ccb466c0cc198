use super::reader::pages;
use super::*;
use lopdf::Document;
use serde_json::{Value, json};
use tresen_texts::collect::Sentences;

/// Particulars of the corpus, some of them others
fn particulars(of: &str, change: impl FnOnce(&mut Value)) -> Checked {
    let text = match of {
        "letter" => include_str!("../../../tests/corpus/collect_texts/particulars/letter.json"),
        _ => include_str!("../../../tests/corpus/collect_texts/particulars/several.json"),
    };
    let mut facts: Value = serde_json::from_str(text).unwrap();
    facts["by_letter"] = json!(true);
    facts["person"] = json!({"name": {"given": "Alex", "family": "Beispiel"}, "address": ["Musterstraße 1", "12345 Musterstadt"]});
    change(&mut facts);
    serde_json::from_value::<tresen_wire::message::Particulars>(facts).unwrap().to_core().unwrap()
}

fn written(particulars: &Checked, language: Language) -> (Message, Result<Vec<u8>, NoLetter>) {
    let message = Message::new(particulars, &Sentences::of(language).unwrap()).unwrap();
    let letter = letter(&message, particulars);
    (message, letter)
}

fn tight(text: &str) -> String {
    text.chars().filter(|one| !one.is_whitespace()).collect()
}

/// Everything that is to be read, in the order in which it is
fn expected(message: &Message) -> Vec<String> {
    let Message { paper, blocks, .. } = message;
    let mut all = vec!["Musterladen".to_owned(), paper.back.clone()];
    all.extend(paper.address.iter().cloned());
    all.extend(paper.side.iter().flat_map(|(label, value)| [label.clone(), value.clone()]));
    for block in blocks {
        match block {
            Block::Heading(line) | Block::Paragraph(line) | Block::Aside(line) => all.push(line.words()),
            Block::Sum(rows) => all.extend(rows.iter().flat_map(|row| [row.label.clone(), row.amount.clone().unwrap_or_default()])),
            Block::Transfer(_) => all.extend(paper.account.iter().map(Line::words)),
            Block::Sign(line, shop) => all.extend([line.words(), shop.clone()]),
            Block::Pay { .. } | Block::Rule | Block::Foot(_) => {}
        }
    }
    all
}

#[test]
fn a_final_notice_is_one_page_and_its_text_comes_out_in_the_order_in_which_one_reads() {
    for language in [Language::German, Language::GermanDu, Language::English] {
        let (message, letter) = written(&particulars("letter", |_| {}), language);
        let pages = pages(&letter.unwrap());
        let feet = message.blocks.iter().filter_map(|block| if let Block::Foot(line) = block { Some(line.words()) } else { None });
        let whole: String = expected(&message).into_iter().chain(feet).map(|text| tight(&text)).collect();
        assert_eq!(pages, [whole], "{language:?}");
    }
}

#[test]
fn what_does_not_fit_a_page_goes_on_and_pages_are_counted() {
    let particulars = particulars("several", |facts| {
        let claim = facts["claims"][2].clone();
        let more = (0..5).map(|_| claim.clone());
        facts["claims"].as_array_mut().unwrap().extend(more);
        facts["total"]["minor"] = json!(82_015 + 5 * 4_500);
    });
    let (message, letter) = written(&particulars, Language::German);
    let pages = pages(&letter.unwrap());
    assert_eq!(pages.len(), 2);
    let whole = pages.concat();
    let mut rest = whole.as_str();
    for text in expected(&message) {
        let at = rest.find(&tight(&text)).unwrap_or_else(|| panic!("`{text}` is missing or comes too early"));
        rest = &rest[at..];
    }
    for (place, page) in pages.iter().enumerate() {
        assert!(
            page.contains(&format!("Seite{}von2", place + 1)) && page.contains("VertragspartnerundGläubiger:MusterladenGmbH"),
            "{page}"
        );
    }
}

#[test]
fn the_same_message_makes_the_same_bytes_that_say_what_they_are() {
    let particulars = particulars("letter", |_| {});
    let one = written(&particulars, Language::German).1.unwrap();
    assert_eq!(written(&particulars, Language::German).1.unwrap(), one);
    assert!(one.len() < 60_000, "{}", one.len());
    let document = Document::load_mem(&one).unwrap();
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"de");
    assert!(catalog.get(b"StructTreeRoot").is_ok());
    let metadata = document.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap().as_stream().unwrap();
    let metadata = metadata.get_plain_content().unwrap_or_else(|_| metadata.content.clone());
    assert!(String::from_utf8_lossy(&metadata).contains("pdfuaid:part"));
}

#[test]
fn the_code_on_it_fills_in_the_transfer() {
    let particulars = particulars("letter", |_| {});
    let message = written(&particulars, Language::German).0;
    let typeface = Typeface::new().unwrap();
    let letter = Letter { message: &message, particulars: particulars.get(), typeface: &typeface };
    let payload = "BCD\n002\n1\nSCT\n\nMusterladen GmbH\nDE89370400440532013000\nEUR59.95\n\nRF8120261041";
    assert_eq!(letter.code(), Code::of(payload));
    let pages = letter.pages().unwrap();
    let drawn = pages.iter().flatten().find_map(|(tag, mark)| match (tag, mark) {
        (Tag::Picture(_), Mark::Boxes { boxes, .. }) => Some(boxes.clone()),
        _ => None,
    });
    let drawn = drawn.unwrap();
    assert_eq!(drawn.len(), Code::of(payload).unwrap().runs().count());
    // From the first module to the last it is 27 mm, and no row is thinner than another by more than rounding.
    let right = drawn.iter().map(|one| one.x + one.width).max().unwrap();
    assert_eq!(right - LEFT, CODE);
    let heights: Vec<Um> = drawn.iter().map(|one| one.height).collect();
    assert!(heights.iter().max().unwrap() - heights.iter().min().unwrap() <= 1);
}

#[test]
fn nothing_leaves_the_paper_or_its_margins() {
    for of in ["letter", "several"] {
        let particulars = particulars(of, |facts| {
            facts["sender"]["creditor"] =
                json!("Gesellschaft für ganz besonders lange Namen und Rechtsformen mit beschränkter Haftung & Co. Kommanditgesellschaft");
            facts["claims"][0]["goods"] = json!("Donaudampfschifffahrtsgesellschaftskapitänsmützenständerbeschlagteil".repeat(3));
        });
        let message = written(&particulars, Language::German).0;
        let typeface = Typeface::new().unwrap();
        for page in (Letter { message: &message, particulars: particulars.get(), typeface: &typeface }).pages().unwrap() {
            for (_, mark) in page {
                let Mark::Text { x, y, size, set, .. } = mark else { continue };
                let end = x + typeface.set(set.text.trim_end(), set.weight).width(size);
                assert!(x >= LEFT && end <= RIGHT && y <= 292 * MM, "{} at {x}, {y} to {end}", set.text);
            }
        }
    }
}

#[test]
fn what_cannot_be_written_is_refused_and_says_why() {
    let refused = |change: fn(&mut Value)| written(&particulars("letter", change), Language::German).1.unwrap_err();
    assert_eq!(refused(|facts| facts["person"]["name"]["family"] = json!("田中")), NoLetter::Glyph('田'));
    assert_eq!(refused(|facts| facts["claims"][0]["goods"] = json!("Mütze 🧢")), NoLetter::Glyph('🧢'));
    assert_eq!(refused(|facts| facts["person"] = json!({"address": ["12345 Musterstadt"]})), NoLetter::NoAddress);
    let wide = refused(|facts| facts["person"]["address"][0] = json!("Straße des Bürgermeisters und Ehrenbürgers 123456"));
    assert!(matches!(wide, NoLetter::Window(_)) && wide.code() == "letter.address.window", "{wide}");
    let tall = refused(|facts| facts["person"]["address"] = json!(["a", "b", "c", "d", "e", "f"]));
    assert_eq!(tall, NoLetter::Window("f".into()));
    assert!(written(&particulars("letter", |facts| facts["person"]["address"] = json!(["a", "b", "c", "d"])), Language::German).1.is_ok());
}
