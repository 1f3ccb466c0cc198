//! What comes of a request: the events, and whether a human has to look.
//!
//! What may be done and within which bounds, `core::settle` says; here it happens.

use super::request::Stored;
use super::{Access, debit, menu, plan};
use crate::app::Work;
use crate::collect;
use crate::error::ApiError;
use crate::ids;
use crate::items;
use crate::ledger::{Ledger, Occasion, day, today};
use crate::paylinks;
use crate::steps::{mail_address, phone_number};
use tresen_core::date::Date;
use tresen_core::ident::{DisputeId, HoldId, PromiseId, ReceivableId, RequestId};
use tresen_core::receivable::HoldReason as Reason;
use tresen_core::settle::promise::PATIENCE;
use tresen_core::settle::{self, Pieces, Situation};
use tresen_wire::events::{Body, DeferralGranted, DisputeRaised, HoldPlaced, HoldReason, PromiseMade, WithdrawalReceived};
use tresen_wire::http::{AskAccount, ChosenItem, ContactDetails, RequestOutcome};
use tresen_wire::money::Money;

/// How long what the customer sends back is waited for (BGB section 357(1): fourteen days to send and to refund)
const RETURN_DAYS: i32 = 14;
/// How long a payment that the customer has made is looked for: a transfer takes a working day, a human a few more
const SEARCH_DAYS: i32 = 7;
/// Who tells the same of the same claim again within so long has a human asked first, and pauses nothing
const AGAIN_MS: i64 = 60 * 24 * 60 * 60 * 1_000;

/// What came of a request
#[derive(Debug, Default)]
pub struct Came {
    /// What
    pub outcome: RequestOutcome,
    /// Why it cannot be
    pub why: Option<&'static str>,
    /// The claim that it is about
    pub receivable: Option<ReceivableId>,
    /// What it brought about, by its id
    pub bond: Option<String>,
    /// The day that it names
    pub day: Option<Date>,
    /// The amount that it names, in minor units
    pub minor: Option<i64>,
    /// Whether a human has to look, and what to tell them beside
    pub task: Option<Option<&'static str>>,
    /// Whether the law has it acknowledged in text form, whatever it takes
    pub is_owed_a_receipt: bool,
    /// What was agreed to, in text form, word for word as its hash says
    pub document: Option<String>,
    /// What was taken back
    pub undone: Option<Stored>,
}

impl Came {
    /// It cannot be, for that reason
    pub fn cannot(why: &'static str) -> Self {
        Self { outcome: RequestOutcome::Refused, why: Some(why), ..Self::default() }
    }

    /// It is so from now on
    pub fn granted() -> Self {
        Self { outcome: RequestOutcome::Granted, ..Self::default() }
    }

    /// It is taken down, and a human answers
    fn noted(receivable: Option<ReceivableId>, reason: Option<&'static str>) -> Self {
        Self { outcome: RequestOutcome::Noted, receivable, task: Some(reason), ..Self::default() }
    }
}

/// Reads a day at that place of a request
pub fn day_at(at: &str, text: &str) -> Result<Date, ApiError> {
    Date::parse(text).ok_or_else(|| ApiError::invalid("request.day", at, "that is no day", "write it as `2026-12-24`"))
}

/// What is to be done, and for whom
struct Act<'a, 'w> {
    work: &'a Work<'w>,
    access: &'a Access,
    ledger: &'a mut Ledger<'w>,
    id: &'a RequestId,
    situation: Situation,
}

