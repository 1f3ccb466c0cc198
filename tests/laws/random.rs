//! Random policies and facts that keep every promise of `Policy` and use everything it can say.

use crate::{collection, settlement};
use tresen_core::date::Date;
use tresen_core::facts::{CUSTOM_FIRST, FactIndex, FactKind, Facts, Text, Visibility, case, known};
use tresen_core::instalments::Charge;
use tresen_core::money::Currency;
use tresen_core::offer::Reason;
use tresen_core::policy::{
    Attribute, Class, ClassEntry, Condition, CustomFact, DisplayOrder, Effect, Fee, Kind, Ladder, Limit, Method, Node, PlanOffer, Points,
    Policy, Provider, Relation, Rule, Scorecard, Scorecards, Term, TermStart, Truth, ValueClass,
};
use tresen_core::rate::Rate;
use tresen_core::steps::Step;
use tresen_tests::chance::Chance;

pub const TODAY: &str = "2026-11-21";
/// The place of the first step among the texts of a random policy
const STEPS_FIRST: usize = 4;

/// Which facts a condition may read
#[derive(Clone, Copy, PartialEq)]
pub enum Reads {
    Server,
    NoClasses,
    NoRisk,
    All,
    /// All, and what only a case has
    Case,
}

/// A random policy
pub fn policy(chance: &mut Chance) -> Policy {
    let custom = [
        (0_u8, "custom.club", FactKind::Boolean, Visibility::Client),
        (1, "custom.credit", FactKind::Amount, Visibility::Client),
        (2, "custom.note", FactKind::Text, Visibility::Server),
        (3, "custom.word", FactKind::Text, Visibility::Client),
        (4, "custom.other", FactKind::Text, Visibility::Client),
    ];
    let mut policy = Policy {
        market: if chance.once_in(4) { *b"AT" } else { *b"DE" },
        currency: Currency::parse("EUR").unwrap(),
        valid_from: chance.once_in(5).then(|| Date::parse("2026-11-22").unwrap()),
        valid_until: chance.once_in(5).then(|| Date::parse("2026-11-21").unwrap()),
        registration_checked: !chance.once_in(5),
        texts: ["home", "toys", "sandbox", "gift", "birth_date", "email", "phone", "address", "identity"].map(String::from).to_vec(),
        custom: custom
            .map(|(offset, name, kind, visibility)| CustomFact {
                index: FactIndex(CUSTOM_FIRST + offset),
                name: name.into(),
                kind,
                visibility,
            })
            .to_vec(),
        ..Policy::default()
    };
    policy.returning = condition(chance, &mut policy, Reads::Server);
    classes(chance, &mut policy);
    exposure(chance, &mut policy);
    let count = 1 + chance.below(5);
    for place in 0..count {
        let method = method(chance, &mut policy, place);
        policy.methods.push(method);
    }
    let all = (1_u16 << count) - 1;
    for place in 0..chance.below(6) {
        let caps = chance.once_in(3);
        let when = condition(chance, &mut policy, if caps { Reads::NoRisk } else { Reads::All });
        let effect = if caps {
            Effect::ClassAtBest(u8::try_from(chance.below(policy.classes.len())).unwrap())
        } else {
            Effect::Withhold {
                methods: u16::try_from(chance.below(65_536)).unwrap() & all,
                reason: chance.pick(&[Reason::AccountOverdue, Reason::RiskClass, Reason::AddressDiffers]),
            }
        };
        policy.rules.push(Rule { id: format!("rule-{place}"), when, effect, private: chance.once_in(4) });
    }
    policy.orders = chance.some(2, |_| ()).into_iter().map(|()| order(chance, &mut policy)).collect();
    policy.knows_holidays = chance.once_in(2);
    if chance.once_in(3) {
        policy.collection = Some(collection::random(chance, &policy));
    }
    if chance.once_in(3) {
        policy.settlement = Some(settlement::random(chance, &policy));
    }
    policy
}

