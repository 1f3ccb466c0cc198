//! What a message to a customer has to say, as JSON: what `tresen collect preview` reads.

mod occasion;

pub use occasion::{HandOver, Occasion, PlanRate};

use crate::hours;
use crate::iban::{self, tidied};
use crate::money::Money;
use crate::reference;
use occasion::{amount, day};
use serde::Deserialize;
use tresen_core::collect::message as core;
use tresen_core::colour::Colour;
use tresen_core::date::Date;
use tresen_core::diag::Diagnostic;
use tresen_core::rate::Rate;

/// Everything that a message may say
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Particulars {
    /// The day on which it goes out
    pub today: String,
    /// Whether it goes out as a letter
    #[serde(default)]
    pub by_letter: bool,
    /// Who writes
    pub sender: Sender,
    /// Who is written to
    #[serde(default)]
    pub person: Addressee,
    /// What it is about
    pub claims: Vec<Claim>,
    /// What is to be paid in all
    pub total: Money,
    /// The last day on which what is asked for is in time
    #[serde(default)]
    pub term: Option<String>,
    /// The first day of default, where this is the reminder that brings it
    #[serde(default)]
    pub default_from: Option<String>,
    /// How the customer pays, and what else they can do
    #[serde(default)]
    pub ways: Ways,
    /// What it is for
    pub occasion: Occasion,
}

/// Who writes
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sender {
    /// The shop as the customer knows it
    pub shop: String,
    /// The creditor, with its legal form
    pub creditor: String,
    /// Street and number
    pub street: String,
    /// Postcode
    pub postcode: String,
    /// Town
    pub city: String,
    /// Where it is registered
    #[serde(default)]
    pub register: Option<String>,
    /// Where the customer finds the shop by themselves
    pub website: String,
    /// Where an answer is read
    pub email: String,
    /// Where somebody answers
    #[serde(default)]
    pub phone: Option<String>,
    /// When somebody answers
    #[serde(default)]
    pub hours: Option<Vec<hours::Open>>,
    /// Who answers
    #[serde(default)]
    pub contact: Option<String>,
    /// The shop's colour, such as `#8a3f28`
    #[serde(default)]
    pub accent: Option<String>,
}

/// Who is written to
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Addressee {
    /// Their name
    #[serde(default)]
    pub name: Option<Name>,
    /// The lines below the name on an envelope
    #[serde(default)]
    pub address: Vec<String>,
}

/// A name
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// By which friends call them
    pub given: String,
    /// The family's
    pub family: String,
}

/// One claim
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The contract
    pub order: Document,
    /// The invoice
    pub invoice: Document,
    /// What was bought
    #[serde(default)]
    pub goods: Option<String>,
    /// The last day on which payment was or is in time
    pub due: String,
    /// What it consists of
    pub parts: Vec<Part>,
    /// What came against it
    #[serde(default)]
    pub received: Vec<Received>,
    /// What is open of it
    pub open: Money,
}

/// A numbered paper and its day
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Its number
    pub number: String,
    /// Its day
    pub on: String,
}

/// A part of a claim
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Part {
    /// The price of the goods
    Principal {
        /// How much
        amount: Money,
    },
    /// The agreed fee
    Fee {
        /// How much
        amount: Money,
    },
    /// The agreed interest of a plan
    Interest {
        /// How much
        amount: Money,
    },
    /// Interest for late payment
    DefaultInterest {
        /// How much
        amount: Money,
        /// The first day that bears it
        from: String,
        /// The last day that bears it
        until: String,
        /// How much a year, such as `0.0652`
        rate: String,
    },
    /// The 40 euros that a business owes in default
    LumpSum {
        /// How much
        amount: Money,
    },
    /// Paper and postage
    DunningCost {
        /// How much
        amount: Money,
        /// The day of the letter
        on: String,
    },
    /// What a lawyer, a collector or a court cost
    LegalCost {
        /// How much
        amount: Money,
    },
}

/// What made a claim smaller
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Received {
    /// What it was
    pub kind: ReceivedKind,
    /// The day that counts
    pub on: String,
    /// How much
    pub amount: Money,
}

