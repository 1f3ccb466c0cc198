//! What a message says: particulars from the account, words from `texts`, and the lint over both.
//!
//! **Invariant:** every amount is the account's at this moment; a message that the lint refuses is not sent, a human is told.

use super::attempts::Said;
use super::contact::Contact;
use super::person::Reach;
use super::transport::Parcel;
use super::{CaseFile, when, words};
use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::day;
use crate::paylinks;
use rusqlite::params;
use tresen_core::collect::Reminder;
use tresen_core::collect::message::{
    Checked, Claim, Document, HandOver, Occasion, Part, PartKind, Particulars, Received, ReceivedKind, Sender, Transfer, Ways,
};
use tresen_core::date::Date;
use tresen_core::diag::{Diagnostic, Severity};
use tresen_core::ident::{MessageId, PaymentId, ReceivableId};
use tresen_core::ladder::{Channel, Ladder, Tone};
use tresen_core::law::late_interest::{Claim as Debt, late_interest};
use tresen_core::money::{Currency, Money};
use tresen_core::rate::Rate;
use tresen_core::receivable::{ItemKind, PaymentState};
use tresen_letters::letter;
use tresen_texts::collect::Message;

/// A message that may go out
#[derive(Debug)]
pub struct Written {
    /// What it says, in every form
    pub parcel: Parcel,
    /// `note`, `reminder`, `crossed` or `thanks`
    pub occasion: &'static str,
    /// Which way
    pub channel: Channel,
    /// What it says of which claim
    pub about: Vec<Said>,
    /// The payment that it answers
    pub payment: Option<String>,
    /// What it names as open in all
    pub amount_minor: i64,
    /// The last day that it names
    pub term: Option<Date>,
    /// The first day of default that it names
    pub default_from: Option<Date>,
}

/// Why a message is not written: what stands against it
#[derive(Debug)]
pub struct Unwritten(pub Vec<String>);

/// A message, or what stands against it
pub type Composed = Result<Written, Unwritten>;

/// How many days a message is taken to be under way, where nothing else is heard: a letter as AO section 122(2) number 1 has it since 2025
pub fn transit_days(channel: Channel) -> i32 {
    match channel {
        Channel::Email | Channel::TextMessage | Channel::Telephone => 1,
        Channel::Letter => 4,
    }
}

/// What a message is composed for
#[derive(Debug)]
pub struct Letterhead<'a> {
    work: &'a Work<'a>,
    case: &'a CaseFile,
    reach: &'a Reach,
    sender: Sender,
    currency: Currency,
    today: Date,
}

impl<'a> Letterhead<'a> {
    /// The merchant writes to the customer; nothing where the merchant has not said who writes, or the person was erased
    pub fn of(work: &'a Work<'a>, case: &'a CaseFile) -> Result<Option<Self>, ApiError> {
        let merchant = case.policy.merchant();
        let (Some(imprint), Some(reach)) = (&merchant.imprint, &case.reach) else { return Ok(None) };
        let sender = Sender {
            shop: merchant.name.clone(),
            creditor: imprint.creditor.clone(),
            street: imprint.street.clone(),
            postcode: imprint.postcode.clone(),
            city: imprint.city.clone(),
            register: imprint.register.clone(),
            website: imprint.website.clone(),
            email: imprint.email.clone(),
            phone: imprint.phone.clone(),
            hours: imprint.hours.clone(),
            contact: imprint.contact.clone(),
        };
        let currency = Currency::parse(&case.currency).ok_or_else(|| ApiError::internal("an account in no currency"))?;
        Ok(Some(Self { work, case, reach, sender, currency, today: day(work.moment.today)? }))
    }

    /// A word before the due date
    pub fn note(&self, receivables: &[ReceivableId], channel: Channel) -> Result<Composed, ApiError> {
        let due = receivables.iter().filter_map(|id| self.case.account.cycle(id)).min();
        let occasion = self.of_plan(receivables, false).unwrap_or(Occasion::Note);
        let about = receivables.iter().map(|id| self.said(id, 0)).collect();
        self.write(Draft { channel, occasion, kind: "note", about, payment: None, term: due, default_from: None })
    }