fn classes(chance: &mut Chance, policy: &mut Policy) {
    let count = 1 + chance.below(4);
    let by_points = chance.once_in(2);
    for place in 0..count {
        let entry = match (place + 1 == count, by_points) {
            (true, _) => ClassEntry::Rest,
            (false, true) => ClassEntry::Points(40 - 15 * i32::try_from(place).unwrap()),
            (false, false) => ClassEntry::When(condition(chance, policy, Reads::NoClasses)),
        };
        policy.classes.push(Class { id: format!("class-{place}"), entry, default_probability_ppm: 10_000, own_data: false });
    }
    if by_points {
        let (new, returning) = (scorecard(chance), scorecard(chance));
        policy.scorecards = Some(Scorecards { new, returning, unknown_class: u8::try_from(chance.below(count)).unwrap() });
    }
    for place in 0..chance.below(4) {
        let when = if chance.once_in(4) { Condition::ALWAYS } else { condition(chance, policy, Reads::NoClasses) };
        policy.value_classes.push(ValueClass { id: format!("value-{place}"), when });
    }
}

fn scorecard(chance: &mut Chance) -> Scorecard {
    let points = |chance: &mut Chance| i32::try_from(chance.below(31)).unwrap() - 10;
    let attributes = chance.some(4, |chance| {
        let numeric = [
            known::CART_TOTAL,
            known::CUSTOMER_AGE,
            known::HISTORY_PAID_ON_TIME,
            known::ACCOUNT_EXPOSURE_AFTER,
            known::HISTORY_AMOUNT_7_DAYS_AFTER,
            known::CUSTOMER_TENURE_DAYS,
        ];
        let (fact, body) = if chance.once_in(3) {
            let fact = chance.pick(&[
                known::ORDER_ORIGIN_CHANNEL,
                FactIndex(CUSTOM_FIRST + 2),
                FactIndex(CUSTOM_FIRST + 3),
                known::SHIPPING_SAME_AS_BILLING,
            ]);
            (fact, Points::Categories { values: vec![(0, points(chance)), (1, points(chance))], other: points(chance) })
        } else {
            let mut edges: Vec<(i64, i32)> = chance.some(3, |chance| (chance.amount(), points(chance)));
            edges.sort_unstable();
            edges.dedup_by_key(|edge| edge.0);
            (chance.pick(&numeric), Points::Bins { first: points(chance), edges })
        };
        Attribute { fact, missing: points(chance), points: body }
    });
    Scorecard { base: points(chance), known: false, attributes }
}

fn exposure(chance: &mut Chance, policy: &mut Policy) {
    if !chance.once_in(3) {
        policy.exposure.limits = Some(limits(chance, policy));
    }
    if chance.once_in(2) {
        let fact = chance.pick(&[known::HISTORY_PAID_ON_TIME, known::HISTORY_PAID_ON_TIME, known::CUSTOMER_AGE, known::RISK_POINTS]);
        policy.exposure.ladder = Some(Ladder { fact, steps: vec![(0, chance.amount()), (1, chance.amount()), (20, chance.amount())] });
    }
}

fn limits(chance: &mut Chance, policy: &mut Policy) -> Vec<Limit> {
    let mut limits = Vec::new();
    for _ in 0..chance.below(4) {
        let when = condition(chance, policy, Reads::All);
        limits.push(Limit { when, maximum: chance.amount() });
    }
    if !chance.once_in(4) {
        limits.push(Limit { when: Condition::ALWAYS, maximum: chance.amount() });
    }
    limits
}

fn plans(chance: &mut Chance, kind: Kind) -> Vec<PlanOffer> {
    if kind != Kind::Instalments {
        return Vec::new();
    }
    let interest = Charge::Interest(Rate::from_ppm(94_800).unwrap());
    let some = chance.pick(&[&[][..], &[3], &[6, 12], &[2, 3, 60]]);
    let offer = |rates: &u8| PlanOffer {
        rates: *rates,
        minimum: chance.pick(&[0, 0, 10_000]),
        charge: chance.pick(&[Charge::Free, Charge::Fee(990), interest]),
    };
    some.iter().map(offer).collect()
}