/// What made a claim smaller
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceivedKind {
    /// The customer paid
    Payment,
    /// The merchant credited it
    Credit,
}

/// How the customer pays, and where they do what else they can
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Ways {
    /// Where one pays
    pub pay: Option<String>,
    /// What is typed there
    pub code: Option<String>,
    /// Where a transfer goes
    pub transfer: Option<Transfer>,
    /// Where one chooses rates
    pub plan: Option<String>,
    /// Where one names a day
    pub promise: Option<String>,
    /// Where one says that something is wrong
    pub dispute: Option<String>,
    /// Where one chooses how to be written to
    pub preferences: Option<String>,
    /// Who advises on debts for free
    pub advice: Option<String>,
}

/// Where a transfer goes
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// Whose account it is
    pub holder: String,
    /// The account
    pub iban: String,
    /// The bank
    #[serde(default)]
    pub bic: Option<String>,
    /// What the payer writes
    pub reference: String,
}

impl Particulars {
    /// The particulars that the core checks
    ///
    /// # Errors
    ///
    /// Every mistake at once: a day, an amount, a rate, an account or a reference that is none, or what [`core::Checked`] finds.
    pub fn to_core(&self) -> Result<core::Checked, Vec<Diagnostic>> {
        let mut wrong = Vec::new();
        let particulars = self.read(&mut wrong);
        match particulars {
            Some(particulars) if wrong.is_empty() => core::Checked::new(particulars),
            Some(_) | None => Err(wrong),
        }
    }

    fn read(&self, wrong: &mut Vec<Diagnostic>) -> Option<core::Particulars> {
        let claims: Vec<Option<core::Claim>> = self.claims.iter().enumerate().map(|(place, claim)| claim.read(place, wrong)).collect();
        let today = day("/today", &self.today, wrong);
        let total = amount("/total", &self.total, wrong);
        let term = self.term.as_ref().and_then(|term| day("/term", term, wrong));
        let default_from = self.default_from.as_ref().and_then(|from| day("/default_from", from, wrong));
        let (ways, occasion) = (self.ways.read(wrong), self.occasion.read(wrong));
        let mut part = |at: &str, code: &'static str, message: &'static str, help: &'static str| {
            wrong.push(Diagnostic::error(code, format!("/sender/{at}"), message, help));
        };
        let hours = self.sender.hours.as_deref().map(hours::read);
        if hours == Some(None) {
            let help = "write days from `mon` to `sun` and times such as `08:00`, each hour of a day once";
            part("hours", "message.hours.malformed", "these are no hours", help);
        }
        let accent = self.sender.accent.as_deref().map(Colour::parse);
        if accent == Some(None) {
            part("accent", "message.colour.malformed", "this is no colour", "write it in six digits, such as `#8a3f28`");
        }
        let Self { sender, person, .. } = self;
        Some(core::Particulars {
            today: today?,
            by_letter: self.by_letter,
            sender: core::Sender {
                shop: sender.shop.clone(),
                creditor: sender.creditor.clone(),
                street: sender.street.clone(),
                postcode: sender.postcode.clone(),
                city: sender.city.clone(),
                register: sender.register.clone(),
                website: sender.website.clone(),
                email: sender.email.clone(),
                phone: sender.phone.clone(),
                hours: hours.flatten(),
                contact: sender.contact.clone(),
                accent: accent.flatten(),
            },
            person: core::Addressee {
                name: person.name.as_ref().map(|name| core::Name { given: name.given.clone(), family: name.family.clone() }),
                address: person.address.clone(),
            },
            claims: claims.into_iter().collect::<Option<_>>()?,
            total: total?,
            term,
            default_from,
            ways,
            occasion: occasion?,
        })
    }
}