    /// A reminder
    pub fn reminder(&self, reminder: &Reminder, ladder: &Ladder) -> Result<Composed, ApiError> {
        let claims: Vec<ReceivableId> = reminder.about.iter().map(|about| about.receivable.clone()).collect();
        let days = transit_days(reminder.channel).saturating_add(reminder.term_days.into());
        let term = when::calendar(&self.case.policy).due(self.today.plus_days(days));
        let after = term.plus_days(1);
        let hand_over = (reminder.last && ladder.propose_placement).then_some(HandOver { on: after, cost: None });
        let is_new = claims.iter().all(|id| self.case.account.receivable(id).is_some_and(|claim| claim.default_since.is_none()));
        // The first, friendly one asks; default takes an unmistakable demand.
        let default_from = (is_new && reminder.tone != Tone::Friendly).then_some(after);
        let earlier = self.earlier(&claims)?;
        let occasion = self.of_plan(&claims, true).unwrap_or(Occasion::Reminder { tone: reminder.tone, earlier, hand_over });
        let default_from = default_from.filter(|_| matches!(occasion, Occasion::Reminder { .. }));
        let about = reminder.about.iter().map(|about| self.said(&about.receivable, about.level)).collect();
        self.write(Draft { channel: reminder.channel, occasion, kind: "reminder", about, payment: None, term: Some(term), default_from })
    }

    /// A receipt
    pub fn thanks(&self, payment: &PaymentId, channel: Channel) -> Result<Composed, ApiError> {
        self.answer(payment, channel, "thanks", |received_on, paid| Occasion::Thanks { received_on, paid })
    }

    /// A reminder and a payment crossed: an apology, and its cost back
    pub fn crossed(&self, payment: &PaymentId, channel: Channel, message_on: Date, back: i64) -> Result<Composed, ApiError> {
        let back = Money::from_minor(back, self.currency).ok().filter(|back| back.minor() > 0);
        self.answer(payment, channel, "crossed", |received_on, paid| Occasion::Crossed { received_on, paid, message_on, back })
    }

    fn answer(
        &self,
        payment: &PaymentId,
        channel: Channel,
        kind: &'static str,
        occasion: impl FnOnce(Date, Money) -> Occasion,
    ) -> Result<Composed, ApiError> {
        let found = self.case.account.payment(payment).ok_or_else(|| ApiError::internal("a payment that its account does not know"))?;
        let PaymentState::Settled { value_date } = found.state else { return Ok(Err(Unwritten(vec!["payment.state".to_owned()]))) };
        let mut about: Vec<Said> = Vec::new();
        for line in &found.lines {
            if about.iter().all(|said| said.receivable != line.receivable.as_str()) {
                about.push(self.said(&line.receivable, 0));
            }
        }
        let occasion = occasion(value_date, self.money(found.minor)?);
        self.write(Draft { channel, occasion, kind, about, payment: Some(payment.to_string()), term: None, default_from: None })
    }

    fn said(&self, id: &ReceivableId, level: u8) -> Said {
        let due = self.case.account.cycle(id).unwrap_or(self.today);
        Said { receivable: id.to_string(), level, due_date: due.to_iso() }
    }

    fn money(&self, minor: i64) -> Result<Money, ApiError> {
        Money::from_minor(minor, self.currency).map_err(ApiError::internal)
    }

    /// A rate of a plan, where the message is about a claim with one
    fn of_plan(&self, claims: &[ReceivableId], late: bool) -> Option<Occasion> {
        let [id] = claims else { return None };
        let (_, plan) = self.case.account.plan_of(id)?;
        let due = plan.next()?.due;
        let number = plan.rates.iter().position(|rate| rate.due == due)?.checked_add(1)?;
        let minor = if late { self.case.account.overdue(id, self.today) } else { self.case.account.due(id, due) };
        let amount = Money::from_minor(minor, self.currency).ok()?;
        Some(Occasion::Rate { number: u8::try_from(number).ok()?, of: u8::try_from(plan.rates.len()).ok()?, amount, due, late })
    }

