//! What was decided, explained and compared: what is said of it, to the byte.

use super::{decision, euro, facts, hash};
use crate::holds;
use tresen_core::SEMANTICS_VERSION;
use tresen_wire::backtest::{
    ClassChange, ClassMove, Comparison, CreditChange, CreditSide, Exposure, MethodChange, Owed, ReasonChange, RefusedTally, Share, Sides,
    StateCounts,
};
use tresen_wire::credit::{Instalment, MethodRegime, Plan, PlanOnOffer, PlanRegime, Regime};
use tresen_wire::decision::Decision;
use tresen_wire::explain::{ExplainedFact, ExplainedReason, Explanation, FORMAT, Otherwise, Share as PointShare, Source};
use tresen_wire::http::*;

fn regime() -> Regime {
    Regime {
        regime: "consumer_credit".into(),
        reasons: vec!["regime.charged".into(), "regime.too_long".into()],
        disclosures: vec!["credit.warning".into(), "credit.withdrawal".into()],
        days: Some(60),
        days_most: Some(50),
        source: Some("Directive (EU) 2023/2225 Art. 2(2)(h)".into()),
    }
}

/// A method that is credit by one of its plans
pub(crate) fn method_regime() -> MethodRegime {
    MethodRegime { regime: regime(), plans: vec![PlanRegime { rates: 2, regime: regime() }] }
}

/// 165.00 in two rates for a fee of 1.51
fn agreed() -> AgreedPlan {
    let rate = |due_date: &str, amount: i64, principal: i64, cost: i64| Instalment {
        due_date: due_date.into(),
        amount: euro(amount),
        principal: euro(principal),
        cost: euro(cost),
    };
    let plan = Plan {
        instalments: vec![rate("2026-12-21", 8_326, 8_250, 76), rate("2027-01-21", 8_325, 8_250, 75)],
        total: euro(16_651),
        cost: euro(151),
        annual_rate_percent: "7.62".into(),
    };
    AgreedPlan { plan_hash: hash('e'), plan: PlanOnOffer { rates: 2, interest_percent: "0.00".into(), plan, credit: regime() } }
}

fn attention() -> Vec<Attention> {
    vec![Attention { code: "browser.differs".into() }]
}

fn consent() -> Consent {
    Consent { id: "invoice".into(), version: "2026-11-01".into(), text_hash: hash('9'), accepted_at: "2026-11-21T09:15:00Z".into() }
}

#[test]
fn decisions() {
    holds("answers/decision", &decision());
    let accepted = Accepted {
        decision_id: "dec_01".into(),
        decision_token: "e30.e30.c2ln".into(),
        decision: decision(),
        receivable: Some(ReceivableBrief {
            id: "rcv_01".into(),
            due_date: Some("2026-12-07".into()),
            amount: euro(16_500),
            reference: "RF18539007547034".into(),
        }),
        plan: Some(agreed()),
        credit: Some(regime()),
        payment: None,
        browser_agrees: Some(true),
        attention: attention(),
        access: Some(AccessGranted { token: format!("acc_{}", "a".repeat(40)), expires_at: "2026-11-21T10:15:00Z".into() }),
    };
    holds("answers/confirmed_on_account", &Confirmed::Confirmed(Box::new(accepted.clone())));
    let payment = PaymentBrief { id: "pay_01".into(), redirect_url: "/sandbox/pay/pay_01".into() };
    let paid = Accepted {
        receivable: None,
        plan: None,
        credit: None,
        payment: Some(payment),
        browser_agrees: None,
        attention: Vec::new(),
        access: None,
        ..accepted
    };
    holds("answers/confirmed_with_payment", &Confirmed::Confirmed(Box::new(paid)));
    let refused = Refused {
        decision_id: "dec_02".into(),
        reasons: vec![Reason { code: "amount.maximum".into() }],
        decision: decision(),
        browser_agrees: Some(false),
        attention: attention(),
    };
    holds("answers/refused", &Confirmed::Refused(Box::new(refused)));
    let record = DecisionRecord {
        decision_id: "dec_01".into(),
        session: "ses_01".into(),
        order: "2026-1001".into(),
        method: "invoice".into(),
        outcome: "refused".into(),
        reasons: vec![Reason { code: "amount.maximum".into() }],
        decided_at: "2026-11-21T09:15:01Z".into(),
        today: "2026-11-21".into(),
        semantics_version: SEMANTICS_VERSION,
        policy_hash: hash('a'),
        residual_hash: hash('b'),
        facts_hash: hash('c'),
        answer: "AAECAw==".into(),
        browser_record: Some("AAECAw==".into()),
        browser_agrees: Some(true),
        facts: Some(facts()),
        decision: decision(),
        plan: Some(agreed()),
        consents: vec![consent()],
        review: Some("rev_01".into()),
    };
    holds("answers/decision_record", &record);
    holds(
        "answers/decision_record_erased",
        &DecisionRecord {
            plan: None,
            browser_record: None,
            browser_agrees: None,
            facts: None,
            consents: Vec::new(),
            review: None,
            ..record
        },
    );
}

