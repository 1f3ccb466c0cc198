//! The operations about a customer's account.

use super::{Key, Operation, Repeat, op, post};

pub const ACCOUNTS: &[Operation] = &[
    post(
        "/v1/customers/{reference}/access",
        "openAccount",
        "Open the account of a customer, for the page of an order or the customer area",
        Repeat::No,
        "GrantAccess",
        (201, "AccessGranted"),
        &[404, 409, 422],
    ),
    post(
        "/v1/guests/{guest}/access",
        "openGuestAccount",
        "Open the account of a guest",
        Repeat::No,
        "GrantAccess",
        (201, "AccessGranted"),
        &[404, 409, 422],
    ),
    Operation {
        key: Key::None,
        ..post(
            "/v1/paylinks/{token}/code",
            "sendCode",
            "Have a code sent to where the shop knows the customer already",
            Repeat::No,
            "SendCode",
            (200, "CodeSent"),
            &[404, 409, 429],
        )
    },
    Operation {
        key: Key::None,
        ..post(
            "/v1/paylinks/{token}/access",
            "typeCode",
            "Open the account with that code",
            Repeat::No,
            "TypeCode",
            (201, "AccessGranted"),
            &[404, 409, 422, 429],
        )
    },
    op(
        "get",
        "/v1/accounts/{access}",
        "accountView",
        "What is open and paid, and what the customer may do, for whoever holds the access; looking changes nothing",
        Key::None,
        (200, "AccountView"),
        &[400, 404, 409, 410, 429],
    ),
    op(
        "get",
        "/v1/accounts/{access}/transfer",
        "accountTransfer",
        "Where a transfer of an amount goes, with what is written on it",
        Key::None,
        (200, "AccountTransfer"),
        &[400, 404, 409, 410, 429],
    ),
    Operation {
        key: Key::None,
        ..post(
            "/v1/accounts/{access}/payments",
            "startAccountPayment",
            "The customer pays by a provider: on to its page, or why not",
            Repeat::No,
            "StartPayment",
            (200, "PaymentStart"),
            &[404, 409, 410, 422, 429, 503],
        )
    },
    Operation {
        key: Key::None,
        ..post(
            "/v1/accounts/{access}/requests",
            "askAccount",
            "The customer asks for something: it is done, taken down or refused with a reason, and acknowledged in text form",
            Repeat::Must,
            "AskAccount",
            (200, "RequestAnswered"),
            &[404, 409, 410, 422, 429],
        )
    },
    Operation {
        key: Key::None,
        ..post(
            "/v1/accounts/{access}/proofs",
            "sendProof",
            "The customer sends a file, of 5 MiB at most, for a request that is to name it; one that none names is dropped after a day. The same content \
             again is the same file",
            Repeat::No,
            "Upload",
            (201, "Proof"),
            &[404, 409, 410, 422, 429],
        )
    },
    op(
        "delete",
        "/v1/accounts/{access}/proofs/{proof}",
        "takeBackProof",
        "The customer takes a file back that no request names yet",
        Key::None,
        (200, "Proof"),
        &[400, 404, 409, 410, 429],
    ),
    op(
        "get",
        "/v1/proofs/{proof}",
        "handOutProof",
        "A file that a customer sent beside a request, to be kept and not to be shown in a page",
        Key::Secret,
        (200, "ProofFile"),
        &[404],
    ),
    op(
        "get",
        "/v1/accounts/{access}/documents/{document}",
        "accountDocument",
        "Something to keep: word for word as it was sent, or put together from the ledger; as text or as PDF",
        Key::None,
        (200, "TextDocument"),
        &[400, 404, 409, 410, 429],
    ),
];
