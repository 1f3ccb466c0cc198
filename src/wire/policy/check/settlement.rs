//! A settlement that says what it cannot mean: methods that nobody is offered, help that is harder than none.

use super::super::Merchant;
use super::super::reader::{Reader, Room};
use super::possible::{Goal, World};
use super::{asking, parts};
use tresen_core::debit::{METHOD, PROVIDER};
use tresen_core::policy::{Policy, Settlement};

pub(super) fn check(reader: &mut Reader, policy: &Policy, merchant: &Merchant) {
    let Some(settlement) = &policy.settlement else { return };
    check_hardship(reader, settlement);
    check_law(reader, settlement, merchant);
    check_methods(reader, policy, settlement);
    check_debit(reader, policy, settlement, merchant);
}

fn check_hardship(reader: &mut Reader, settlement: &Settlement) {
    let Some((plan, lighter)) = settlement.plan.zip(settlement.hardship.and_then(|hardship| hardship.plan)) else { return };
    if lighter.rates_to < plan.rates_to || lighter.rate_minimum > plan.rate_minimum {
        let message = "whoever says that money is tight is offered heavier rates than everybody else";
        let help = "allow at least as many rates as `plan` does, and no larger `rate_minimum`";
        reader.problem("policy.settlement.not_lighter", "/settlement/hardship/plan", message, help);
    }
}

/// Where the law takes free time before the due date for credit
fn check_law(reader: &mut Reader, settlement: &Settlement, merchant: &Merchant) {
    let offers = settlement.deferral.is_some() || settlement.plan.is_some();
    if !offers || !(merchant.is_large || merchant.credit_by_third_party) {
        return;
    }
    let message = "consumers are offered a later day and rates from the due date on only: before it the time would be credit";
    let help =
        "nothing is to be done: until then customers can name a day on which they pay (Directive (EU) 2023/2225 Art. 2(2)(h) and (i))";
    reader.note("policy.settlement.after_due", "/settlement", message, help);
}

/// A direct debit is in euros, names its creditor, and goes to an account
fn check_debit(reader: &mut Reader, policy: &Policy, settlement: &Settlement, merchant: &Merchant) {
    let Some(place) = settlement.methods.iter().position(|method| method.provider == PROVIDER) else { return };
    let at = format!("/settlement/methods/{place}");
    if settlement.methods.get(place).is_some_and(|method| method.id != METHOD) {
        let message = format!("`{PROVIDER}` takes `{METHOD}` and nothing else");
        reader.problem("policy.settlement.debit_method", &format!("{at}/id"), message, format!("write `{METHOD}`"));
    }
    let missing = [
        (policy.currency.code() != "EUR", "euros as the currency"),
        (merchant.creditor_id.is_none(), "`creditor_id` of `merchant`"),
        (merchant.account.is_none(), "`account` of `merchant`"),
    ];
    let missing: Vec<&str> = missing.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, what)| what).collect();
    if !missing.is_empty() {
        let message = format!("nobody is offered a direct debit: it needs {}", missing.join(" and "));
        reader.problem("policy.settlement.debit_impossible", &at, message, "write what is missing, or remove the method");
    }
}

fn check_methods(reader: &mut Reader, policy: &Policy, settlement: &Settlement) {
    let asked = asking(policy, &settlement.conditions);
    let world = World::new(&asked, None, false);
    let mut alive = Vec::new();
    for (place, method) in settlement.methods.iter().enumerate() {
        if world.can(vec![Goal::holds(method.when)]) {
            alive.push((format!("method `{}`", method.id), method.when));
        } else {
            let message = format!("nobody is ever offered `{}`: no case can meet its condition", method.id);
            let at = format!("/settlement/methods/{place}/when");
            reader.problem("policy.settlement.method_unreachable", &at, message, "mend its `when`, or remove the method");
        }
    }
    if !reader.broken {
        reader.inside(Room::Settlement, |reader| parts::check_all(reader, (&asked, &world), alive, "cases"));
    }
}