/// Does what is asked
pub fn act<'w>(
    work: &'w Work<'w>,
    access: &Access,
    ledger: &mut Ledger<'w>,
    id: &RequestId,
    request: &AskAccount,
) -> Result<Came, ApiError> {
    // As the customer was shown it: with the interest of today.
    let situation = menu::situation(work, access, &today(work, &access.customer, &access.currency)?)?;
    let mut act = Act { work, access, ledger, id, situation };
    match request {
        AskAccount::Promise { date } => act.promise(day_at("/date", date)?),
        AskAccount::Deferral { receivable, until } => act.deferral(&act.claim(receivable)?, day_at("/until", until)?),
        AskAccount::Plan { rates, first } => plan::accept(work, access, act.ledger, (id, request), (*rates, day_at("/first", first)?)),
        AskAccount::Debit { amount, receivables, holder, iban, from } => {
            let wanted = debit::Wanted { amount, receivables: receivables.as_deref(), holder, iban, from };
            debit::sign(work, access, act.ledger, (id, request), &wanted)
        }
        AskAccount::Dispute { receivable, amount, items, reason, .. } => {
            act.dispute(act.claim(receivable)?, amount.as_ref(), items, code(reason)?)
        }
        AskAccount::Return { receivable, items, .. } => act.give_back(act.claim(receivable)?, items),
        AskAccount::Withdrawal { receivable, .. } => act.withdraw(act.claim(receivable)?),
        AskAccount::Hardship { .. } => act.hardship(),
        AskAccount::PaidAlready { receivable, proofs, .. } => {
            let claim = receivable.as_deref().map(|text| act.claim(text)).transpose()?;
            act.paid_already(claim, !proofs.is_empty())
        }
        AskAccount::NotMine { receivable, .. } => {
            let claim = receivable.as_deref().map(|text| act.claim(text)).transpose()?;
            act.once_held(claim, HoldReason::NotMyDebt)
        }
        AskAccount::Representative { .. } => act.once_held(None, HoldReason::Representative),
        AskAccount::Message { .. } => Ok(Came::noted(None, None)),
        AskAccount::Contact { name, address, email, phone, locale, address_form, prefers, opted_out } => {
            let market = work.active_policy()?.market();
            let said = ContactDetails {
                name: name.clone(),
                address: address.clone().unwrap_or_default(),
                email: email.as_deref().map(mail_address).transpose()?,
                phone: phone.as_deref().map(|phone| phone_number(phone, &market)).transpose()?,
                locale: locale.clone(),
                address_form: *address_form,
                prefers: *prefers,
                opted_out: Vec::new(),
            };
            collect::change_contact(work, &access.customer, &said)?;
            if let Some(ways) = opted_out {
                collect::opt_outs(work, &access.customer, &ways.iter().copied().collect())?;
            }
            Ok(Came::granted())
        }
        AskAccount::OptOut { channel } => {
            collect::opt_out(work, &access.customer, (*channel).into())?;
            Ok(Came::granted())
        }
        AskAccount::TakeBack { .. } => Err(ApiError::internal("a request that is taken back elsewhere")),
    }
}

/// The word for why something is wrong
fn code(reason: &tresen_wire::http::DisputeReason) -> Result<&'static str, ApiError> {
    use tresen_wire::http::DisputeReason as Wrong;
    Ok(match reason {
        Wrong::NotReceived => "not_received",
        Wrong::Defective => "defective",
        Wrong::NotAsOrdered => "not_as_ordered",
        Wrong::WrongAmount => "wrong_amount",
        Wrong::Returned => "returned",
        Wrong::Other => "other",
    })
}

impl Act<'_, '_> {
    /// A claim of the customer's, by its id
    fn claim(&self, text: &str) -> Result<ReceivableId, ApiError> {
        let id = ReceivableId::parse(text).filter(|id| self.ledger.account().receivable(id).is_some());
        id.ok_or_else(|| ApiError { at: Some("/receivable".to_owned()), ..ApiError::unknown("receivable.unknown", "claim") })
    }

    fn happen(&mut self, body: impl Into<Body>) -> Result<(), ApiError> {
        self.ledger.happen(&Occasion::now(self.id.as_str()), vec![body.into()]).map(|_| ())
    }

