//! A direct debit of the customer's own: a mandate that they sign, told with its day and its amount in text form, and what they hear if it comes back.

use super::act::Came;
use super::receipt::{Envelope, Writer};
use super::{Access, receipt};
use crate::app::Work;
use crate::claims;
use crate::collect;
use crate::debits::{self, CURRENCY, Debit, Offer};
use crate::error::ApiError;
use crate::ledger::{self, Ledger, day};
use crate::paying::Held;
use crate::paylinks;
use tresen_core::collect::{Asked, Standing};
use tresen_core::debit::Returned;
use tresen_core::ident::{MessageId, ReceivableId, RequestId};
use tresen_core::receivable::Account;
use tresen_wire::http::{AskAccount, DebitRoom};
use tresen_wire::iban;
use tresen_wire::money::Money;

/// The longest name of an account's holder (`Max70Text`)
const HOLDER_MAX: usize = 70;

/// What the customer signs for
#[derive(Debug)]
pub struct Wanted<'a> {
    /// How much
    pub amount: &'a Money,
    /// Of which claims
    pub receivables: Option<&'a [String]>,
    /// Whose account
    pub holder: &'a str,
    /// Which account
    pub iban: &'a str,
    /// From which day on
    pub from: &'a str,
}

/// What is offered for what is asked for, as far as nobody is on their way to pay it, with the words of the mandate
pub fn room(work: &Work<'_>, access: &Access, (asked, held): (&Asked, &Held)) -> Result<Option<DebitRoom>, ApiError> {
    let is_free = |id: &&ReceivableId| !held.holds(std::slice::from_ref(*id));
    let receivables: Vec<String> = asked.claims.iter().filter(is_free).map(ToString::to_string).collect();
    if receivables.is_empty() {
        return Ok(None);
    }
    let Some(offer) = debits::offer(work, &access.customer, &access.currency)? else { return Ok(None) };
    let writer = Writer::of(collect::voice(work, &access.customer)?.language)?;
    let (from, until) = (offer.window.first.to_iso(), offer.window.last.to_iso());
    Ok(Some(DebitRoom { receivables, from, until, mandate: mandate(&writer, &offer)? }))
}

fn mandate(writer: &Writer, offer: &Offer) -> Result<String, ApiError> {
    writer.say("debit.mandate", &[("creditor", &offer.creditor.name), ("creditor_id", &offer.creditor.id)])
}

/// Refuses an account that cannot be debited
///
/// # Errors
///
/// `iban.…` as for any IBAN; `iban.not_debited` of a country outside of the EEA, whose banks want to know the payer's address; `debit.holder`.
pub fn check(holder: &str, typed: &str) -> Result<(), ApiError> {
    if debits::latin(holder, HOLDER_MAX).is_empty() || holder.chars().count() > HOLDER_MAX {
        let help = "pass the name as the bank knows it, in Latin letters and up to 70 signs";
        return Err(ApiError::invalid(
            "debit.holder",
            "/holder",
            "the account has no holder whom a bank can read, or one of too long a name",
            help,
        ));
    }
    let tidied = iban::tidied(typed);
    if let Err(why) = iban::check(&tidied) {
        return Err(ApiError::invalid(why.code(), "/iban", "that is no IBAN", "have the customer look at it once more"));
    }
    if !iban::is_debited(&tidied) {
        let help = "offer a transfer: it can come from any account";
        return Err(ApiError::invalid("iban.not_debited", "/iban", "accounts of that country are not debited here", help));
    }
    Ok(())
}

/// The customer signs
pub fn sign(
    work: &Work<'_>,
    access: &Access,
    ledger: &mut Ledger<'_>,
    request: (&RequestId, &AskAccount),
    wanted: &Wanted<'_>,
) -> Result<Came, ApiError> {
    if wanted.amount.currency != access.currency {
        let help = "write the amount in the currency in which it is owed";
        return Err(ApiError::invalid("amount.currency", "/amount", "it is owed in another currency", help));
    }
    let Some(offer) = debits::offer(work, &access.customer, &access.currency)? else {
        return Ok(Came::cannot("debit.not_offered"));
    };
    let account = ledger::today(work, &access.customer, &access.currency)?;
    let held = Held::of(work, &access.customer, &access.currency)?;
    let found = match meant(&account, wanted.receivables)? {
        Some(named) => held.named(work, &account, &named)?,
        None => held.standing(work, &account, &account.receivables().map(|(id, _)| id.clone()).collect::<Vec<_>>())?,
    };
    let Standing::Open(asked) = found else {
        return Ok(Came::cannot("debit.nothing_open"));
    };
    if held.holds(&asked.claims) {
        return Ok(Came::cannot("debit.under_way"));
    }
    if wanted.from != offer.window.first.to_iso() {
        return Ok(Came::cannot("debit.day"));
    }
    let minor = wanted.amount.minor;
    if !(1..=asked.whole).contains(&minor) {
        return Ok(Came::cannot("debit.amount"));
    }
    let id = debits::announce(work, ledger, request.0, offer.window, (minor, asked.claims))?;
    let text = receipt::whole(work, access, request, &told(work, access, (&offer, &id), wanted)?, None)?;
    let day = Some(offer.window.first);
    Ok(Came { bond: Some(id), day, minor: Some(minor), document: Some(text), is_owed_a_receipt: true, ..Came::granted() })
}