#[test]
fn explanations() {
    let Decision { risk, exposure, methods, .. } = decision();
    let change = methods.into_iter().find_map(|method| method.change).unwrap();
    let total = ExplainedFact {
        name: "cart.total".into(),
        description: None,
        value: facts().get("cart.total").cloned(),
        source: Some(Source::Shopper),
        used: true,
        used_by: vec!["/methods/0/limits".into(), "/scorecards/new".into()],
        through: vec!["account.exposure_after".into()],
        points: vec![PointShare { attribute: "cart.total".into(), given: 5, least: -10, most: 15 }],
        decisive: true,
        if_missing: Some("withheld".into()),
        otherwise: Some(Otherwise { value: facts().get("cart.total").cloned(), state: "offered".into() }),
        lifts: vec![tresen_wire::decision::Reason { code: "amount.maximum".into(), rule: None }],
    };
    let unknown = ExplainedFact {
        name: "custom.address_check".into(),
        description: Some("What the address service said".into()),
        value: None,
        source: None,
        used: false,
        used_by: Vec::new(),
        through: Vec::new(),
        points: Vec::new(),
        decisive: false,
        if_missing: None,
        otherwise: None,
        lifts: Vec::new(),
    };
    let explanation = Explanation {
        format: FORMAT,
        semantics_version: SEMANTICS_VERSION,
        policy_hash: hash('a'),
        today: "2026-11-21".into(),
        market: "DE".into(),
        method: "invoice".into(),
        kind: "invoice".into(),
        state: "withheld".into(),
        regime: "free_deferral".into(),
        signed_in: true,
        reasons: vec![ExplainedReason { code: "risk.class".into(), rule: Some("secret".into()), told: "general".into() }],
        limit: Some(euro(15_000)),
        change: Some(change),
        risk,
        value_class: Some("standard".into()),
        exposure,
        facts: vec![total, unknown],
    };
    let paragraph = ExplanationParagraph { text: "Ausschlaggebend war:".into(), items: vec!["Betrag der Bestellung".into()] };
    let text = ExplanationText {
        language: "de".into(),
        is_draft: false,
        title: "Wie es dazu kam".into(),
        sections: vec![ExplanationSection { heading: "Was gezählt hat".into(), paragraphs: vec![paragraph] }],
        plain: "Wie es dazu kam\n".into(),
    };
    let decision = ExplainedDecision {
        decision_id: "dec_01".into(),
        session: "ses_01".into(),
        order: "2026-1001".into(),
        outcome: "refused".into(),
        reasons: vec![Reason { code: "method.withheld".into() }],
        decided_at: "2026-11-21T09:15:00Z".into(),
    };
    let replay = Replay { policy: serde_json::json!({"format": 1}), facts: facts(), today: "2026-11-21".into() };
    let file = ExplanationFile { kind: EXPLANATION_KIND.into(), decision: Some(decision), explanation, replay };
    holds("answers/explanation_file_of_the_command_line", &ExplanationFile { decision: None, ..file.clone() });
    holds("answers/explained", &Explained { text, file });
    let sources = [Source::Shopper, Source::Shop, Source::Ledger];
    assert_eq!(serde_json::to_string(&sources).unwrap(), r#"["shopper","shop","ledger"]"#);
}

#[test]
fn shadows() {
    let share = |orders: u64| Share { orders, share_ppm: orders * 500_000 };
    let owed = |orders: u64, minor: i64| Owed { orders, amount: euro(minor) };
    let side = |orders: u64, minor: i64| CreditSide { share: share(orders), amount: euro(minor), expected_loss: Some(euro(minor / 100)) };
    let exposure = |orders: u64, minor: i64| Exposure { orders, amount: euro(minor), observed: None };
    let states = StateCounts { offered: 1, incomplete: 0, withheld: 1 };
    let comparison = Comparison {
        semantics_version: SEMANTICS_VERSION,
        policies: Sides { old: hash('a'), new: hash('b') },
        assumed_method: None,
        incomplete_is_offered: false,
        orders: 2,
        refused: RefusedTally::default().report(),
        changed: share(1),
        on_credit: CreditChange {
            all: Sides { old: side(2, 30_000), new: side(1, 10_000) },
            gained: exposure(0, 0),
            lost: exposure(1, 20_000),
        },
        classes: Some(ClassChange {
            moved: share(1),
            moves: vec![ClassMove {
                class: Sides { old: Some("A".into()), new: None },
                share: share(1),
                on_credit: Sides { old: owed(1, 20_000), new: owed(0, 0) },
            }],
        }),
        methods: vec![MethodChange { id: "invoice".into(), states: Sides { old: Some(states), new: None }, gained: 0, lost: 1 }],
        reasons: vec![ReasonChange { method: "invoice".into(), code: "risk.class", rule: Some("unproven".into()), came: 1, went: 0 }],
        examples: Vec::new(),
    };
    let shadow = Shadow {
        policy_hash: hash('b'),
        name: "stricter".into(),
        since: "2026-11-01T08:00:00Z".into(),
        until: "2026-11-21T09:15:00Z".into(),
        undecided: [("fact.type".to_owned(), 3)].into(),
        comparisons: vec![comparison],
    };
    holds("answers/shadow", &shadow);
    holds("answers/shadow_ended", &ShadowEnded { policy_hash: hash('b') });
}