fn method(chance: &mut Chance, policy: &mut Policy, place: usize) -> Method {
    let kind = chance.pick(&Kind::ALL);
    Method {
        id: format!("method-{place}"),
        kind,
        provider: if chance.once_in(3) { Provider::Needed(2) } else { Provider::NotNeeded },
        when: if chance.once_in(2) { Condition::ALWAYS } else { condition(chance, policy, Reads::All) },
        reason: chance.pick(&[Reason::CountryNotServed, Reason::MethodCondition]),
        minimum: chance.once_in(4).then(|| chance.amount()),
        limits: if chance.once_in(2) { Some(limits(chance, policy)) } else { None },
        term: chance.once_in(2).then(|| Term { days: 14, start: chance.pick(&[TermStart::Order, TermStart::Delivery]) }),
        fee: if chance.once_in(3) { Fee { fixed: chance.amount(), rate: Rate::from_ppm(15_000).unwrap() } } else { Fee::NONE },
        fields: if chance.once_in(3) { vec![known::CUSTOMER_BIRTH_DATE] } else { Vec::new() },
        plans: plans(chance, kind),
        consent: String::new(),
    }
}

fn order(chance: &mut Chance, policy: &mut Policy) -> DisplayOrder {
    let when = if chance.once_in(3) { Condition::ALWAYS } else { condition(chance, policy, Reads::All) };
    let mut methods: Vec<u8> = (0..u8::try_from(policy.methods.len()).unwrap()).collect();
    methods.retain(|_| chance.once_in(2));
    methods.reverse();
    DisplayOrder { when, methods }
}

pub fn condition(chance: &mut Chance, policy: &mut Policy, reads: Reads) -> Condition {
    let place = node(chance, policy, reads, 3);
    Condition(Some(place))
}

fn node(chance: &mut Chance, policy: &mut Policy, reads: Reads, depth: usize) -> u16 {
    if depth == 0 || chance.once_in(2) {
        let leaf = leaf(chance, policy, reads);
        return policy.conditions.push(leaf);
    }
    if chance.once_in(3) {
        let place = policy.conditions.push(Node::Not);
        node(chance, policy, reads, depth - 1);
        return place;
    }
    let place = policy.conditions.push(if chance.once_in(2) { Node::All { end: 0 } } else { Node::Any { end: 0 } });
    for _ in 0..chance.below(4) {
        node(chance, policy, reads, depth - 1);
    }
    policy.conditions.close(place);
    place
}

fn leaf(chance: &mut Chance, policy: &Policy, reads: Reads) -> Node {
    let fact = loop {
        let number = match chance.below(6) {
            0 => usize::from(CUSTOM_FIRST) + chance.below(5),
            1..4 if reads == Reads::Case => usize::from(case::FIRST) + chance.below(case::COUNT),
            _ => chance.below(known::COUNT),
        };
        let fact = FactIndex(u8::try_from(number).unwrap());
        let risk = [known::RISK_CLASS, known::RISK_POINTS].contains(&fact);
        let allowed = match reads {
            Reads::Server => policy.visibility_of(fact) == Some(Visibility::Server),
            Reads::NoClasses => !risk && fact != known::VALUE_CLASS,
            Reads::NoRisk => !risk,
            Reads::All | Reads::Case => true,
        };
        if allowed {
            break fact;
        }
    };
    let negated = chance.once_in(2);
    let kind = policy.kind_of(fact).unwrap();
    match (chance.below(8), kind) {
        (0, _) => Node::Present { fact, negated },
        (_, FactKind::Texts) if fact == known::CUSTOMER_CONFIRMED => {
            Node::Contains { fact, negated, text: u32::try_from(STEPS_FIRST + chance.below(Step::ALL.len())).unwrap() }
        }
        (_, FactKind::Texts) => Node::Contains { fact, negated, text: u32::try_from(chance.below(3)).unwrap() },
        (1, FactKind::Amount) if reads != Reads::Server => Node::CompareFacts {
            left: fact,
            relation: relation(chance, true),
            right: chance.pick(&[
                known::CART_TOTAL,
                known::ACCOUNT_OPEN_BALANCE,
                known::ACCOUNT_EXPOSURE_AFTER,
                known::HISTORY_AMOUNT_7_DAYS_AFTER,
                FactIndex(CUSTOM_FIRST + 1),
            ]),
            shift: 0,
        },
        (1, FactKind::Text) if policy.visibility_of(fact) == Some(Visibility::Client) => {
            Node::CompareFacts { left: fact, relation: relation(chance, false), right: FactIndex(CUSTOM_FIRST + 4), shift: 0 }
        }
        (2, _) => {
            let mut values = chance.some(3, |chance| value(chance, kind));
            values.sort_unstable();
            values.dedup();
            Node::OneOf { fact, negated, values }
        }
        (3, _) if chance.once_in(6) => Node::Constant(chance.pick(&[Truth::False, Truth::Unknown, Truth::True])),
        _ => Node::Compare { fact, relation: relation(chance, kind.is_ordered()), value: value(chance, kind) },
    }
}

