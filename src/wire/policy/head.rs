//! Who the policy is for, when it is valid, and which facts it declares itself.

use super::Merchant;
use super::creditor::is_creditor_id;
use super::reader::{Fields, Reader, Spot};
use crate::suggest;
use tresen_core::calendar::Calendar;
use tresen_core::colour::Colour;
use tresen_core::date::Date;
use tresen_core::debit::NOTICE_DAYS;
use tresen_core::facts::{CUSTOM_FIRST, CUSTOM_MAX, FactIndex, FactKind, Visibility, country_value};
use tresen_core::money::Currency;
use tresen_core::policy::CustomFact;

/// The format that is read
const FORMAT: i64 = 1;

const KINDS: [(&str, FactKind); 6] = [
    ("boolean", FactKind::Boolean),
    ("integer", FactKind::Integer),
    ("amount", FactKind::Amount),
    ("date", FactKind::Date),
    ("text", FactKind::Text),
    ("texts", FactKind::Texts),
];

const SIZES: [&str; 4] = ["micro", "small", "medium", "large"];

/// Markets whose languages are there as drafts only, with the names of their files in `src/texts`
const DRAFTED: [([u8; 2], &str); 4] = [(*b"BE", "`fr`, `nl`"), (*b"FR", "`fr`"), (*b"IT", "`it`"), (*b"NL", "`nl`")];

impl Reader {
    pub(super) fn read_format(&mut self, fields: &Fields<'_>) {
        let Some(spot) = self.required(fields, "format", "write `\"format\": 1`") else { return };
        if let Some(found) = self.integer(&spot, 0, 255)
            && found != FORMAT
        {
            let message = format!("the policy has format {found}");
            self.error("policy.format.unsupported", &spot.at, message, format!("this version of `tresen` reads format {FORMAT}"));
        }
    }

    /// The currency; must come before everything that holds amounts
    pub(super) fn read_currency(&mut self, fields: &Fields<'_>) {
        let Some(spot) = self.required(fields, "currency", "write the currency, such as `\"EUR\"`") else { return };
        let Some(code) = self.text(&spot) else { return };
        match Currency::parse(code) {
            Some(currency) => {
                self.policy.currency = currency;
                self.currency_known = true;
            }
            None => {
                let capitals = code.to_ascii_uppercase();
                let help = match Currency::parse(&capitals) {
                    Some(_) => format!("write `{capitals}`"),
                    None => "write a currency of ISO 4217, such as `EUR`".into(),
                };
                self.error("policy.currency.unknown", &spot.at, format!("`{code}` is not a currency"), help);
            }
        }
    }

    pub(super) fn read_market(&mut self, fields: &Fields<'_>) {
        let Some(spot) = self.required(fields, "market", "write the country whose law applies, such as `\"DE\"`") else { return };
        let Some(market) = self.country(&spot) else { return };
        self.policy.market = market;
        // A policy for which it makes no difference has the bytes that it always had.
        let [before, now] = [false, true].map(|knows_holidays| Calendar::of(country_value(market), knows_holidays, None, None));
        self.policy.knows_holidays = before != now;
        if now == Calendar::WeekendsOnly {
            let message = "no public holidays are known for this market";
            self.warning("policy.market.no_calendar", &spot.at, message, "due dates move only when they fall on a weekend");
        }
        if let Some((_, languages)) = DRAFTED.iter().find(|(drafted, _)| *drafted == market) {
            let message = format!("the texts for shoppers in this market are drafts that no native speaker has read: {languages}");
            let help = "have a native speaker and counsel read them before you sell with them, or open sessions in `de` or `en`";
            self.warning("policy.market.texts_drafted", &spot.at, message, help);
        }
    }

    /// The name of the policy
    pub(super) fn read_name(&mut self, fields: &Fields<'_>) -> String {
        let name = self.required(fields, "name", "give the policy a name").and_then(|spot| self.text(&spot));
        name.unwrap_or_default().to_owned()
    }

    pub(super) fn read_merchant(&mut self, fields: &Fields<'_>) -> Merchant {
        let mut merchant = Merchant::default();
        let help = "write `\"merchant\": {\"name\": …, \"size\": …}`";
        let Some(spot) = self.required(fields, "merchant", help) else { return merchant };
        let known = ["name", "size", "creditor_id", "debit_notice_days", "accent", "imprint", "account", "pay_page"];
        let Some(fields) = self.object(&spot, &known) else { return merchant };
        if let Some(name) = self.required(&fields, "name", "write the merchant's name").and_then(|spot| self.text(&spot)) {
            name.clone_into(&mut merchant.name);
        }
        if let Some(spot) = self.required(&fields, "size", "write `micro`, `small`, `medium` or `large`")
            && let Some(place) = self.word(&spot, "size", &SIZES)
        {
            merchant.is_large = place == SIZES.len().saturating_sub(1);
        }
        if let Some(spot) = fields.get("creditor_id") {
            merchant.creditor_id = self.read_creditor_id(&spot);
        }
        if let Some(spot) = fields.get("debit_notice_days") {
            merchant.debit_notice_days = self.integer(&spot, 1, NOTICE_DAYS.into()).and_then(|days| u8::try_from(days).ok());
        }
        merchant.accent = fields.get("accent").and_then(|spot| self.read_accent(&spot));
        merchant.imprint = self.read_imprint(&fields);
        merchant.account = self.read_bank_account(&fields);
        merchant.pay_page = self.read_pay_page(&fields);
        merchant
    }

