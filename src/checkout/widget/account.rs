//! The fields of a bank account.

use alloc::string::String;
use tresen_texts::{Key, Texts, fill, push_number};
use tresen_ui::{Element, HtmlInputElement, attr, attr_if, field, focus, put, say};

use super::iban::{self, IbanMistake};
use super::notes::Mistake;

/// IBAN and holder
#[derive(Debug)]
pub struct AccountView {
    iban: HtmlInputElement,
    iban_mistake: Mistake,
    holder: HtmlInputElement,
    holder_mistake: Mistake,
}

/// An account that may be debited
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The IBAN in capitals without spaces
    pub iban: String,
    /// Whose account it is
    pub holder: String,
}

impl AccountView {
    /// Builds the fields; `mark` makes their ids unique
    pub fn new(parent: &Element, texts: &Texts, mark: &str) -> Self {
        let place = put(parent, "div", "");
        let iban = field(&place, &[mark, "iban"].concat(), texts.get(Key::IbanLabel), "off");
        attr(&iban, "spellcheck", "false");
        attr(&iban, "autocapitalize", "characters");
        let hint = put(&place, "p", "s soft");
        let hint_id = [mark, "ih"].concat();
        attr(&hint, "id", &hint_id);
        say(&hint, texts.get(Key::IbanHint));
        let iban_mistake = Mistake::new(&place, &[mark, "ie"].concat());
        attr(&iban, "aria-describedby", &[&hint_id, " ", iban_mistake.id()].concat());
        let place = put(parent, "div", "");
        let holder = field(&place, &[mark, "holder"].concat(), texts.get(Key::HolderLabel), "name");
        let holder_mistake = Mistake::new(&place, &[mark, "he"].concat());
        attr(&holder, "aria-describedby", holder_mistake.id());
        Self { iban, iban_mistake, holder, holder_mistake }
    }

    /// The account that stands in the fields, or sentences about what is wrong and the caret where it is
    pub fn read(&self, texts: &Texts) -> Option<Account> {
        let typed = self.iban.value();
        let iban = iban::parse(&typed);
        let mistake = match iban {
            Ok(_) => String::new(),
            Err(mistake) => sentence(texts, mistake, typed.trim()),
        };
        self.iban_mistake.say(&mistake);
        attr_if(&self.iban, "aria-invalid", iban.is_err().then_some("true"));
        let holder: String = self.holder.value().trim().into();
        let nobody = holder.is_empty();
        self.holder_mistake.say(if nobody { texts.get(Key::HolderErrorEmpty) } else { "" });
        attr_if(&self.holder, "aria-invalid", nobody.then_some("true"));
        if iban.is_err() {
            focus(&self.iban);
        } else if nobody {
            focus(&self.holder);
        }
        iban.ok().filter(|_| !nobody).map(|iban| Account { iban, holder })
    }
}

fn sentence(texts: &Texts, mistake: IbanMistake, typed: &str) -> String {
    let country: String = typed.chars().take(2).collect::<String>().to_ascii_uppercase();
    let mut count = String::new();
    push_number(&mut count, typed.chars().filter(char::is_ascii_alphanumeric).count() as u32);
    let mut expected = String::new();
    let key = match mistake {
        IbanMistake::Empty => Key::IbanErrorEmpty,
        IbanMistake::Characters => Key::IbanErrorCharacters,
        IbanMistake::Country => Key::IbanErrorCountry,
        IbanMistake::Length(length) => {
            push_number(&mut expected, u32::from(length));
            Key::IbanErrorLength
        }
        IbanMistake::Checksum => Key::IbanErrorChecksum,
    };
    let mut out = String::new();
    fill(&mut out, texts.get(key), &[("country", &country), ("count", &count), ("expected", &expected)]);
    out
}
