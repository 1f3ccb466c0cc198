//! What a message says: particulars from the account, words from `texts`, and the lint over both.
//!
//! **Invariant:** every amount is the account's at this moment; a message that the lint refuses is not sent, a human is told.

use super::attempts::Said;
use super::contact::Contact;
use super::parts::Parts;
use super::person::Reach;
use super::transport::Parcel;
use super::voice::Voice;
use super::{CaseFile, charges, when, words};
use crate::app::Work;
use crate::error::ApiError;
use crate::ids;
use crate::ledger::day;
use crate::paylinks;
use tresen_core::collect::message::{Checked, HandOver, Occasion, Particulars, Sender, Transfer, Ways};
use tresen_core::collect::{Charge, Reminder};
use tresen_core::date::Date;
use tresen_core::diag::{Diagnostic, Severity};
use tresen_core::ident::{MessageId, PaymentId, ReceivableId};
use tresen_core::ladder::{Channel, Ladder, Tone};
use tresen_core::money::{Currency, Money};
use tresen_core::receivable::{Account, PaymentState, Promise, PromiseEnd};
use tresen_letters::letter;
use tresen_texts::collect::Message;
use tresen_wire::decision::{hash, hex};
use tresen_wire::policy::Merchant;

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
    /// What it adds to what is owed
    pub charges: Vec<Charge>,
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

