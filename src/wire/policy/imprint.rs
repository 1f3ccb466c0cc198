//! Who writes to a customer and where a transfer goes; none of it decides, so none of it is compiled or moves the hash.

use super::reader::{Fields, Reader, Spot};
use crate::hours::{minute, told};
use crate::iban;
use tresen_core::date::Weekday;
use tresen_core::hours::{Hours, Span};

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
    pub hours: Option<Hours>,
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

/// So many spans are enough for three on every day of the week
const OPEN_MAX: usize = 21;

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
        let [register, phone, contact] = ["register", "phone", "contact"].map(|key| may(self, key));
        let hours = fields.get("hours").and_then(|spot| self.read_hours(&spot));
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

    /// When somebody answers, by the days of the week
    fn read_hours(&mut self, spot: &Spot<'_>) -> Option<Hours> {
        if let Some(text) = spot.str() {
            let message = format!("`{text}` stands as it is in every language");
            let help = "write days and times, such as `[{\"days\": [\"mon\", \"tue\"], \"from\": \"08:00\", \"until\": \"20:00\"}]`: each customer reads \
                        them in their own language";
            self.problem("policy.merchant.hours", &spot.at, message, help);
            return None;
        }
        let mut hours = Hours::default();
        for entry in self.some_of(spot, OPEN_MAX, "write when somebody answers, or leave the key out")? {
            self.read_open(&entry, &mut hours);
        }
        Some(hours)
    }

    fn read_open(&mut self, spot: &Spot<'_>, hours: &mut Hours) -> Option<()> {
        let fields = self.object(spot, &["days", "from", "until"])?;
        let days = self.required(&fields, "days", "name the days of the week, such as `[\"mon\", \"tue\"]`");
        let from = self.required(&fields, "from", "write from when on, such as `08:00`").and_then(|spot| self.read_time(&spot));
        let until = self.required(&fields, "until", "write until when, such as `20:00`").and_then(|spot| self.read_time(&spot));
        let days = days.and_then(|spot| self.some_of(&spot, Weekday::ALL.len(), "name at least one, such as `\"mon\"`"))?;
        let (from, until) = (from?, until?);
        let Some(span) = Span::new(from, until) else {
            let message = format!("the hours from `{}` until `{}` are none", told(from), told(until));
            let help = "let `until` be later than `from`; what goes over midnight is written for both days, until `24:00` and from `00:00`";
            self.problem("policy.merchant.hours_empty", &spot.at, message, help);
            return None;
        };
        for entry in days {
            let day = self.word(&entry, "day of the week", &Weekday::ALL.map(Weekday::code)).and_then(|place| Weekday::ALL.get(place));
            if day.is_some_and(|day| !hours.add(*day, span)) {
                let message = format!("`{}` to `{}` meets other hours of the same day", told(from), told(until));
                self.problem(
                    "policy.merchant.hours_twice",
                    &entry.at,
                    message,
                    "name each hour of a day once, as one span as far as it goes",
                );
            }
        }
        Some(())
    }

    /// A list with something in it
    fn some_of<'a>(&mut self, spot: &Spot<'a>, most: usize, help: &str) -> Option<Vec<Spot<'a>>> {
        let entries = self.list(spot, most)?;
        if entries.is_empty() {
            self.problem("policy.list.empty", &spot.at, "nobody answers at any time", help);
        }
        Some(entries)
    }

    /// A time of day as its minute
    pub(super) fn read_time(&mut self, spot: &Spot<'_>) -> Option<u16> {
        let text = self.text(spot)?;
        let minute = minute(text);
        if minute.is_none() {
            let help = "write hours and minutes, such as `09:30`";
            self.error("policy.time.malformed", &spot.at, format!("`{text}` is not a time of day"), help);
        }
        minute
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
