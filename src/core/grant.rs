//! What a human granted, as part of the policy: up to an amount a method is offered although the program finds reasons against it.
//!
//! **Invariant:** nothing that the law forbids is granted: no credit for minors, none before the registration is checked.
//! **Invariant:** above the amount, and for every other method, the policy decides as it did.

use crate::facts::{FactIndex, known};
use crate::offer::Reason;
use crate::policy::{Condition, Conditions, Effect, Limit, Method, Node, Policy, Relation, Rule};
use alloc::string::String;
use alloc::vec::Vec;

/// Facts that say how old somebody is
const AGE: [FactIndex; 2] = [known::CUSTOMER_AGE, known::CUSTOMER_BIRTH_DATE];

/// From that age on somebody may be given credit (BGB section 2)
pub const OF_AGE: i32 = 18;

/// Whether a human may set a reason aside that is given under a condition: not what the law forbids, and not what cannot be done
#[must_use]
pub fn may_be_set_aside(policy: &Policy, reason: Reason, when: Condition) -> bool {
    let of_age = |node: &Node| node.facts().into_iter().flatten().any(|fact| AGE.contains(&fact));
    let asks_of_age = policy.conditions.nodes_of(when).iter().any(of_age);
    !asks_of_age
        && match reason {
            Reason::CustomerMinor
            | Reason::RegistrationUnchecked
            | Reason::PolicyNotValid
            | Reason::ProviderNotConfigured
            | Reason::TotalMissing => false,
            Reason::General
            | Reason::MethodCondition
            | Reason::AmountMinimum
            | Reason::AmountMaximum
            | Reason::ExposureExceeded
            | Reason::CountryNotServed
            | Reason::AddressDiffers
            | Reason::AddressChangedRecently
            | Reason::CompanyOnly
            | Reason::ConsumerOnly
            | Reason::AccountOverdue
            | Reason::HistoryDeclined
            | Reason::VelocityOrders
            | Reason::ChannelNotServed
            | Reason::GoodsExcluded
            | Reason::DeliveryMethod
            | Reason::RiskClass
            | Reason::IdentityUnconfirmed => true,
        }
}

/// The policy in which the method at a place is offered to adults up to `amount`, fee included, unless there is a reason that nobody may set aside
///
/// What the customer may owe in all still holds. A policy that would become too large is answered as it is.
#[must_use]
pub fn with_grant(policy: &Policy, place: usize, amount: i64) -> Policy {
    let Some(method) = policy.methods.get(place) else { return policy.clone() };
    let mut granted = policy.clone();
    let most = largest_total(method, amount);
    granted.rules = rules(policy, place, most, &mut granted.conditions);
    if let Some(changed) = granted.methods.get_mut(place) {
        *changed = offered(policy, method, most, &mut granted.conditions);
    }
    if granted.keeps_its_promises() { granted } else { policy.clone() }
}

/// The largest cart total whose price with the method's fee is not above the amount
fn largest_total(method: &Method, amount: i64) -> i64 {
    // INVARIANT: `least` is not too large, `most` is; a fee does not fall where the total grows.
    let (mut least, mut most) = (-1, amount.saturating_add(1));
    while most.saturating_sub(least) > 1 {
        let middle = least.saturating_add(most.saturating_sub(least).div_euclid(2));
        if middle.saturating_add(method.fee.on(middle)) <= amount { least = middle } else { most = middle }
    }
    least
}

