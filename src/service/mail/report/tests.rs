use super::*;
use serde_json::{Value, json};
use std::path::Path;

fn told(report: &Report) -> Value {
    let about: Vec<&str> = report.about.iter().map(MessageId::as_str).collect();
    match &report.news {
        News::Returned { hard, status } => json!({"news": "returned", "hard": hard, "status": status, "about": about}),
        News::Delivered => json!({"news": "delivered", "about": about}),
        News::Complained => json!({"news": "complained", "about": about}),
        News::Nothing(why) => json!({"news": why, "about": about}),
    }
}

#[test]
fn every_mail_of_the_corpus_says_what_it_says_and_nothing_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/mail");
    let cases = std::fs::read_to_string(folder.join("cases.jsonl")).unwrap();
    let mut files = 0;
    for line in cases.lines() {
        let mut case: Value = serde_json::from_str(line).unwrap();
        let fields = case.as_object_mut().unwrap();
        let (name, file) = (fields.remove("name").unwrap(), fields.remove("file").unwrap());
        let mail = std::fs::read_to_string(folder.join(file.as_str().unwrap())).unwrap();
        // As it lies in a file, and as it comes over the wire.
        for mail in [mail.clone(), mail.replace('\n', "\r\n")] {
            assert_eq!(told(&read(mail.as_bytes())), case, "{name}");
        }
        files += 1;
    }
    assert_eq!(files + 1, std::fs::read_dir(folder).unwrap().count(), "every file has its case");
}

#[test]
fn a_mail_that_is_damaged_anywhere_is_read_all_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/mail");
    for name in ["postfix_unknown.eml", "gmail_unknown.eml", "complaint.eml"] {
        let whole = std::fs::read(folder.join(name)).unwrap();
        for end in (0..whole.len()).step_by(7) {
            let mut cut = whole[..end].to_vec();
            let _ = read(&cut);
            cut.extend_from_slice(&[0xff, 0, b'\n', b'\n', b'-', b'-']);
            let _ = read(&cut);
        }
    }
    assert_eq!(read(b"").news, News::Nothing("mail.unreadable"));
    assert_eq!(read(&[0xff; 4_000]).about, []);
}