    /// The days of the reminders before
    fn earlier(&self, claims: &[ReceivableId]) -> Result<Vec<Date>, ApiError> {
        let sql = "SELECT * FROM contacts WHERE tenant_id = ?1 AND customer_id = ?2 AND occasion = 'reminder' AND state IN ('sent', 'delivered') \
                   ORDER BY planned_ms";
        let mut days = Vec::new();
        for contact in Contact::all(self.work, sql, &[&self.work.tenant.as_str(), &self.case.customer.as_str()])? {
            let is_about = contact.about.iter().any(|said| claims.iter().any(|id| id.as_str() == said.receivable));
            let Some(sent) = contact.sent_ms.filter(|_| is_about) else { continue };
            days.push(when::local_day(self.work, sent)?);
        }
        days.dedup();
        Ok(days)
    }

    fn write(&self, draft: Draft) -> Result<Composed, ApiError> {
        let Draft { channel, occasion, kind, about, payment, term, default_from } = draft;
        let mut claims = Vec::new();
        let mut reference = None;
        for said in &about {
            let (claim, of_claim) = self.claim(&ids::stored(&said.receivable, ReceivableId::parse)?)?;
            reference = reference.or(Some(of_claim));
            claims.push(claim);
        }
        let pay = if occasion.asks() { self.pay_link(&about)? } else { None };
        let total = claims.iter().map(|claim| claim.open.minor()).fold(0, i64::saturating_add);
        let particulars = Particulars {
            today: self.today,
            by_letter: channel == Channel::Letter,
            sender: self.sender.clone(),
            person: self.reach.addressee.clone(),
            claims,
            total: self.money(total)?,
            term,
            default_from,
            ways: Ways { pay, transfer: reference.and_then(|reference| self.transfer(reference)), ..Ways::default() },
            occasion,
        };
        let id = ids::by_time(self.work.moment.now, MessageId::from_bytes)?;
        Ok(self.parcel(&id, channel, particulars).map(|parcel| Written {
            parcel,
            occasion: kind,
            channel,
            about,
            payment,
            amount_minor: total,
            term,
            default_from,
        }))
    }

    /// Where the customer pays; a service that nobody reaches from outside has no such place
    fn pay_link(&self, about: &[Said]) -> Result<Option<String>, ApiError> {
        if !self.work.app.config.public_url.starts_with("http") {
            return Ok(None);
        }
        let claims: Vec<ReceivableId> =
            about.iter().map(|said| ids::stored(&said.receivable, ReceivableId::parse)).collect::<Result<_, _>>()?;
        Ok(Some(paylinks::issue(self.work, &self.case.customer, &claims)?.url))
    }

    fn transfer(&self, reference: String) -> Option<Transfer> {
        let account = self.case.policy.merchant().account.clone()?;
        Some(Transfer { holder: account.holder, iban: account.iban, bic: account.bic, reference })
    }

    /// The words, read over
    fn parcel(&self, id: &MessageId, channel: Channel, particulars: Particulars) -> Result<Parcel, Unwritten> {
        let codes = |found: Vec<Diagnostic>| Unwritten(found.into_iter().map(|one| one.code.to_owned()).collect());
        let checked = Checked::new(particulars).map_err(codes)?;
        let damaged = || Unwritten(vec!["message.texts.damaged".to_owned()]);
        let words = words::of(self.reach.language).ok_or_else(damaged)?;
        let message = Message::new(&checked, &words.sentences).ok_or_else(damaged)?;
        let against: Vec<Diagnostic> =
            words.proof.read(&message, checked.get()).into_iter().filter(|found| found.severity == Severity::Error).collect();
        if !against.is_empty() {
            return Err(codes(against));
        }
        let pdf = match channel {
            Channel::Letter => Some(letter(&message, &checked).map_err(|why| Unwritten(vec![why.code().to_owned()]))?),
            Channel::Email | Channel::TextMessage | Channel::Telephone => None,
        };
        let parcel = Parcel {
            id: id.to_string(),
            sender: self.case.policy.merchant().into(),
            recipient: self.reach.recipient(channel),
            locale: self.reach.locale.clone(),
            subject: message.subject,
            preview: message.preview,
            text: message.plain,
            html: message.html,
            text_message: message.text.text,
            letter: None,
        };
        Ok(parcel.with_letter(pdf.as_deref()))
    }

