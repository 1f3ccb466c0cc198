//! Answers: what is said, to the byte. Callers read it with readers of their own, so a key that is renamed breaks a shop.

use crate::{holds, names, snapshot};
use std::collections::BTreeSet;
use tresen_core::SEMANTICS_VERSION;
use tresen_wire::backtest::{
    ClassChange, ClassMove, Comparison, CreditChange, CreditSide, Exposure, MethodChange, Owed, ReasonChange, RefusedTally, Share, Sides,
    StateCounts,
};
use tresen_wire::credit::{Instalment, Plan, PlanOnOffer, Regime};
use tresen_wire::decision::{Decision, Term};
use tresen_wire::explain::{ExplainedFact, ExplainedReason, Explanation, FORMAT, Otherwise, Share as PointShare, Source};
use tresen_wire::hint::{Cost, Hint, Method};
use tresen_wire::http::*;
use tresen_wire::money::Money;

fn euro(minor: i64) -> Money {
    Money::new(minor, "EUR")
}

fn hash(letter: char) -> String {
    letter.to_string().repeat(64)
}

/// A decision with everything in it that a decision can have; its bytes are held as they are read
fn decision() -> Decision {
    serde_json::from_str(&snapshot("answers/decision")).unwrap()
}

fn facts() -> Facts {
    serde_json::from_str(r#"{"billing.country": "DE", "cart.total": {"minor": 16350, "currency": "EUR"}}"#).unwrap()
}

fn attention() -> Vec<Attention> {
    vec![Attention { code: "browser.differs".into() }]
}

fn consent() -> Consent {
    Consent { id: "invoice".into(), version: "2026-11-01".into(), text_hash: hash('9'), accepted_at: "2026-11-21T09:15:00Z".into() }
}

fn diagnostic(severity: &str) -> DiagnosticBody {
    DiagnosticBody {
        code: "fact.currency".into(),
        severity: severity.into(),
        message: "`cart.total` is in `CHF`, and the policy in EUR".into(),
        help: "write the amount in EUR".into(),
        at: "/facts/cart.total/currency".into(),
    }
}

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

#[test]
fn errors() {
    let error = |at: Option<&str>, diagnostics| ErrorBody {
        error: ErrorDetail {
            code: "facts.invalid".into(),
            message: "the facts have mistakes".into(),
            help: "mend what the diagnostics name".into(),
            at: at.map(str::to_owned),
            diagnostics,
        },
    };
    holds("answers/error", &error(None, Vec::new()));
    holds("answers/error_with_diagnostics", &error(Some("/facts"), vec![diagnostic("error"), diagnostic("warning")]));
}

#[test]
fn sessions() {
    let opened = SessionOpened {
        session: "ses_01".into(),
        expires_at: "2026-11-21T10:00:00Z".into(),
        policy_hash: hash('a'),
        residual_hash: hash('b'),
    };
    holds("answers/session_opened", &opened);
    let checkout = Checkout {
        session: "ses_01".into(),
        residual: "VFJTTg==".into(),
        settled_residual: Some("VFJTTgE=".into()),
        settle_amount: Some(euro(4_990)),
        residual_hash: hash('b'),
        policy_hash: hash('a'),
        today: "2026-11-21".into(),
        locale: "de".into(),
        address_form: AddressForm::Sie,
        merchant: Merchant {
            name: "Kiesel & Lein".into(),
            creditor_id: Some("DE98ZZZ09999999999".into()),
            bureau: Some("Auskunft Muster".into()),
        },
        expires_at: "2026-11-21T10:00:00Z".into(),
        facts: facts(),
        steps: vec![StepBrief { step: "email", state: "open" }, StepBrief { step: "identity", state: "failed" }],
        fallback: vec!["prepayment".into()],
    };
    holds("answers/checkout", &checkout);
    let plain = Checkout {
        settled_residual: None,
        settle_amount: None,
        facts: Facts::new(),
        steps: Vec::new(),
        address_form: AddressForm::Du,
        merchant: Merchant { name: "Kiesel & Lein".into(), creditor_id: None, bureau: None },
        ..checkout
    };
    holds("answers/checkout_without_overdue", &plain);
    holds("answers/previewed", &Previewed { decision: decision(), elapsed_micros: 42 });
}

#[test]
fn steps() {
    let plain = |step, state| StepState {
        brief: StepBrief { step, state },
        sent_to: None,
        attempts_left: None,
        expires_at: None,
        url: None,
        suggestion: None,
    };
    let email = StepState {
        sent_to: Some("j…@example.org".into()),
        attempts_left: Some(5),
        expires_at: Some("2026-11-21T10:10:00.000Z".into()),
        ..plain("email", "started")
    };
    let suggestion = PostalAddress {
        street: "Musterstraße".into(),
        house_number: "1".into(),
        postal_code: "24103".into(),
        city: "Kiel".into(),
        country: "DE".into(),
    };
    let address = StepState { suggestion: Some(suggestion), ..plain("address", "started") };
    let identity = StepState { url: Some("/sandbox/identity/chk_01".into()), ..plain("identity", "started") };
    holds("answers/step_started", &StepAnswered { state: email.clone(), facts: facts() });
    holds("answers/step_passed", &StepAnswered { state: plain("email", "passed"), facts: facts() });
    holds("answers/steps", &StepList { steps: vec![plain("birth_date", "open"), email, address, identity], facts: facts() });
    let mail = SandboxMessage {
        id: "msg_01".into(),
        channel: "email".into(),
        to: "jane.doe@example.org".into(),
        subject: Some("Ihr Code von Kiesel & Lein".into()),
        text: "Ihr Code lautet: 123456".into(),
        locale: "de".into(),
        sent_at: "2026-11-21T10:00:00.000Z".into(),
    };
    let text = SandboxMessage { channel: "text".into(), to: "+4915112345678".into(), subject: None, ..mail.clone() };
    holds("answers/sandbox_messages", &SandboxMessages { messages: vec![mail, text] });
}

#[test]
fn hints() {
    let term = Some(Term { days: 14, from: "delivery".into() });
    let invoice =
        Method { id: "invoice".into(), kind: "invoice".into(), smallest: euro(1_000), largest: Some(euro(25_000)), term, fee: None };
    let fee = Some(Cost { fixed: euro(100), rate_ppm: 15_000 });
    let card = Method { id: "card".into(), kind: "card".into(), smallest: euro(1), largest: None, term: None, fee };
    let hint = Hint { format: 1, currency: "EUR".into(), valid_until: Some("2027-12-31".into()), methods: vec![invoice, card] };
    holds("answers/hint", &hint);
    holds("answers/hint_of_nothing", &Hint { valid_until: None, methods: Vec::new(), ..hint });
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
fn accounts_payments_and_reviews() {
    let receivable = ReceivableState {
        id: "rcv_01".into(),
        order: "2026-1001".into(),
        method: "invoice".into(),
        amount: euro(16_500),
        balance: euro(6_500),
        created_on: "2026-11-21".into(),
        due_date: Some("2026-12-07".into()),
        settled_on: None,
        overdue: true,
        reference: "RF18539007547034".into(),
    };
    let settled =
        ReceivableState { balance: euro(0), due_date: None, settled_on: Some("2026-12-01".into()), overdue: false, ..receivable.clone() };
    let account =
        Account { open_balance: euro(6_500), overdue_balance: euro(6_500), reserved: euro(0), receivables: vec![receivable, settled] };
    holds("answers/account", &account);
    let payment = PaymentState {
        id: "pay_01".into(),
        state: "initiated".into(),
        order: "2026-1001".into(),
        method: "card".into(),
        provider: "sandbox".into(),
        amount: euro(16_350),
        expires_at: "2026-11-21T09:45:00Z".into(),
    };
    holds("answers/payment_state", &payment);
    holds("answers/review_asked", &ReviewAsked { review: "rev_01".into(), state: "open".into() });
    let review = Review {
        review: "rev_01".into(),
        session: "ses_01".into(),
        decision_id: Some("dec_01".into()),
        method: "invoice".into(),
        state: "open".into(),
        message: Some("Ich bin gerade umgezogen.".into()),
        contact: Some("jane.doe@example.org".into()),
        asked_at: "2026-11-21T09:20:00Z".into(),
        answer: None,
    };
    let grant = ReviewGrant { amount: euro(40_000), until: "2026-12-05".into(), beyond_exposure: true };
    let answer = ReviewAnswer {
        outcome: ReviewOutcome::Changed.code().into(),
        by: "mk".into(),
        words: Some("Sie können auf Rechnung bezahlen.".into()),
        why: Some("Adresse geklärt".into()),
        answered_at: "2026-11-21T10:20:00Z".into(),
        grant: Some(grant),
        used_by: Some("2026-1001".into()),
    };
    holds(
        "answers/review_answered",
        &ReviewAnswered { review: "rev_01".into(), state: "changed".into(), answered_at: "2026-11-21T10:20:00Z".into() },
    );
    let erased_answer = ReviewAnswer { words: None, why: None, grant: None, used_by: None, ..answer.clone() };
    let answered = Review { state: "changed".into(), answer: Some(answer), ..review.clone() };
    let erased = Review { decision_id: None, message: None, contact: None, answer: Some(erased_answer), ..answered.clone() };
    holds("answers/reviews", &Reviews { reviews: vec![review, answered, erased] });
    let own = OwnReview {
        review: "rev_01".into(),
        method: "invoice".into(),
        state: "open".into(),
        asked_at: "2026-11-21T09:20:00Z".into(),
        answered_at: None,
        words: None,
    };
    let told = OwnReview {
        state: "upheld".into(),
        answered_at: Some("2026-11-21T10:20:00Z".into()),
        words: Some("Es bleibt dabei.".into()),
        ..own.clone()
    };
    holds("answers/own_reviews", &OwnReviews { reviews: vec![told, own] });
    let outcomes = [ReviewOutcome::Upheld, ReviewOutcome::Changed, ReviewOutcome::Withdrawn];
    assert_eq!(serde_json::to_value(outcomes).unwrap(), serde_json::json!(outcomes.map(ReviewOutcome::code)));
}

#[test]
fn what_a_person_may_ask_of_their_data() {
    let kept = Kept { receivables: 1, payments: 2, decisions: 3 };
    holds("answers/person_erased", &PersonErased { customer: "cst_01".into(), erased_at: "2026-11-21T09:20:00Z".into(), kept });
    fn exported<T>(items: Vec<T>) -> Exported<T> {
        Exported { stored_in: "customers".into(), why: "to know the person again".into(), on_erasure: "goes".into(), items }
    }
    let person = ExportedPerson {
        customer: "cst_01".into(),
        kind: "guest".into(),
        reference: "visit-1".into(),
        email: None,
        known_since: "2026-11-21T09:00:00Z".into(),
    };
    let session = ExportedSession {
        session: "cs_01".into(),
        signed_in: false,
        opened_at: "2026-11-21T09:00:00Z".into(),
        expires_at: "2026-11-21T10:00:00Z".into(),
        policy_hash: hash('a'),
        locale: "de".into(),
        address_form: "sie".into(),
        return_url: None,
        facts: facts(),
        guest_email: Some("jane.doe@example.org".into()),
    };
    let order = ExportedOrder {
        order: "2026-1001".into(),
        decision_id: "dec_01".into(),
        amount: euro(16_500),
        ordered_on: "2026-11-21".into(),
        state: "bound".into(),
    };
    let export = PersonExport {
        kind: EXPORT_KIND.into(),
        format: 1,
        exported_at: "2026-11-21T09:20:00Z".into(),
        person: exported(vec![person]),
        sessions: exported(vec![session]),
        decisions: exported(Vec::new()),
        reviews: exported(Vec::new()),
        checks: exported(Vec::new()),
        inquiries: exported(Vec::new()),
        history: exported(vec![facts()]),
        orders: exported(vec![order]),
        receivables: exported(Vec::new()),
        payments: exported(Vec::new()),
        events: exported(Vec::new()),
    };
    holds("answers/person_export", &export);
}

#[test]
fn what_the_merchant_looks_after() {
    let brief = PolicyBrief {
        policy_hash: hash('a'),
        name: "de-own-invoice".into(),
        uploaded_at: "2026-11-01T08:00:00Z".into(),
        active: true,
        bytes: 1_674,
        warnings: vec![diagnostic("warning")],
    };
    let old = PolicyBrief { active: false, warnings: Vec::new(), ..brief.clone() };
    holds("answers/policies", &Policies { policies: vec![brief, old] });
    let created = ApiKeyCreated { id: "key_01".into(), kind: KeyKind::Secret, key: "sk_example".into() };
    holds("answers/api_key_created", &created);
    let key = ApiKey {
        id: "key_01".into(),
        kind: KeyKind::Publishable,
        ends_with: "mple".into(),
        created_at: "2026-11-01T08:00:00Z".into(),
        revoked_at: None,
    };
    let revoked = ApiKey { kind: KeyKind::Secret, revoked_at: Some("2026-11-02T08:00:00Z".into()), ..key.clone() };
    holds("answers/api_keys", &ApiKeys { api_keys: vec![key, revoked] });
    let jwk = Jwk { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg".into(), kid: "k1".into(), alg: "EdDSA", purpose: "sig" };
    holds("answers/key_set", &KeySet { keys: vec![jwk] });
    let rotated =
        Rotated { kid: "k2".into(), previous_kid: Some("k1".into()), previous_published_until: Some("2026-11-22T08:00:00Z".into()) };
    holds("answers/rotated", &rotated);
    holds("answers/health", &Health { status: "ok", version: "0.1.0", semantics_version: SEMANTICS_VERSION, sandbox: true });
    let clock =
        ClockState { now: "2026-11-21T09:15:00Z".into(), today: "2026-11-21".into(), zone: "Europe/Berlin".into(), ahead_seconds: 0 };
    holds("answers/clock_state", &clock);
    holds("answers/bureau_simulator", &BureauSimulator { behaviour: BureauBehaviour::Slow });
    let claims = TokenClaims {
        iss: "tresen".into(),
        tenant: "tn_01".into(),
        session: "ses_01".into(),
        order: "2026-1001".into(),
        method: "invoice".into(),
        cart_hash: hash('d'),
        amount: euro(16_500),
        decision_id: "dec_01".into(),
        plan_hash: Some(hash('e')),
        policy_hash: hash('a'),
        iat: 1_795_252_500,
        exp: 1_795_253_400,
        jti: "jti_01".into(),
    };
    holds("answers/token_claims", &claims);
}

#[test]
fn every_snapshot_is_held_by_a_test() {
    let source = concat!(include_str!("answers.rs"), include_str!("requests.rs"));
    let unheld: BTreeSet<String> = names("answers").into_iter().filter(|name| !source.contains(&format!("\"answers/{name}\""))).collect();
    assert_eq!(unheld, BTreeSet::new());
}
