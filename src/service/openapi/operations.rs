//! The operations of the interface, as the document describes them.

mod accounts;
mod collection;
mod money;
mod webhooks;

pub use accounts::ACCOUNTS;
pub use collection::COLLECTION;
pub use money::MONEY;
pub use webhooks::WEBHOOKS;

/// Who may ask
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Nobody needs a key
    None,
    /// A browser or the shop's server
    Any,
    /// The shop's server
    Secret,
}

/// Whether an operation can be repeated under the caller's key
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// The header is not read
    No,
    /// The header may be sent
    May,
    /// The header must be sent
    Must,
}

pub struct Operation {
    pub method: &'static str,
    pub path: &'static str,
    pub id: &'static str,
    pub summary: &'static str,
    pub key: Key,
    pub repeat: Repeat,
    /// Whether `locale` and `address_form` may stand in the query
    pub words: bool,
    pub body: Option<&'static str>,
    pub answer: (u16, &'static str),
    pub errors: &'static [u16],
}

pub const OPERATIONS: &[Operation] = &[
    op("get", "/v1/health", "health", "Whether the service answers", Key::None, (200, "Health"), &[]),
    op("get", "/v1/openapi.json", "openapi", "This document", Key::None, (200, "OpenApi"), &[]),
    post(
        "/v1/sessions",
        "openSession",
        "Open a session for a visit to the checkout",
        Repeat::May,
        "OpenSession",
        (201, "SessionOpened"),
        &[409, 422],
    ),
    op("get", "/v1/checkout/{session}", "checkout", "What a browser gets of a session", Key::Any, (200, "Checkout"), &[404, 410, 429]),
    op(
        "get",
        "/v1/checkout/{session}/steps",
        "steps",
        "What the shopper may be asked to confirm, and how far that is",
        Key::Any,
        (200, "StepList"),
        &[404, 410, 429],
    ),
    Operation {
        key: Key::Any,
        ..post(
            "/v1/checkout/{session}/steps/{step}",
            "startStep",
            "Begin a step: type the birth date, have a code sent, an address or an identity checked",
            Repeat::May,
            "StartStep",
            (200, "StepAnswered"),
            &[404, 409, 410, 422, 429],
        )
    },
    Operation {
        key: Key::Any,
        ..post(
            "/v1/checkout/{session}/steps/{step}/answer",
            "answerStep",
            "Answer a step: the code, or whether the suggested address is meant",
            Repeat::May,
            "AnswerStep",
            (200, "StepAnswered"),
            &[404, 409, 410, 422, 429],
        )
    },
    op("get", "/v1/hint", "hint", "What a first-time guest could pay with: the public part of the policy", Key::Any, (200, "Hint"), &[409]),
    post(
        "/v1/sessions/{session}/confirm",
        "confirm",
        "The decision that counts: confirmed and signed, or refused with the offer that would stand",
        Repeat::Must,
        "Confirm",
        (200, "Confirmed"),
        &[404, 409, 422],
    ),
    post(
        "/v1/sessions/{session}/preview",
        "preview",
        "What confirm would decide, with nothing kept",
        Repeat::No,
        "Preview",
        (200, "Previewed"),
        &[404, 422],
    ),
    op(
        "get",
        "/v1/decisions/{decision}",
        "decision",
        "The record of a decision, with its trace",
        Key::Secret,
        (200, "DecisionRecord"),
        &[404],
    ),
    Operation {
        words: true,
        ..op(
            "get",
            "/v1/decisions/{decision}/explanation",
            "explanation",
            "Why it was decided so: for the person as text, for the merchant as a file",
            Key::Secret,
            (200, "Explained"),
            &[404, 409, 410],
        )
    },
    Operation {
        key: Key::Any,
        ..post(
            "/v1/reviews",
            "askReview",
            "Have a person look at it",
            Repeat::May,
            "AskReview",
            (201, "ReviewAsked"),
            &[404, 409, 422, 429],
        )
    },
    op("get", "/v1/reviews", "reviews", "What people asked to have looked at", Key::Secret, (200, "Reviews"), &[]),
    op("get", "/v1/reviews/{review}", "review", "One review, with its answer once there is one", Key::Secret, (200, "Review"), &[404]),
    post(
        "/v1/reviews/{review}/answer",
        "answerReview",
        "A human answers: the decision stands, or one order may be paid so after all",
        Repeat::May,
        "AnswerReview",
        (200, "ReviewAnswered"),
        &[404, 409, 410, 422],
    ),
    op(
        "get",
        "/v1/checkout/{session}/reviews",
        "ownReviews",
        "What the browser gets of the reviews that its session asked for",
        Key::Any,
        (200, "OwnReviews"),
        &[404, 429],
    ),
    Operation {
        key: Key::Any,
        ..post(
            "/v1/checkout/{session}/explanation",
            "ownExplanation",
            "Why a method is decided on as it is, as far as a browser may know",
            Repeat::No,
            "ExplainMethod",
            (200, "OwnExplanation"),
            &[404, 409, 410, 422, 429],
        )
    },
    op("get", "/v1/customers/{reference}/account", "account", "What a customer owes", Key::Secret, (200, "Account"), &[404, 409]),
    op(
        "get",
        "/v1/customers/{reference}/export",
        "exportCustomer",
        "All that is stored about a customer, as a file",
        Key::Secret,
        (200, "PersonExport"),
        &[404],
    ),
    post(
        "/v1/customers/{reference}/erase",
        "eraseCustomer",
        "Erase a customer's data; claims and payments stay under the service's own id",
        Repeat::May,
        "ErasePerson",
        (200, "PersonErased"),
        &[404, 409],
    ),
    op(
        "get",
        "/v1/guests/{guest}/export",
        "exportGuest",
        "All that is stored about a guest, by the number of their visit",
        Key::Secret,
        (200, "PersonExport"),
        &[404],
    ),
    post(
        "/v1/guests/{guest}/erase",
        "eraseGuest",
        "Erase a guest's data; claims and payments stay under the service's own id",
        Repeat::May,
        "ErasePerson",
        (200, "PersonErased"),
        &[404, 409],
    ),
    post(
        "/v1/policies",
        "uploadPolicy",
        "Upload a policy; new sessions are decided by it",
        Repeat::No,
        "Policy",
        (201, "PolicyBrief"),
        &[422],
    ),
    op("get", "/v1/policies", "policies", "The policies of the shop", Key::Secret, (200, "Policies"), &[]),
    op(
        "get",
        "/v1/policies/shadow",
        "shadow",
        "How the decisions of a policy that binds nothing differ from those that count",
        Key::Secret,
        (200, "Shadow"),
        &[404],
    ),
    Operation {
        method: "put",
        ..post(
            "/v1/policies/shadow",
            "beginShadow",
            "Try a policy beside the active one: it decides every confirm too, and binds nothing",
            Repeat::No,
            "Policy",
            (200, "PolicyBrief"),
            &[409, 422],
        )
    },
    op("delete", "/v1/policies/shadow", "endShadow", "Try it no longer", Key::Secret, (200, "ShadowEnded"), &[404]),
    op("get", "/v1/keys", "keys", "The public keys of decision tokens (JWKS)", Key::Any, (200, "KeySet"), &[]),
    Operation {
        method: "post",
        repeat: Repeat::May,
        ..op("get", "/v1/keys/rotate", "rotateKeys", "Sign with a new key from now on", Key::Secret, (200, "Rotated"), &[409])
    },
    post("/v1/api_keys", "createApiKey", "Make a key that callers show", Repeat::No, "CreateApiKey", (201, "ApiKeyCreated"), &[]),
    op("get", "/v1/api_keys", "apiKeys", "The keys that callers show", Key::Secret, (200, "ApiKeys"), &[]),
    Operation {
        method: "post",
        ..op(
            "get",
            "/v1/api_keys/{key}/revoke",
            "revokeApiKey",
            "Revoke a key, at once and for good",
            Key::Secret,
            (200, "ApiKey"),
            &[404, 409],
        )
    },
];

pub const SANDBOX: &[Operation] = &[
    op("get", "/v1/sandbox/clock", "clock", "What time it is for the shop", Key::Secret, (200, "Clock"), &[]),
    op("get", "/v1/sandbox/bureau", "bureau", "How the sandbox's credit bureau behaves", Key::Secret, (200, "BureauSimulator"), &[]),
    post("/v1/sandbox/bureau", "turnBureau", "Make it slow, wrong or down", Repeat::No, "BureauSimulator", (200, "BureauSimulator"), &[]),
    Operation {
        key: Key::None,
        ..post(
            "/sandbox/bureau/inquiries",
            "bureauInquiry",
            "Ask the sandbox's credit bureau, as the service does",
            Repeat::No,
            "BureauInquiry",
            (200, "BureauAnswer"),
            &[422, 503],
        )
    },
    post("/v1/sandbox/clock", "moveClock", "Move the shop's time forward", Repeat::No, "MoveClock", (200, "Clock"), &[422]),
    op(
        "get",
        "/v1/sandbox/messages",
        "messages",
        "Mails and messages that the sandbox has sent, the newest first",
        Key::Secret,
        (200, "SandboxMessages"),
        &[],
    ),
    op(
        "get",
        "/sandbox/mailbox/{message}/{form}",
        "mailboxForm",
        "A mail of the demo as a mail program shows it, or a letter",
        Key::None,
        (200, "MessageForm"),
        &[400, 404],
    ),
    op("get", "/sandbox/mailbox", "mailbox", "The same as a page, for the demo", Key::None, (200, "Page"), &[]),
    op("get", "/sandbox/identity/{check}", "identityPage", "The page of the sandbox's identity check", Key::None, (200, "Page"), &[]),
    Operation {
        method: "post",
        ..op("get", "/sandbox/identity/{check}/pass", "identityPass", "The identity is confirmed", Key::None, (200, "Page"), &[])
    },
    Operation {
        method: "post",
        ..op("get", "/sandbox/identity/{check}/fail", "identityFail", "The identity is not confirmed", Key::None, (200, "Page"), &[])
    },
    Operation {
        method: "post",
        ..op("get", "/sandbox/identity/{check}/cancel", "identityCancel", "The shopper breaks it off", Key::None, (200, "Page"), &[])
    },
    op("get", "/sandbox/pay/{payment}", "payPage", "The page of the sandbox's payment provider", Key::None, (200, "Page"), &[]),
    Operation {
        method: "post",
        ..op("get", "/sandbox/pay/{payment}/approve", "payApprove", "The shopper approves", Key::None, (200, "Page"), &[])
    },
    Operation {
        method: "post",
        ..op("get", "/sandbox/pay/{payment}/decline", "payDecline", "The shopper declines", Key::None, (200, "Page"), &[])
    },
    op("get", "/sandbox/style.css", "payStyle", "The style of those pages", Key::None, (200, "Style"), &[]),
];

pub(super) const fn op(
    method: &'static str,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    key: Key,
    answer: (u16, &'static str),
    errors: &'static [u16],
) -> Operation {
    Operation { method, path, id, summary, key, repeat: Repeat::No, words: false, body: None, answer, errors }
}

pub(super) const fn post(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    repeat: Repeat,
    body: &'static str,
    answer: (u16, &'static str),
    errors: &'static [u16],
) -> Operation {
    Operation { method: "post", path, id, summary, key: Key::Secret, repeat, words: false, body: Some(body), answer, errors }
}
