//! Methods that can never be offered, terms that the law may not leave free, and a fallback that is none.

use super::super::Merchant;
use super::super::reader::Reader;
use super::possible::{Goal, World};
use super::{check_list, reaches};
use tresen_core::date::Date;
use tresen_core::facts::known;
use tresen_core::instalments::Charge;
use tresen_core::law::regime::{Deferral, Party, Regime, Seller, Why};
use tresen_core::money::{MINOR_MAX, Money};
use tresen_core::policy::{Condition, Effect, Fee, Limit, Method, PlanOffer, Policy};

pub(super) fn check(reader: &mut Reader, policy: &Policy, world: &World<'_>, merchant: &Merchant) {
    for (place, method) in policy.methods.iter().enumerate() {
        reader.label(format!("method `{}`", method.id));
        let at = format!("/methods/{place}");
        let limits = method.limits.iter().flatten().map(|limit| limit.when);
        check_list(reader, world, limits, "policy.limit.unreachable", &format!("{at}/limits"), "the limit");
        check_usable(reader, policy, world, place, method, &at);
        check_term(reader, policy, method, merchant, &at);
        check_plans(reader, policy, method, merchant, &at);
        check_mandate(reader, method, merchant, &at);
        reader.label(String::new());
    }
    check_registration(reader, policy);
    check_claims(reader, policy, merchant);
    check_figures(reader, policy, merchant);
}

fn check_usable(reader: &mut Reader, policy: &Policy, world: &World<'_>, place: usize, method: &Method, at: &str) {
    const CODE: &str = "policy.method.unreachable";
    let plain = |minor: i64| Money::from_minor(minor, policy.currency).map(Money::to_plain).unwrap_or_default();
    if !world.can(vec![Goal::holds(method.when)]) {
        let message = "no order can meet its condition, so it is never offered";
        return reader.problem(CODE, &format!("{at}/when"), message, "mend its `when`, or remove the method");
    }
    let largest = method.limits.as_ref().map(|limits| reachable_maximum(world, limits));
    if let (Some(minimum), Some(largest)) = (method.minimum, largest)
        && minimum > largest
    {
        let message = format!("the minimum `{}` is above every limit, the highest of which is `{}`", plain(minimum), plain(largest));
        return reader.problem("policy.method.empty_range", &format!("{at}/minimum"), message, "lower the minimum, or raise a limit");
    }
    let exposure = exposure_maximum(policy, world).filter(|_| method.kind.bears_credit_risk());
    let least = method.minimum.unwrap_or(0);
    if let Some(exposure) = exposure.filter(|exposure| least.saturating_add(method.fee.on(least)) > *exposure) {
        let message = format!("no order is small enough: nobody may owe more than `{}` in all", plain(exposure));
        return reader.problem("policy.method.empty_range", at, message, "raise the exposure limits, or lower minimum and fee");
    }
    let mut goals = vec![Goal::holds(method.when)];
    goals.extend(amounts(method, exposure));
    for rule in &policy.rules {
        if let Effect::Withhold { methods, .. } = rule.effect
            && methods >> place & 1 == 1
        {
            if !world.can(vec![Goal::holds(method.when), Goal::fails(rule.when)]) {
                let message = format!("rule `{}` always withholds it, so it is never offered", rule.id);
                return reader.problem(CODE, at, message, format!("narrow rule `{}`, or remove the method", rule.id));
            }
            goals.push(Goal::fails(rule.when));
        }
    }
    if !world.can(goals) {
        let message = "its condition, its amounts and the rules against it leave no order over, so it is never offered";
        reader.problem(CODE, at, message, "widen its `when` and its amounts, or narrow the rules that withhold it");
    }
}

/// What the cart total must be for the method's amounts and the exposure
pub(super) fn amounts(method: &Method, exposure: Option<i64>) -> Vec<Goal> {
    let between = |least: i64, most: i64| Goal::between(known::CART_TOTAL, least, most);
    let mut goals = Vec::new();
    if method.kind.bears_credit_risk() || method.minimum.is_some() || method.limits.is_some() {
        let most = exposure.map_or(MINOR_MAX, |exposure| exposure.saturating_sub(method.fee.fixed));
        goals.push(between(method.minimum.unwrap_or(0), most));
    }
    if let Some(limits) = &method.limits {
        let mut groups = Vec::new();
        let mut before: Vec<Condition> = Vec::new();
        for limit in limits {
            let mut group: Vec<Goal> = before.iter().map(|earlier| Goal::fails(*earlier)).collect();
            group.extend([Goal::holds(limit.when), between(0, limit.maximum)]);
            groups.push(group);
            before.push(limit.when);
        }
        // Where no limit holds, the limit is zero.
        groups.push(before.iter().map(|earlier| Goal::fails(*earlier)).chain([between(0, 0)]).collect());
        goals.push(Goal::either(groups));
    }
    goals
}