impl Claim {
    fn read(&self, place: usize, wrong: &mut Vec<Diagnostic>) -> Option<core::Claim> {
        let at = format!("/claims/{place}");
        let mut document = |name: &str, document: &Document| {
            let on = day(&format!("{at}/{name}/on"), &document.on, wrong)?;
            Some(core::Document { number: document.number.clone(), on })
        };
        let (order, invoice) = (document("order", &self.order), document("invoice", &self.invoice));
        let due = day(&format!("{at}/due"), &self.due, wrong);
        let parts: Vec<Option<core::Part>> =
            self.parts.iter().enumerate().map(|(part, one)| one.read(&format!("{at}/parts/{part}"), wrong)).collect();
        let mut one_received = |(part, one): (usize, &Received)| {
            let at = format!("{at}/received/{part}");
            let kind = match one.kind {
                ReceivedKind::Payment => core::ReceivedKind::Payment,
                ReceivedKind::Credit => core::ReceivedKind::Credit,
            };
            let (on, amount) = (day(&format!("{at}/on"), &one.on, wrong), amount(&at, &one.amount, wrong));
            Some(core::Received { kind, on: on?, amount: amount? })
        };
        let received: Vec<Option<core::Received>> = self.received.iter().enumerate().map(&mut one_received).collect();
        let open = amount(&format!("{at}/open"), &self.open, wrong);
        Some(core::Claim {
            order: order?,
            invoice: invoice?,
            goods: self.goods.clone(),
            due: due?,
            parts: parts.into_iter().collect::<Option<_>>()?,
            received: received.into_iter().collect::<Option<_>>()?,
            open: open?,
        })
    }
}

impl Part {
    fn read(&self, at: &str, wrong: &mut Vec<Diagnostic>) -> Option<core::Part> {
        let (kind, sum) = match self {
            Self::Principal { amount } => (Some(core::PartKind::Principal), amount),
            Self::Fee { amount } => (Some(core::PartKind::Fee), amount),
            Self::Interest { amount } => (Some(core::PartKind::Interest), amount),
            Self::LumpSum { amount } => (Some(core::PartKind::LumpSum), amount),
            Self::LegalCost { amount } => (Some(core::PartKind::LegalCost), amount),
            Self::DunningCost { amount, on } => (day(&format!("{at}/on"), on, wrong).map(|on| core::PartKind::DunningCost { on }), amount),
            Self::DefaultInterest { amount, from, until, rate } => {
                let (from, until) = (day(&format!("{at}/from"), from, wrong), day(&format!("{at}/until"), until, wrong));
                (default_interest(at, from, until, rate, wrong), amount)
            }
        };
        Some(core::Part { amount: amount(&format!("{at}/amount"), sum, wrong)?, kind: kind? })
    }
}

fn default_interest(at: &str, from: Option<Date>, until: Option<Date>, rate: &str, wrong: &mut Vec<Diagnostic>) -> Option<core::PartKind> {
    let parsed = Rate::parse(rate);
    if parsed.is_none() {
        let help = "write a share between 0 and 1, such as `0.0652`";
        wrong.push(Diagnostic::error("message.rate.malformed", format!("{at}/rate"), format!("`{rate}` is not a rate"), help));
    }
    Some(core::PartKind::DefaultInterest { from: from?, until: until?, rate: parsed? })
}

impl Ways {
    fn read(&self, wrong: &mut Vec<Diagnostic>) -> core::Ways {
        core::Ways {
            pay: self.pay.clone(),
            code: self.code.clone(),
            transfer: self.transfer.as_ref().map(|transfer| transfer.read(wrong)),
            plan: self.plan.clone(),
            promise: self.promise.clone(),
            dispute: self.dispute.clone(),
            preferences: self.preferences.clone(),
            advice: self.advice.clone(),
        }
    }
}

impl Transfer {
    fn read(&self, wrong: &mut Vec<Diagnostic>) -> core::Transfer {
        let (iban, reference) = (tidied(&self.iban), tidied(&self.reference));
        if let Err(why) = iban::check(&iban) {
            let message = format!("`{}` is no account number", self.iban);
            wrong.push(Diagnostic::error(why.code(), "/ways/transfer/iban", message, "`tresen iban` says why"));
        }
        if let Some(why) = reference::why_not(&reference) {
            let message = format!("`{}` is no reference of ISO 11649", self.reference);
            wrong.push(Diagnostic::error(why, "/ways/transfer/reference", message, "`tresen reference` makes one"));
        }
        core::Transfer { holder: self.holder.clone(), iban, bic: self.bic.as_deref().map(tidied), reference }
    }
}