/// Stands for who writes and where the money goes: of two messages with another one, one is outdated
pub fn letterhead(merchant: &Merchant) -> String {
    let Merchant { name, imprint, account, accent, .. } = merchant;
    hex(&hash(format!("{name:?}{imprint:?}{account:?}{accent:?}").as_bytes()))
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
    /// In which language, and how the customer is spoken to
    voice: Voice,
    /// The account that the message speaks of: with what the message itself adds
    account: Account,
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
            accent: merchant.accent,
        };
        let voice = reach.spoken.voice(&case.persona(&when::moment(work, &case.policy, work.moment.now)?));
        let currency = Currency::parse(&case.currency).ok_or_else(|| ApiError::internal("an account in no currency"))?;
        Ok(Some(Self { work, case, reach, sender, currency, today: day(work.moment.today)?, voice, account: case.account.clone() }))
    }

    /// A word before the due date
    pub fn note(&self, receivables: &[ReceivableId], channel: Channel) -> Result<Composed, ApiError> {
        let due = receivables.iter().filter_map(|id| self.account.cycle(id)).min();
        let occasion = self.of_plan(receivables, false).unwrap_or(Occasion::Note);
        let about = receivables.iter().map(|id| self.said(id, 0)).collect();
        self.write(Draft { channel, occasion, kind: "note", about, payment: None, term: due, default_from: None })
    }

    /// A reminder
    pub fn reminder(mut self, reminder: &Reminder, ladder: &Ladder) -> Result<Composed, ApiError> {
        let charges = charges::of(self.case, reminder, ladder, self.today);
        self.account = charges::account(self.case, &charges, self.today)?;
        let claims: Vec<ReceivableId> = reminder.about.iter().map(|about| about.receivable.clone()).collect();
        let days = transit_days(reminder.channel).saturating_add(reminder.term_days.into());
        let term = when::calendar(&self.case.policy).due(self.today.plus_days(days));
        let after = term.plus_days(1);
        let hand_over = (reminder.last && ladder.propose_placement).then_some(HandOver { on: after, cost: None });
        let is_new = claims.iter().all(|id| self.account.receivable(id).is_some_and(|claim| claim.default_since.is_none()));
        // The first, friendly one asks; default takes an unmistakable demand.
        let default_from = (is_new && reminder.tone != Tone::Friendly).then_some(after);
        let (rate, promise) = (self.of_plan(&claims, true), self.broken_promise(&claims, reminder.tone)?);
        let occasion = match rate.or(promise) {
            Some(occasion) => occasion,
            None => Occasion::Reminder { tone: reminder.tone, earlier: self.earlier(&claims)?, hand_over },
        };
        let default_from = default_from.filter(|_| matches!(occasion, Occasion::Reminder { .. } | Occasion::PromiseMissed { .. }));
        let about = reminder.about.iter().map(|about| self.said(&about.receivable, about.level)).collect();
        let draft = Draft { channel: reminder.channel, occasion, kind: "reminder", about, payment: None, term: Some(term), default_from };
        Ok(self.write(draft)?.map(|written| Written { charges, ..written }))
    }

    /// A receipt
    pub fn thanks(&self, payment: &PaymentId, channel: Channel) -> Result<Composed, ApiError> {
        self.answer(payment, channel, "thanks", |received_on, paid, surplus| Occasion::Thanks { received_on, paid, surplus })
    }

    /// A reminder and a payment crossed: an apology, and its cost back
    pub fn crossed(&self, payment: &PaymentId, channel: Channel, message_on: Date, back: i64) -> Result<Composed, ApiError> {
        let back = Money::from_minor(back, self.currency).ok().filter(|back| back.minor() > 0);
        let crossed = |received_on, paid, surplus| Occasion::Crossed { received_on, paid, message_on, back, surplus };
        self.answer(payment, channel, "crossed", crossed)
    }

    fn answer(
        &self,
        payment: &PaymentId,
        channel: Channel,
        kind: &'static str,
        occasion: impl FnOnce(Date, Money, Option<Money>) -> Occasion,
    ) -> Result<Composed, ApiError> {
        let found = self.account.payment(payment).ok_or_else(|| ApiError::internal("a payment that its account does not know"))?;
        let PaymentState::Settled { value_date } = found.state else { return Ok(Err(Unwritten(vec!["payment.state".to_owned()]))) };
        let mut about: Vec<Said> = Vec::new();
        for line in &found.lines {
            if about.iter().all(|said| said.receivable != line.receivable.as_str()) {
                about.push(self.said(&line.receivable, 0));
            }
        }
        // While something is open, what is held is not too much: it waits for a word about what it is for.
        let is_settled = found.lines.iter().all(|line| self.account.open(&line.receivable) == 0);
        let surplus = self.money(self.account.held(payment))?;
        let occasion = occasion(value_date, self.money(found.minor)?, (is_settled && surplus.minor() > 0).then_some(surplus));
        self.write(Draft { channel, occasion, kind, about, payment: Some(payment.to_string()), term: None, default_from: None })
    }

    fn said(&self, id: &ReceivableId, level: u8) -> Said {
        let due = self.account.cycle(id).unwrap_or(self.today);
        Said { receivable: id.to_string(), level, due_date: due.to_iso() }
    }

    fn money(&self, minor: i64) -> Result<Money, ApiError> {
        Money::from_minor(minor, self.currency).map_err(ApiError::internal)
    }

    /// A rate of a plan, where the message is about a claim with one
    fn of_plan(&self, claims: &[ReceivableId], late: bool) -> Option<Occasion> {
        let [id] = claims else { return None };
        let (_, plan) = self.account.plan_of(id)?;
        let due = plan.next()?.due;
        let number = plan.rates.iter().position(|rate| rate.due == due)?.checked_add(1)?;
        let minor = if late { self.account.overdue(id, self.today) } else { self.account.due(id, due) };
        let amount = Money::from_minor(minor, self.currency).ok()?;
        Some(Occasion::Rate { number: u8::try_from(number).ok()?, of: u8::try_from(plan.rates.len()).ok()?, amount, due, late })
    }

    /// The day that the customer named since the last reminder and that has passed; the final notice has more to say
    fn broken_promise(&self, claims: &[ReceivableId], tone: Tone) -> Result<Option<Occasion>, ApiError> {
        if tone == Tone::Firm {
            return Ok(None);
        }
        let reminded = self.reminded(claims)?.last().copied();
        let is_new = |promise: &&Promise| reminded.is_none_or(|reminded| promise.made_on >= reminded);
        let is_broken = |promise: &&Promise| matches!(promise.end, Some(PromiseEnd::Broken | PromiseEnd::PartlyKept));
        let newest = self.account.promises().map(|(_, promise)| promise).filter(is_new).max_by_key(|promise| promise.made_on);
        let broken = newest.filter(is_broken);
        broken.map(|promise| Ok(Occasion::PromiseMissed { promised: self.money(promise.minor)?, by: promise.date })).transpose()
    }

    /// The days of the reminders before of which nothing was heard: those since the customer last paid, named a day or asked for anything
    fn earlier(&self, claims: &[ReceivableId]) -> Result<Vec<Date>, ApiError> {
        let (heard, mut days) = (self.heard()?, self.reminded(claims)?);
        days.retain(|day| heard.is_none_or(|heard| *day > heard));
        Ok(days)
    }

    /// The days of the reminders before, the first first
    fn reminded(&self, claims: &[ReceivableId]) -> Result<Vec<Date>, ApiError> {
        let sql = "SELECT * FROM contacts WHERE tenant_id = ?1 AND customer_id = ?2 AND occasion = 'reminder' AND state IN ('sent', 'delivered') \
                   AND crossed_by IS NULL ORDER BY planned_ms";
        let mut days = Vec::new();
        for contact in Contact::all(self.work, sql, &[&self.work.tenant.as_str(), &self.case.customer.as_str()])? {
            let is_about = contact.about.iter().any(|said| claims.iter().any(|id| id.as_str() == said.receivable));
            let Some(sent) = contact.sent_ms.filter(|_| is_about) else { continue };
            days.push(when::local_day(self.work, sent)?);
        }
        days.dedup();
        Ok(days)
    }

    /// The last day on which the customer let hear of themselves
    fn heard(&self) -> Result<Option<Date>, ApiError> {
        let asked: Option<i64> = self
            .work
            .tx
            .prepare_cached("SELECT max(asked_ms) FROM requests WHERE tenant_id = ?1 AND customer_id = ?2")?
            .query_row([self.work.tenant.as_str(), self.case.customer.as_str()], |row| row.get(0))?;
        let asked = asked.map(|at| when::local_day(self.work, at)).transpose()?;
        let paid = self.account.payments().filter_map(|(_, payment)| match payment.state {
            PaymentState::Settled { value_date } => Some(value_date),
            PaymentState::Pending { .. } | PaymentState::Failed | PaymentState::Reversed => None,
        });
        let promised = self.account.promises().map(|(_, promise)| promise.made_on);
        Ok(paid.chain(promised).chain(asked).max())
    }

    fn write(&self, draft: Draft) -> Result<Composed, ApiError> {
        let Draft { channel, occasion, kind, about, payment, term, default_from } = draft;
        let parts =
            Parts { work: self.work, account: &self.account, policy: &self.case.policy, currency: self.currency, today: self.today };
        let mut claims = Vec::new();
        let mut reference = None;
        for said in &about {
            let (claim, of_claim) = parts.claim(&ids::stored(&said.receivable, ReceivableId::parse)?)?;
            reference = reference.or(Some(of_claim));
            claims.push(claim);
        }
        let pay = if occasion.asks() { self.pay_link(&about, channel)? } else { None };
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
            charges: Vec::new(),
        }))
    }

    /// Where the customer pays; a service that nobody reaches from outside has no such place
    fn pay_link(&self, about: &[Said], channel: Channel) -> Result<Option<String>, ApiError> {
        if !self.work.app.config.public_url.starts_with("http") {
            return Ok(None);
        }
        let claims: Vec<ReceivableId> =
            about.iter().map(|said| ids::stored(&said.receivable, ReceivableId::parse)).collect::<Result<_, _>>()?;
        let link = paylinks::add(self.work, &self.case.customer, &claims, &self.voice)?;
        // A text message is read on a lock screen, with the address in it.
        Ok(Some(if channel == Channel::TextMessage { paylinks::quiet(self.work, &link) } else { link.url }))
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
        let words = words::of(self.voice.language).ok_or_else(damaged)?;
        let message = Message::new(&checked, &words.sentences).ok_or_else(damaged)?;
        // Whoever gets a mail does not see what a telephone would.
        let is_seen = |found: &Diagnostic| channel == Channel::TextMessage || found.at != "/text";
        let found = words.proof.read(&message, checked.get());
        let against: Vec<Diagnostic> = found.into_iter().filter(|found| found.severity == Severity::Error && is_seen(found)).collect();
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
            locale: self.voice.locale.clone(),
            subject: message.subject,
            preview: message.preview,
            text: message.plain,
            html: message.html,
            text_message: message.text.text,
            letter: None,
            letterhead: letterhead(self.case.policy.merchant()),
        };
        Ok(parcel.with_letter(pdf.as_deref()))
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