/// The highest limit that can count
fn reachable_maximum(world: &World<'_>, limits: &[Limit]) -> i64 {
    let mut before: Vec<Condition> = Vec::new();
    let mut highest = 0;
    for limit in limits {
        if limit.maximum > highest && reaches(world, &before, limit.when) {
            highest = limit.maximum;
        }
        before.push(limit.when);
    }
    highest
}

/// The most that anybody may owe, if there is a limit
pub(super) fn exposure_maximum(policy: &Policy, world: &World<'_>) -> Option<i64> {
    let limits = policy.exposure.limits.as_ref().map(|limits| reachable_maximum(world, limits));
    let ladder = policy.exposure.ladder.as_ref().and_then(|ladder| ladder.steps.iter().map(|(_, maximum)| *maximum).max());
    limits.into_iter().chain(ladder).min()
}

/// Source of what makes a seller's own time to pay consumer credit
const SOURCE: &str = "Directive (EU) 2023/2225 Art. 2(2)(h)";

/// A term or a fee that would make the seller's own time to pay consumer credit, on the first or on the last day of the policy
fn check_term(reader: &mut Reader, policy: &Policy, method: &Method, merchant: &Merchant, at: &str) {
    if !method.kind.is_on_account() || !method.plans.is_empty() {
        return;
    }
    let most = validity(policy).iter().filter_map(|day| deferral(policy, merchant, *day).regime().days_most).min();
    let whose = if merchant.is_large { "large sellers" } else { "small and medium sellers" };
    let too_long = method.term.zip(most).filter(|(term, days)| term.days > *days);
    if let Some((term, days)) = too_long {
        let message =
            format!("{} days are longer than the {days} days from delivery that {whose} may grant outside consumer credit", term.days);
        let help = format!("write at most {days} days, or have counsel say what the longer term asks for: {SOURCE}");
        reader.warning("policy.term.credit", &format!("{at}/term/days"), message, help);
    }
    if method.fee != Fee::NONE {
        let message = "a fee may turn time to pay into consumer credit";
        reader.warning(
            "policy.fee.credit",
            &format!("{at}/fee"),
            message,
            format!("leave the fee out, or have counsel look at it: {SOURCE}"),
        );
    }
    if (too_long.is_some() || method.fee != Fee::NONE) && !matches!(method.consent.as_str(), "invoice" | "pay_later") {
        let help = "write `\"consent\": \"pay_later\"`: where it is consumer credit shoppers agree to all that it asks for, and orders are refused that come without it";
        reader.warning("policy.term.consent", at, "nobody agrees to the terms of the credit", help);
    }
}

/// The days on which the law is asked: it may change while a policy is valid
fn validity(policy: &Policy) -> [Date; 2] {
    [policy.valid_from.unwrap_or(Date::MIN), policy.valid_until.unwrap_or(Date::MAX)]
}

/// Free time to pay for a consumer, for which the figures are asked
fn deferral(policy: &Policy, merchant: &Merchant, contract: Date) -> Deferral {
    Deferral {
        market: policy.market,
        contract,
        party: Party::Consumer,
        seller: if merchant.is_large { Seller::Large } else { Seller::SmallOrMedium },
        days: Some(0),
        charged: false,
        offered_by_third_party: merchant.credit_by_third_party,
        claim_sold: merchant.sells_claims,
    }
}

