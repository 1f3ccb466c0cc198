//! A settlement that says what it cannot mean: methods that nobody is offered, help that is harder than none.

use super::super::Merchant;
use super::super::reader::{Reader, Room};
use super::possible::{Goal, World};
use super::{asking, parts};
use tresen_core::policy::{Policy, Settlement};

pub(super) fn check(reader: &mut Reader, policy: &Policy, merchant: &Merchant) {
    let Some(settlement) = &policy.settlement else { return };
    check_hardship(reader, settlement);
    check_law(reader, settlement, merchant);
    check_methods(reader, policy, settlement);
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
