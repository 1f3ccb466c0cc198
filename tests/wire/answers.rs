//! Answers: what is said, to the byte. Callers read it with readers of their own, so a key that is renamed breaks a shop.

use crate::{holds, names, snapshot};
use std::collections::BTreeSet;
use tresen_core::SEMANTICS_VERSION;
use tresen_wire::decision::{Decision, Term};
use tresen_wire::hint::{Cost, Hint, Method};
use tresen_wire::http::*;
use tresen_wire::money::Money;

#[path = "decisions.rs"]
mod decisions;

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

fn diagnostic(severity: &str) -> DiagnosticBody {
    DiagnosticBody {
        code: "fact.currency".into(),
        severity: severity.into(),
        message: "`cart.total` is in `CHF`, and the policy in EUR".into(),
        help: "write the amount in EUR".into(),
        at: "/facts/cart.total/currency".into(),
    }
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
        credit: [("raten".to_owned(), decisions::method_regime())].into(),
        steps: vec![StepBrief { step: "email", state: "open" }, StepBrief { step: "identity", state: "failed" }],
        reviews: Vec::new(),
        has_more: true,
        fallback: vec!["prepayment".into()],
    };
    holds("answers/checkout", &checkout);
    let plain = Checkout {
        settled_residual: None,
        settle_amount: None,
        facts: Facts::new(),
        credit: [].into(),
        has_more: false,
        steps: Vec::new(),
        address_form: AddressForm::Du,
        merchant: Merchant { name: "Kiesel & Lein".into(), creditor_id: None, bureau: None },
        ..checkout
    };
    holds("answers/checkout_without_overdue", &plain);
    holds(
        "answers/previewed",
        &Previewed {
            decision: decision(),
            granted: vec![GrantedMethod {
                method: "invoice".into(),
                review: "rev_01".into(),
                amount: euro(28_000),
                until: "2026-12-01".into(),
            }],
            elapsed_micros: 42,
        },
    );
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
        forms: vec!["html".into()],
    };
    let text = SandboxMessage { channel: "text".into(), to: "+4915112345678".into(), subject: None, forms: Vec::new(), ..mail.clone() };
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
fn accounts_payments_and_reviews() {
    let receivable = crate::money::receivable();
    let settled = ReceivableState {
        balance: euro(0),
        due_date: None,
        settled_on: Some("2026-12-01".into()),
        overdue: false,
        ending: Some("paid".into()),
        items: Vec::new(),
        holds: Vec::new(),
        default_since: None,
        next_due: None,
        ..receivable.clone()
    };
    let account = Account {
        open_balance: euro(6_500),
        overdue_balance: euro(6_500),
        reserved: euro(0),
        credit: euro(150),
        receivables: vec![receivable, settled],
    };
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
        granted: None,
    };
    let granted = OwnReview {
        state: "changed".into(),
        answered_at: Some("2026-11-21T10:20:00Z".into()),
        words: Some("Sie können auf Rechnung bezahlen.".into()),
        granted: Some(OwnGrant { amount: euro(28_000), until: "2026-12-01".into() }),
        ..own.clone()
    };
    let told = OwnReview {
        state: "upheld".into(),
        answered_at: Some("2026-11-21T10:20:00Z".into()),
        words: Some("Es bleibt dabei.".into()),
        ..own.clone()
    };
    let text = ExplanationText {
        language: "de".into(),
        is_draft: false,
        title: "Wie es zu dieser Entscheidung kam: Rechnung".into(),
        sections: vec![ExplanationSection {
            heading: "Was gezählt hat".into(),
            paragraphs: vec![ExplanationParagraph {
                text: "Jede dieser Angaben war ausschlaggebend.".into(),
                items: vec!["Betrag".into()],
            }],
        }],
        plain: "Wie es zu dieser Entscheidung kam: Rechnung\n".into(),
    };
    holds("answers/own_explanation", &OwnExplanation { method: "invoice".into(), text: Some(text) });
    holds("answers/own_explanation_of_a_guest", &OwnExplanation { method: "invoice".into(), text: None });
    holds("answers/own_reviews", &OwnReviews { reviews: vec![told, granted, own] });
    let outcomes = [ReviewOutcome::Upheld, ReviewOutcome::Changed, ReviewOutcome::Withdrawn];
    assert_eq!(serde_json::to_value(outcomes).unwrap(), serde_json::json!(outcomes.map(ReviewOutcome::code)));
}

#[test]
fn what_a_person_may_ask_of_their_data() {
    let kept = Kept { receivables: 1, payments: 2, decisions: 3 };
    holds(
        "answers/person_erased",
        &PersonErased { customer: "cst_01".into(), erased_at: "2026-11-21T09:20:00Z".into(), same_person: vec!["cus_2".into()], kept },
    );
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
        items: vec![crate::customer::item()],
    };
    let export = PersonExport {
        kind: EXPORT_KIND.into(),
        format: 1,
        exported_at: "2026-11-21T09:20:00Z".into(),
        same_person: vec![],
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
        received_payments: exported(Vec::new()),
        contact: exported(Vec::new()),
        messages: exported(Vec::new()),
        requests: exported(Vec::new()),
        proofs: Exported {
            items: vec![ExportedProof {
                about: crate::collection::proof(),
                request: Some("req_01".into()),
                content: "JVBERi0xLjc=".into(),
            }],
            ..exported(Vec::new())
        },
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
        shadow: false,
        bytes: 1_674,
        warnings: vec![diagnostic("warning")],
    };
    let tried = PolicyBrief { active: false, shadow: true, warnings: Vec::new(), ..brief.clone() };
    holds("answers/policies", &Policies { policies: vec![brief, tried] });
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
    holds(
        "answers/health",
        &Health { status: "ok", version: "0.1.0", interface: INTERFACE, semantics_version: SEMANTICS_VERSION, sandbox: true },
    );
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
    let source = concat!(
        include_str!("answers.rs"),
        include_str!("collection.rs"),
        include_str!("customer.rs"),
        include_str!("decisions.rs"),
        include_str!("money.rs"),
        include_str!("paylink.rs"),
        include_str!("requests.rs"),
        include_str!("webhooks.rs")
    );
    let unheld: BTreeSet<String> = names("answers").into_iter().filter(|name| !source.contains(&format!("\"answers/{name}\""))).collect();
    assert_eq!(unheld, BTreeSet::new());
}