    /// Something is not done for a while; its id
    fn hold(&mut self, reason: HoldReason, receivable: Option<&ReceivableId>, until: Option<Date>) -> Result<String, ApiError> {
        let hold = ids::by_time(self.work.moment.now, HoldId::from_bytes)?.to_string();
        let receivable = receivable.map(ToString::to_string);
        self.happen(HoldPlaced { hold: hold.clone(), reason, receivable, until: until.map(Date::to_iso), beside: None })?;
        Ok(hold)
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, &self.access.currency)
    }

    fn today(&self) -> Result<Date, ApiError> {
        day(self.work.moment.today)
    }

    fn promise(&mut self, date: Date) -> Result<Came, ApiError> {
        let grace_until = match PATIENCE.named(&self.situation, date) {
            Ok(grace_until) => grace_until,
            Err(why) => return Ok(Came::cannot(why.code())),
        };
        let claims: Vec<ReceivableId> = self.ledger.account().receivables().map(|(id, _)| id.clone()).collect();
        let minor = paylinks::asked_of(self.work, self.ledger.account(), &claims)?;
        let promise = ids::by_time(self.work.moment.now, PromiseId::from_bytes)?.to_string();
        let amount = self.money(minor);
        self.happen(PromiseMade { promise: promise.clone(), amount, date: date.to_iso(), grace_until: grace_until.to_iso() })?;
        Ok(Came { bond: Some(promise), day: Some(date), minor: Some(minor), ..Came::granted() })
    }

    fn deferral(&mut self, receivable: &ReceivableId, until: Date) -> Result<Came, ApiError> {
        let found = settle::deferral(&self.situation, &menu::settlement(self.work)?, receivable, until);
        let deferred = match found {
            Ok(deferred) => deferred,
            Err(why) => return Ok(Came::cannot(why.code())),
        };
        self.happen(DeferralGranted { receivable: receivable.to_string(), until: deferred.until.to_iso() })?;
        let bond = Some(deferred.before.to_iso());
        Ok(Came { bond, receivable: Some(receivable.clone()), day: Some(deferred.until), ..Came::granted() })
    }

    /// What is meant of the order of a claim
    fn pieces(&self, receivable: &ReceivableId, named: &[ChosenItem]) -> Result<Vec<Pieces>, ApiError> {
        if named.is_empty() {
            return Ok(Vec::new());
        }
        items::chosen(&items::of_claim(self.work, &self.access.customer, receivable)?, named)
    }

    /// The customer objects: nobody reminds of the claim until somebody has looked
    fn dispute(
        &mut self,
        receivable: ReceivableId,
        amount: Option<&Money>,
        named: &[ChosenItem],
        reason: &'static str,
    ) -> Result<Came, ApiError> {
        if let Some(amount) = amount.filter(|amount| amount.currency != self.access.currency) {
            let message = format!("the claim is in {} and the amount in {}", self.access.currency, amount.currency);
            return Err(ApiError::invalid("amount.currency", "/amount", message, "write the amount in the claim's currency"));
        }
        if amount.is_some() && !named.is_empty() {
            let message = "the objection names an amount and lines of the order";
            return Err(ApiError::invalid(
                "dispute.amount_and_items",
                "/amount",
                message,
                "pass one of both, or neither for all that is open",
            ));
        }
        let objected = settle::object(&self.situation, &receivable, &self.pieces(&receivable, named)?);
        let minor = match (objected, amount) {
            (Err(why), _) => return Ok(Came::cannot(why.code())),
            (Ok(objected), None) => objected.minor,
            (Ok(_), Some(amount)) => amount.minor,
        };
        if let Err(why) = settle::dispute(&self.situation, &receivable, minor) {
            return Ok(Came::cannot(why.code()));
        }
        // The interest of today is charged to nobody who objects: it is not in the ledger yet, and does not get there.
        let account = self.ledger.account();
        let minor = minor.min(account.open(&receivable).saturating_sub(account.disputed(&receivable)));
        let dispute = ids::by_time(self.work.moment.now, DisputeId::from_bytes)?.to_string();
        let amount = self.money(minor);
        self.happen(DisputeRaised { dispute: dispute.clone(), receivable: receivable.to_string(), amount })?;
        Ok(Came { bond: Some(dispute), minor: Some(minor), ..Came::noted(Some(receivable), Some(reason)) })
    }

    /// A return is announced: it is no withdrawal (BGB section 355(1) sentence 2), and the claim stays as it is until the goods are there
    fn give_back(&mut self, receivable: ReceivableId, named: &[ChosenItem]) -> Result<Came, ApiError> {
        self.pieces(&receivable, named)?;
        let found = settle::menu(&self.situation, &menu::settlement(self.work)?).returns;
        match found {
            Err(why) => return Ok(Came::cannot(why.code())),
            Ok(all) if !all.contains(&receivable) => return Ok(Came::cannot("return.held")),
            Ok(_) => {}
        }
        self.pause(Some(receivable), RETURN_DAYS, "return.told")
    }

    fn paid_already(&mut self, receivable: Option<ReceivableId>, is_proven: bool) -> Result<Came, ApiError> {
        let is_open = |claim: &&settle::Claim| receivable.as_ref().is_none_or(|id| claim.owing.receivable == *id);
        if !self.situation.open().any(|claim| is_open(&claim)) {
            return Ok(Came::cannot("paid_already.nothing_open"));
        }
        let told = "paid_already.told";
        let came = self.pause(receivable.clone(), SEARCH_DAYS, told)?;
        // What is proven after it was told pauses nothing anew, but is looked at.
        Ok(if is_proven && came.why == Some(told) { Came::noted(receivable, Some(told)) } else { came })
    }

    /// A human looks at what the customer says, and nobody reminds for so many days; of the same thing again no second time
    fn pause(&mut self, receivable: Option<ReceivableId>, days: i32, told: &'static str) -> Result<Came, ApiError> {
        let kind = told.split_once('.').map_or(told, |(kind, _)| kind);
        if Stored::is_told(self.work, self.access, kind, receivable.as_ref(), self.work.moment.ms().saturating_sub(AGAIN_MS))? {
            return Ok(Came::cannot(told));
        }
        let until = self.today()?.plus_days(days);
        let hold = self.hold(HoldReason::ComplaintReview, receivable.as_ref(), Some(until))?;
        Ok(Came { bond: Some(hold), day: Some(until), ..Came::noted(receivable, None) })
    }

    /// The statement of a withdrawal is taken whenever it comes; whether it is in time, a human answers where it is not plain
    fn withdraw(&mut self, receivable: ReceivableId) -> Result<Came, ApiError> {
        let found = settle::menu(&self.situation, &menu::settlement(self.work)?).withdrawal;
        let is_made = self.ledger.account().receivable(&receivable).is_some_and(|claim| claim.withdrawn);
        let since = self.work.moment.ms().saturating_sub(AGAIN_MS);
        if is_made || Stored::is_told(self.work, self.access, "withdrawal", Some(&receivable), since)? {
            return Ok(Came::cannot("withdrawal.made"));
        }
        let is_right = found.is_ok_and(|all| all.iter().any(|one| one.receivable == receivable));
        if is_right {
            self.happen(WithdrawalReceived { receivable: receivable.to_string() })?;
        }
        let reason = if is_right { None } else { Some("withdrawal.over") };
        Ok(Came { is_owed_a_receipt: true, ..Came::noted(Some(receivable), reason) })
    }

    fn hardship(&mut self) -> Result<Came, ApiError> {
        let quiet = match settle::menu(&self.situation, &menu::settlement(self.work)?).hardship {
            Ok(quiet) => quiet,
            Err(why) => return Ok(Came::cannot(why.code())),
        };
        let hold = self.hold(HoldReason::Hardship, None, Some(quiet.pause_until))?;
        Ok(Came { bond: Some(hold), day: Some(quiet.pause_until), task: Some(None), ..Came::granted() })
    }

    /// Nobody writes until a human has looked; a second word about the same changes nothing but is read
    fn once_held(&mut self, receivable: Option<ReceivableId>, reason: HoldReason) -> Result<Came, ApiError> {
        let (core, today) = (Reason::from(reason), self.today()?);
        let is_held = self.ledger.account().holds(today).any(|hold| {
            let covers = match &receivable {
                Some(id) => hold.concerns(id),
                None => hold.scope == tresen_core::receivable::Scope::Account,
            };
            hold.reason == core && covers
        });
        let bond = if is_held { None } else { Some(self.hold(reason, receivable.as_ref(), None)?) };
        Ok(Came { bond, ..Came::noted(receivable, None) })
    }
}