    fn read_creditor_id(&mut self, spot: &Spot<'_>) -> Option<String> {
        let text = self.text(spot)?;
        if is_creditor_id(text) {
            return Some(text.to_owned());
        }
        let help = "write it without spaces as your bank or the Bundesbank gave it, such as `DE98ZZZ09999999999`";
        self.problem("policy.merchant.creditor_id", &spot.at, format!("`{text}` is not a SEPA creditor identifier"), help);
        None
    }

    fn read_accent(&mut self, spot: &Spot<'_>) -> Option<Colour> {
        let text = self.text(spot)?;
        let colour = Colour::parse(text);
        if colour.is_none() {
            let help = "write it in six digits, such as `#8a3f28`; what is written on it, and what it is in the dark, follows from it";
            self.problem("policy.merchant.accent", &spot.at, format!("`{text}` is not a colour"), help);
        }
        colour
    }

    pub(super) fn read_legal(&mut self, fields: &Fields<'_>, merchant: &mut Merchant) {
        let Some(spot) = fields.get("legal") else { return };
        let known = ["registration_checked_by", "registration_checked_on", "claims", "credit_offered_by"];
        let Some(fields) = self.object(&spot, &known) else { return };
        if let Some(spot) = fields.get("registration_checked_by") {
            self.policy.registration_checked = self.text(&spot).is_some();
        }
        if let Some(spot) = fields.get("registration_checked_on") {
            self.date(&spot);
        }
        if let Some(spot) = fields.get("claims") {
            merchant.sells_claims = self.word(&spot, "word", &["kept", "sold"]) == Some(1);
        }
        if let Some(spot) = fields.get("credit_offered_by") {
            merchant.credit_by_third_party = self.word(&spot, "word", &["merchant", "third_party"]) == Some(1);
        }
    }

    pub(super) fn read_valid(&mut self, fields: &Fields<'_>) {
        let Some(spot) = fields.get("valid") else { return };
        let Some(fields) = self.object(&spot, &["from", "until"]) else { return };
        let date = |reader: &mut Self, key: &str| fields.get(key).and_then(|spot| reader.date(&spot));
        let (from, until): (Option<Date>, Option<Date>) = (date(self, "from"), date(self, "until"));
        self.policy.valid_from = from;
        self.policy.valid_until = until;
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            let message = format!("the policy ends on {}, before it begins on {}", until.to_iso(), from.to_iso());
            self.problem("policy.valid.empty", &spot.at, message, "exchange `from` and `until`");
        }
    }

    /// Facts of the policy's own, numbered by their names in the order of the alphabet
    pub(super) fn read_custom_facts(&mut self, fields: &Fields<'_>) {
        let Some(spot) = fields.get("facts") else { return };
        let Some(object) = spot.value.as_object() else {
            self.object(&spot, &[]);
            return;
        };
        let mut names: Vec<&str> = object.keys().map(String::as_str).collect();
        names.sort_unstable();
        if names.len() > CUSTOM_MAX {
            let message = format!("the policy declares {} facts", names.len());
            self.error("policy.fact.too_many", &spot.at, message, format!("at most {CUSTOM_MAX} are possible"));
            return;
        }
        let known: Vec<&str> = names.clone();
        let Some(facts) = self.object(&spot, &known) else { return };
        for (name, number) in names.into_iter().zip(CUSTOM_FIRST..) {
            if let Some(spot) = facts.get(name) {
                self.read_custom_fact(&spot, name, FactIndex(number));
            }
        }
    }

    fn read_custom_fact(&mut self, spot: &Spot<'_>, name: &str, index: FactIndex) {
        if !is_name(name) {
            let word = name.rsplit('.').next().unwrap_or_default().to_lowercase().replace(['-', ' '], "_");
            let help = match Some(format!("custom.{word}")).filter(|better| is_name(better)) {
                Some(better) => format!("write `{better}`"),
                None => "write `custom.` and a word of small letters, digits and `_`, such as `custom.club_member`".into(),
            };
            self.error("policy.fact.name", &spot.at, format!("`{name}` is not a name for a fact of your own"), help);
        }
        let Some(fields) = self.object(spot, &["type", "visibility", "description"]) else { return };
        let kinds = KINDS.map(|(word, _)| word);
        let help = format!("write one of {}", suggest::listed(kinds));
        let kind = self.required(&fields, "type", &help).and_then(|spot| self.word(&spot, "type", &kinds));
        let help = "write `client` if the browser may set it, else `server`";
        let visibility = self.required(&fields, "visibility", help).and_then(|spot| self.word(&spot, "visibility", &["client", "server"]));
        let kind = kind.and_then(|place| KINDS.get(place)).map(|(_, kind)| *kind);
        // A broken declaration still declares the name, so that its readers are not accused too.
        if kind.is_none() {
            self.untyped.push(index);
        }
        let visibility = if visibility == Some(0) { Visibility::Client } else { Visibility::Server };
        let kind = kind.unwrap_or(FactKind::Text);
        self.policy.custom.push(CustomFact { index, name: name.to_owned(), kind, visibility });
    }
}

/// Whether a fact of one's own may be called that
fn is_name(name: &str) -> bool {
    let rest = name.strip_prefix("custom.").unwrap_or_default();
    rest.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase())
        && name.len() <= 64
        && rest.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