/// The claims that the customer names; nothing where they mean whatever is asked for
fn meant(account: &Account, named: Option<&[String]>) -> Result<Option<Vec<ReceivableId>>, ApiError> {
    let unknown = || ApiError { at: Some("/receivables".to_owned()), ..ApiError::unknown("receivable.unknown", "claim") };
    let Some(named) = named else { return Ok(None) };
    let known = |text: &String| ReceivableId::parse(text).filter(|id| account.receivable(id).is_some());
    named.iter().map(known).collect::<Option<_>>().map(Some).ok_or_else(unknown)
}

/// What was signed, and what is debited when: the announcement that the scheme asks for
fn told(work: &Work<'_>, access: &Access, (offer, id): (&Offer, &str), wanted: &Wanted<'_>) -> Result<String, ApiError> {
    let voice = collect::voice(work, &access.customer)?;
    let writer = Writer::of(voice.language)?;
    let written = |iso: &str| claims::written_day(voice.language, iso);
    let (from, until) = (written(wanted.from), written(&offer.window.last.to_iso()));
    let (amount, iban) = (writer.money(wanted.amount)?, masked(wanted.iban));
    let today = written(&work.moment.today.to_string());
    let paragraphs = [
        writer.say("debit", &[("amount", &amount), ("iban", &iban), ("date", &from), ("until", &until)])?,
        writer.say("debit.free", &[])?,
        writer.say(
            "debit.signed",
            &[("date", &today), ("mandate", &mandate(&writer, offer)?), ("name", wanted.holder.trim()), ("reference", id)],
        )?,
    ];
    Ok(paragraphs.join("\n\n"))
}

/// An IBAN by which its owner knows it and nobody else learns it
fn masked(typed: &str) -> String {
    let tidied = iban::tidied(typed);
    let shown = |place: usize| place < 4 || place.saturating_add(4) >= tidied.len();
    let masked: String = tidied.chars().enumerate().map(|(place, sign)| if shown(place) { sign } else { '•' }).collect();
    iban::printed(&masked)
}

/// A debit has come back: its customer hears it kindly where they have a mailbox, and how else they can pay; where they wanted it back, that somebody looks
pub fn debit_returned(work: &Work<'_>, debit: &Debit, why: Returned) -> Result<Option<MessageId>, ApiError> {
    if why == Returned::Objected {
        let reason = debit.reason.as_deref();
        let asked =
            collect::Asked { kind: "debit_returned", about: &debit.id, customer: &debit.customer, receivable: None, message: None, reason };
        collect::ask(work, asked)?;
    }
    let ledger = Ledger::of(work, &debit.customer, CURRENCY)?;
    let today = day(work.moment.today)?;
    if ledger.account().holds(today).any(|hold| hold.reason.silences()) {
        return Ok(None);
    }
    let Some(envelope) = Envelope::known(work, &debit.customer)? else { return Ok(None) };
    let writer = Writer::of(envelope.language())?;
    let minor = debit.handed_in.as_ref().map_or(debit.minor, |handed_in| handed_in.minor);
    let amount = writer.money(&Money::new(minor, CURRENCY))?;
    let open: Vec<ReceivableId> = debit.session(work)?.receivables.into_iter().filter(|id| ledger.account().open(id) > 0).collect();
    let said = match (why, open.as_slice()) {
        (_, []) => return Ok(None),
        (Returned::Objected, _) => writer.say("debit.objected", &[("amount", &amount)])?,
        (Returned::NotHonoured, open) => {
            let link = paylinks::issue(work, &debit.customer, open, &collect::voice(work, &debit.customer)?)?;
            writer.say("debit.returned", &[("amount", &amount), ("link", &paylinks::quiet(work, &link))])?
        }
    };
    let shop = paylinks::shop(work)?;
    let mut paragraphs = vec![writer.say("greeting", &[])?, said];
    if let Some(ways) = paylinks::ways(&shop, writer.language()) {
        paragraphs.push(writer.say("human", &[("ways", &ways)])?);
    }
    paragraphs.push(shop.creditor.unwrap_or(shop.name));
    envelope.plan(work, &debit.customer, &debit.request, &paragraphs.join("\n\n")).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_known_to_its_owner_alone() {
        assert_eq!(masked("de89 3704 0044 0532 0130 00"), "DE89 •••• •••• •••• ••30 00");
    }

    #[test]
    fn only_accounts_that_can_be_debited_are_taken() {
        let code = |holder: &str, iban: &str| check(holder, iban).err().map(|problem| problem.code);
        assert_eq!(code("Jo", "DE89 3704 0044 0532 0130 00"), None);
        assert_eq!(code(&"o".repeat(70), "at611904300234573201"), None);
        assert_eq!(code(" ", "DE89370400440532013000"), Some("debit.holder"));
        assert_eq!(code("张三", "DE89370400440532013000"), Some("debit.holder"));
        assert_eq!(code(&"o".repeat(71), "DE89370400440532013000"), Some("debit.holder"));
        assert_eq!(code("Jo", "DE89370400440532013001"), Some("iban.check_digits"));
        assert_eq!(code("Jo", "CH9300762011623852957"), Some("iban.not_debited"));
    }
}