fn relation(chance: &mut Chance, ordered: bool) -> Relation {
    Relation::ALL[chance.below(if ordered { 6 } else { 2 })]
}

pub fn value(chance: &mut Chance, kind: FactKind) -> i64 {
    match kind {
        FactKind::Boolean => i64::try_from(chance.below(2)).unwrap(),
        FactKind::Integer => chance.pick(&[0, 1, 2, 3, 18, 20]),
        FactKind::Amount => chance.amount(),
        FactKind::Date => chance.pick(&[14_000, 20_000, 20_770, 20_778, 20_780]),
        FactKind::Choice | FactKind::Text => i64::try_from(chance.below(4)).unwrap(),
        FactKind::Country => chance.pick(&[0x4445, 0x4154]),
        FactKind::Texts => 0,
    }
}

/// Random facts that a browser has, given or told, and random facts that only the server may give
pub fn facts(chance: &mut Chance, policy: &Policy) -> (Facts, Facts) {
    let (mut client, mut server) = (Facts::new(), Facts::new());
    let all = (0..known::COUNT).chain([0, 1, 2, 3, 4].map(|offset| usize::from(CUSTOM_FIRST) + offset));
    for fact in all.map(|number| FactIndex(u8::try_from(number).unwrap())) {
        let target = match policy.visibility_of(fact) {
            Some(Visibility::Client | Visibility::Recorded) => &mut client,
            Some(Visibility::Server) => &mut server,
            Some(Visibility::Derived) | None => continue,
        };
        if chance.once_in(4) && fact != known::CART_TOTAL {
            continue;
        }
        match policy.kind_of(fact).unwrap() {
            FactKind::Texts => {
                let texts = if fact == known::CUSTOMER_CONFIRMED { STEPS_FIRST..STEPS_FIRST + Step::ALL.len() } else { 0..6 };
                let list = chance.some(3, |chance| Text(u32::try_from(texts.start + chance.below(texts.len())).unwrap()));
                assert!(target.set_list(fact, &list));
            }
            // Beyond the policy's texts there are texts that it does not mention.
            FactKind::Text => target.set(fact, i64::try_from(chance.below(11)).unwrap()),
            kind => target.set(fact, value(chance, kind)),
        }
    }
    (client, server)
}

/// All facts in one set
pub fn together(client: &Facts, server: &Facts) -> Facts {
    let mut all = client.clone();
    for number in 0..128 {
        let fact = FactIndex(number);
        if let Some(list) = [known::SHOP_PROVIDERS].contains(&fact).then(|| server.list(fact)).flatten() {
            let list: Vec<Text> = list.iter().map(|text| Text(*text)).collect();
            assert!(all.set_list(fact, &list));
        } else if let Some(value) = server.get(fact) {
            all.set(fact, value);
        }
    }
    all
}
