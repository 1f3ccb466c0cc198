//! Who writes to a customer and where a transfer goes; none of it decides, so none of it is compiled or moves the hash.

use super::reader::{Fields, Reader, Spot};
use crate::iban;

/// Who the creditor is, and where a customer finds somebody to talk to
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// The creditor, with its legal form
    pub creditor: String,
    /// Street and number
    pub street: String,
    /// Postcode
    pub postcode: String,
    /// Town
    pub city: String,
    /// Where it is registered, such as `Amtsgericht Musterstadt HRB 00000`
    pub register: Option<String>,
    /// Where the customer finds the shop by themselves, such as `musterladen.example`
    pub website: String,
    /// Where an answer is read
    pub email: String,
    /// Where somebody answers
    pub phone: Option<String>,
    /// When somebody answers
    pub hours: Option<String>,
    /// Who answers
    pub contact: Option<String>,
}

/// Where a transfer goes
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankAccount {
    /// Whose account it is
    pub holder: String,
    /// The account (ISO 13616), without blanks
    pub iban: String,
    /// The bank
    pub bic: Option<String>,
}

/// What of the shop's own a page behind a pay link brings along: paths on the address under which the page is seen
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayPage {
    /// Where `account.js` of the package lies
    pub script: String,
    /// A style sheet that sets the shop's `--tresen-…`
    pub stylesheet: String,
    /// Where the shop's name leads to; without it, to the website of the imprint
    pub home: Option<String>,
}

const IMPRINT: [&str; 10] = ["creditor", "street", "postcode", "city", "register", "website", "email", "phone", "hours", "contact"];

impl Reader {
    pub(super) fn read_imprint(&mut self, fields: &Fields<'_>) -> Option<Imprint> {
        let spot = fields.get("imprint")?;
        let fields = self.object(&spot, &IMPRINT)?;
        let must = |reader: &mut Self, key: &str, help: &str| {
            reader.required(&fields, key, help).and_then(|spot| reader.text(&spot)).map(str::to_owned)
        };
        let may = |reader: &mut Self, key: &str| fields.get(key).and_then(|spot| reader.text(&spot)).map(str::to_owned);
        let creditor = must(self, "creditor", "write the creditor with its legal form, such as `Musterladen GmbH`");
        let street = must(self, "street", "write street and number");
        let postcode = must(self, "postcode", "write the postcode");
        let city = must(self, "city", "write the town");
        let website = must(self, "website", "write where customers find the shop by themselves, such as `musterladen.example`");
        let email = must(self, "email", "write where an answer is read");
        let [register, phone, hours, contact] = ["register", "phone", "hours", "contact"].map(|key| may(self, key));
        Some(Imprint {
            creditor: creditor?,
            street: street?,
            postcode: postcode?,
            city: city?,
            register,
            website: website?,
            email: email?,
            phone,
            hours,
            contact,
        })
    }

    pub(super) fn read_bank_account(&mut self, fields: &Fields<'_>) -> Option<BankAccount> {
        let spot = fields.get("account")?;
        let fields = self.object(&spot, &["holder", "iban", "bic"])?;
        let holder = self.required(&fields, "holder", "write whose account it is").and_then(|spot| self.text(&spot)).map(str::to_owned);
        let iban = self.required(&fields, "iban", "write the account that transfers go to").and_then(|spot| self.read_iban(&spot));
        let bic = fields.get("bic").and_then(|spot| self.text(&spot)).map(str::to_owned);
        Some(BankAccount { holder: holder?, iban: iban?, bic })
    }

    pub(super) fn read_pay_page(&mut self, fields: &Fields<'_>) -> Option<PayPage> {
        let spot = fields.get("pay_page")?;
        let fields = self.object(&spot, &["script", "stylesheet", "home"])?;
        let script = self.required(&fields, "script", "write where `account.js` lies").and_then(|spot| self.read_own_path(&spot));
        let help = "write where the style sheet lies that sets the shop's `--tresen-…`";
        let stylesheet = self.required(&fields, "stylesheet", help).and_then(|spot| self.read_own_path(&spot));
        let home = fields.get("home").and_then(|spot| self.read_own_path(&spot));
        Some(PayPage { script: script?, stylesheet: stylesheet?, home })
    }

    /// A path on the page's own address: the page runs nothing from elsewhere
    fn read_own_path(&mut self, spot: &Spot<'_>) -> Option<String> {
        let text = self.text(spot)?;
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic());
        if text.starts_with('/') && !text.starts_with("//") && !text.contains('\\') && visible {
            return Some(text.to_owned());
        }
        let help = "write a path on the shop's own address, such as `/tresen/account.js`";
        self.problem("policy.merchant.pay_page", &spot.at, format!("`{text}` does not lie on the shop's own address"), help);
        None
    }

    fn read_iban(&mut self, spot: &Spot<'_>) -> Option<String> {
        let text = self.text(spot)?;
        let tidied = iban::tidied(text);
        if iban::check(&tidied).is_ok() {
            return Some(tidied);
        }
        let help = "copy it from the bank's own papers: two digits exchanged are enough to make it wrong";
        self.problem("policy.merchant.iban", &spot.at, format!("`{text}` is not an IBAN"), help);
        None
    }
}