    /// A claim as a message tells it, and its reference
    fn claim(&self, id: &ReceivableId) -> Result<(Claim, String), ApiError> {
        let (order, created, reference): (String, String, String) = self
            .work
            .tx
            .prepare_cached("SELECT order_ref, created_on, reference FROM receivables WHERE tenant_id = ?1 AND receivable_id = ?2")?
            .query_row(params![self.work.tenant.as_str(), id.as_str()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let on = Date::parse(&created).ok_or_else(|| ApiError::internal("a claim of no day"))?;
        // The shop's number of the order is on its invoice too.
        let document = Document { number: order, on };
        let mut parts = Vec::new();
        for item in ItemKind::ALL {
            let minor = self.case.account.open_item(id, item).saturating_add(self.paid(id, Some(item)));
            if minor > 0 {
                parts.push(Part { kind: self.kind(id, item), amount: self.money(minor)? });
            }
        }
        let mut received = Vec::new();
        for (_, payment) in self.case.account.payments() {
            let minor = payment.lines.iter().filter(|line| line.receivable == *id).map(|line| line.minor).fold(0, i64::saturating_add);
            if let (PaymentState::Settled { value_date }, true) = (&payment.state, minor > 0) {
                received.push(Received { kind: ReceivedKind::Payment, on: *value_date, amount: self.money(minor)? });
            }
        }
        let due = self.case.account.cycle(id).or(self.case.account.receivable(id).and_then(|claim| claim.due)).unwrap_or(on);
        let open = self.money(self.case.account.open(id))?;
        Ok((Claim { order: document.clone(), invoice: document, goods: None, due, parts, received, open }, reference))
    }

    fn paid(&self, id: &ReceivableId, item: Option<ItemKind>) -> i64 {
        let lines = self.case.account.payments().flat_map(|(_, payment)| &payment.lines);
        let of_item = lines.filter(|line| line.receivable == *id && item.is_none_or(|item| line.item == item));
        of_item.map(|line| line.minor).fold(0, i64::saturating_add)
    }

    fn kind(&self, id: &ReceivableId, item: ItemKind) -> PartKind {
        let claim = self.case.account.receivable(id);
        match item {
            ItemKind::Principal => PartKind::Principal,
            ItemKind::Fee => PartKind::Fee,
            ItemKind::Interest => PartKind::Interest,
            ItemKind::LumpSum => PartKind::LumpSum,
            ItemKind::LegalCost => PartKind::LegalCost,
            ItemKind::DunningCost => {
                let on = claim.and_then(|claim| claim.costs.iter().rev().find(|(_, cost)| cost.item == item).map(|(on, _)| *on));
                PartKind::DunningCost { on: on.unwrap_or(self.today) }
            }
            ItemKind::DefaultInterest => {
                let until = claim.and_then(|claim| claim.interest.until).unwrap_or(self.today);
                let from = claim.and_then(|claim| claim.default_since).unwrap_or(until);
                let market = self.case.policy.market();
                let debt = claim.zip(market.as_bytes().try_into().ok());
                let debt = debt.map(|(claim, market)| Debt { market, party: claim.party, made: claim.created_on });
                let rate = debt.and_then(|debt| late_interest(debt, until)).map_or(Rate::ZERO, |interest| interest.rate);
                PartKind::DefaultInterest { from, until, rate }
            }
        }
    }
}

/// What a message is put together from
struct Draft {
    channel: Channel,
    occasion: Occasion,
    kind: &'static str,
    about: Vec<Said>,
    payment: Option<String>,
    term: Option<Date>,
    default_from: Option<Date>,
}