/// Plans that are consumer credit, as nearly all are: with what that asks for
fn check_plans(reader: &mut Reader, policy: &Policy, method: &Method, merchant: &Merchant, at: &str) {
    let Some(term) = method.term.filter(|_| !method.plans.is_empty()) else { return };
    let is_credit = |plan: &PlanOffer| {
        let days = Date::default().plus_days(term.days.into()).plus_months(i32::from(plan.rates.saturating_sub(1))).days();
        let deferral = Deferral {
            days: u16::try_from(days).ok(),
            charged: plan.charge != Charge::Free,
            ..deferral(policy, merchant, validity(policy).into_iter().max().unwrap_or(Date::MAX))
        };
        deferral.regime().regime == Regime::ConsumerCredit
    };
    let credit: Vec<String> = method.plans.iter().filter(|plan| is_credit(plan)).map(|plan| plan.rates.to_string()).collect();
    if !credit.is_empty() {
        let message = format!("plans of {} rates are consumer credit", credit.join(", "));
        let help = format!(
            "have counsel say whether you may grant it; shoppers are told all that it asks for, and agree to the text `instalments`: {SOURCE}"
        );
        reader.warning("policy.plans.credit", &format!("{at}/plans"), message, help);
        if method.consent != "instalments" {
            let help = "write `\"consent\": \"instalments\"`: orders are refused that come without it";
            reader.warning("policy.plans.consent", at, "nobody agrees to the terms of the credit", help);
        }
    }
}

/// Somebody else in the credit, at its beginning or at its end
fn check_claims(reader: &mut Reader, policy: &Policy, merchant: &Merchant) {
    if !policy.methods.iter().any(|method| method.kind.is_on_account()) {
        return;
    }
    let [_, last] = validity(policy);
    let reasons = Deferral { days: Some(1), ..deferral(policy, merchant, last) }.regime().reasons;
    if reasons.contains(&Why::OfferedByThirdParty) {
        let message = "somebody else offers the credit, so every method on account is consumer credit";
        reader.warning("policy.legal.third_party", "/legal/credit_offered_by", message, format!("have counsel look at it: {SOURCE}"));
    }
    if reasons.contains(&Why::ClaimSold) {
        let message = "a large seller that sells its claims grants consumer credit with every method on account";
        reader.warning("policy.legal.claims_sold", "/legal/claims", message, format!("have counsel look at it: {SOURCE}"));
    }
    let texts = ["invoice", "pay_later"];
    if merchant.sells_claims && policy.methods.iter().any(|method| texts.contains(&method.consent.as_str())) {
        let message = "shoppers agree to texts that say the claim is not sold";
        let help = "keep the claims, or have counsel write other texts before you sell with them";
        reader.warning("policy.legal.text_says_kept", "/legal/claims", message, help);
    }
}

/// A mandate names the creditor by its identifier: SEPA Direct Debit Core rulebook, AT-02
fn check_mandate(reader: &mut Reader, method: &Method, merchant: &Merchant, at: &str) {
    if method.consent == "sepa_debit" && merchant.creditor_id.is_none() {
        let message = "the mandate that shoppers agree to names no creditor identifier";
        reader.warning("policy.mandate.no_creditor_id", &format!("{at}/consent"), message, "write it as `creditor_id` of `merchant`");
    }
}

fn check_registration(reader: &mut Reader, policy: &Policy) {
    let on_account: Vec<String> =
        policy.methods.iter().filter(|method| method.kind.is_on_account()).map(|method| format!("`{}`", method.id)).collect();
    if !on_account.is_empty() && !policy.registration_checked {
        let stay = if on_account.len() == 1 { "stays" } else { "stay" };
        let message = format!("nobody is named who checked the registration duties, so {} {stay} withheld", on_account.join(", "));
        let help = "have counsel check them (Directive (EU) 2023/2225) and write `legal.registration_checked_by`";
        reader.warning("policy.legal.registration_unchecked", "/legal", message, help);
    }
}

/// That nothing is known of the market's law on time to pay
fn check_figures(reader: &mut Reader, policy: &Policy, merchant: &Merchant) {
    let [_, last] = validity(policy);
    let unknown = deferral(policy, merchant, last).regime().reasons.contains(&Why::NoFigure);
    if unknown && policy.methods.iter().any(|method| method.kind.is_on_account()) {
        let market = String::from_utf8_lossy(&policy.market).into_owned();
        let message = format!("no figures are known of the law on time to pay in `{market}`, so it counts as consumer credit there");
        reader.warning(
            "policy.market.no_figures",
            "/market",
            message,
            "have counsel say what that law asks for, or offer methods that are paid at once",
        );
    }
}