/// The rules, of which those that may be set aside hold against the method only beyond the grant
fn rules(policy: &Policy, place: usize, most: i64, conditions: &mut Conditions) -> Vec<Rule> {
    let bit = 1_u16.checked_shl(u32::try_from(place).unwrap_or(u32::MAX)).unwrap_or(0);
    let mut rules = Vec::new();
    for rule in &policy.rules {
        let Effect::Withhold { methods, reason } = rule.effect else {
            rules.push(rule.clone());
            continue;
        };
        if methods & bit == 0 || !may_be_set_aside(policy, reason, rule.when) {
            rules.push(rule.clone());
            continue;
        }
        if methods & !bit != 0 {
            rules.push(Rule { effect: Effect::Withhold { methods: methods & !bit, reason }, ..rule.clone() });
        }
        let when = beyond(conditions, most, |conditions| push_copy(conditions, policy, rule.when));
        rules.push(Rule { when, effect: Effect::Withhold { methods: bit, reason }, ..rule.clone() });
    }
    let bounded = policy.methods.get(place).filter(|method| bounds_may_be_set_aside(policy, method));
    if let Some(minimum) = bounded.and_then(|method| method.minimum) {
        let when = beyond(conditions, most, |conditions| push_total(conditions, Relation::Less, minimum));
        let effect = Effect::Withhold { methods: bit, reason: Reason::AmountMinimum };
        rules.push(Rule { id: String::new(), when, effect, private: false });
    }
    rules
}

/// The method, whose own bounds hold only beyond the grant
fn offered(policy: &Policy, method: &Method, most: i64, conditions: &mut Conditions) -> Method {
    let mut offered = method.clone();
    if method.when != Condition::ALWAYS && may_be_set_aside(policy, method.reason, method.when) {
        let place = conditions.push(Node::Any { end: 0 });
        push_covered(conditions, most);
        push_copy(conditions, policy, method.when);
        conditions.close(place);
        offered.when = Condition(Some(place));
    }
    if !bounds_may_be_set_aside(policy, method) {
        return offered;
    }
    // A rule says where it still holds; a total is asked for as before.
    offered.minimum = method.minimum.map(|_| 0);
    if let Some(limits) = &mut offered.limits {
        let place = conditions.next();
        push_covered(conditions, most);
        limits.insert(0, Limit { when: Condition(Some(place)), maximum: most.max(0) });
    }
    offered
}

/// Whether the smallest and the largest total may be set aside: they are the method's own, like its condition
fn bounds_may_be_set_aside(policy: &Policy, method: &Method) -> bool {
    may_be_set_aside(policy, Reason::AmountMaximum, method.when)
}

/// A condition that holds beyond the grant, if what is pushed holds too
fn beyond(conditions: &mut Conditions, most: i64, push: impl FnOnce(&mut Conditions)) -> Condition {
    let place = conditions.push(Node::All { end: 0 });
    conditions.push(Node::Not);
    push_covered(conditions, most);
    push(conditions);
    conditions.close(place);
    Condition(Some(place))
}

/// Up to the largest total, and by nobody who is known to be under age
fn push_covered(conditions: &mut Conditions, most: i64) {
    let all = conditions.push(Node::All { end: 0 });
    push_total(conditions, Relation::LessOrEqual, most);
    let any = conditions.push(Node::Any { end: 0 });
    conditions.push(Node::Present { fact: known::CUSTOMER_BIRTH_DATE, negated: true });
    // Both, so that a date of which no age follows is no adult's, and never leaves it open.
    let of_age = conditions.push(Node::All { end: 0 });
    conditions.push(Node::Present { fact: known::CUSTOMER_AGE, negated: false });
    conditions.push(Node::Compare { fact: known::CUSTOMER_AGE, relation: Relation::GreaterOrEqual, value: OF_AGE.into() });
    conditions.close(of_age);
    conditions.close(any);
    conditions.close(all);
}

fn push_total(conditions: &mut Conditions, relation: Relation, value: i64) {
    conditions.push(Node::Compare { fact: known::CART_TOTAL, relation, value });
}

/// The nodes of one of the policy's conditions once more, at another place
fn push_copy(conditions: &mut Conditions, policy: &Policy, when: Condition) {
    let (from, to) = (when.0.unwrap_or(0), conditions.next());
    let moved = |end: u16| end.saturating_sub(from).saturating_add(to);
    for node in policy.conditions.nodes_of(when) {
        conditions.push(match node {
            Node::All { end } => Node::All { end: moved(*end) },
            Node::Any { end } => Node::Any { end: moved(*end) },
            other => other.clone(),
        });
    }
}
