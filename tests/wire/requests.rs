//! Requests: read and written again they are the same bytes; what is unknown is refused, what is missing is named.

use crate::{holds, names, snapshot};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Debug;
use tresen_wire::http::{
    AnswerReview, AnswerStep, AskAccount, AskReview, BureauSimulator, Confirm, ContactDetails, CreateApiKey, CreateWebhook, DecideApproval,
    EndDispute, ErasePerson, ExplainMethod, FinishTask, GrantAccess, GrantRefund, IssueCreditNote, MatchPayment, MergeCustomer, MoveClock,
    NameDay, Nothing, OpenSession, PlaceHold, Preview, ReceivePayment, ReplayWebhook, SendCode, SettleBatch, StartPayment, StartStep,
    TellChargeback, TellDebit, TellDelivery, TellGoodsDelivered, TellParty, TellRefund, TypeCode, Waive, WriteOff,
};

/// A request's name and the keys that may be left out, as JSON pointers
const REQUESTS: [(&str, &[&str]); 49] = [
    ("create_webhook", &["/events"]),
    ("replay_webhook", &["/after", "/since"]),
    (
        "open_session",
        &[
            "/address_form",
            "/customer/email",
            "/customer/guest_reference",
            "/customer/person",
            "/customer/person/birth_date",
            "/customer/reference",
            "/facts",
            "/locale",
            "/return_url",
        ],
    ),
    (
        "open_session_guest",
        &[
            "/address_form",
            "/customer/email",
            "/customer/guest_reference",
            "/customer/person",
            "/customer/reference",
            "/facts",
            "/locale",
            "/return_url",
        ],
    ),
    ("turn_bureau", &[]),
    ("preview", &["/facts"]),
    ("explain_method", &["/facts"]),
    (
        "confirm",
        &[
            "/access",
            "/access/minutes",
            "/browser_record",
            "/consents",
            "/contact",
            "/contact/address",
            "/contact/name",
            "/contact/phone",
            "/facts",
            "/plan",
        ],
    ),
    ("ask_review", &["/contact", "/message"]),
    ("answer_review", &["/grant", "/grant/beyond_exposure", "/why", "/words"]),
    ("create_api_key", &[]),
    ("erase_person", &["/despite_open"]),
    ("move_clock", &[]),
    ("start_step", &["/address", "/birth_date", "/email", "/phone", "/return_url"]),
    ("answer_step", &["/accept", "/code"]),
    ("receive_payment", &["/customer", "/designated", "/remittance"]),
    ("match_payment", &["/customer", "/designated"]),
    ("tell_chargeback", &["/amount", "/until"]),
    ("name_day", &[]),
    ("start_payment", &["/amount", "/receivables", "/return_url"]),
    ("nothing", &[]),
    ("issue_credit_note", &[]),
    ("tell_goods_delivered", &[]),
    ("tell_party", &[]),
    ("write_off", &["/amount"]),
    ("waive", &["/amount"]),
    ("decide_approval", &[]),
    ("place_hold", &["/receivable", "/until"]),
    ("merge_customer", &[]),
    ("contact_details", &["/name", "/address", "/email", "/phone", "/locale", "/address_form", "/prefers", "/opted_out"]),
    ("tell_delivery", &[]),
    ("finish_task", &[]),
    ("grant_refund", &[]),
    ("tell_refund", &[]),
    ("settle_batch", &["/on"]),
    ("tell_debit_settled", &["/on"]),
    ("tell_debit_returned", &[]),
    ("ask_account_debit", &["/receivables"]),
    ("grant_access", &["/minutes", "/receivable"]),
    ("send_code", &[]),
    ("type_code", &[]),
    ("ask_account_dispute", &["/amount", "/text"]),
    ("ask_account_dispute_items", &["/amount", "/items", "/items/0/quantity", "/text"]),
    ("ask_account_paid_already", &["/on", "/proofs", "/receivable", "/reference", "/text"]),
    ("ask_account_withdrawal", &["/email", "/name", "/text"]),
    ("ask_account_contact", &["/address", "/address_form", "/email", "/locale", "/name", "/opted_out", "/phone", "/prefers"]),
    ("ask_account_plan", &[]),
    ("end_dispute", &["/amount", "/dispute", "/words"]),
    ("end_dispute_items", &["/amount", "/dispute", "/items", "/items/0/quantity", "/words"]),
];

/// Reads a request by its name; answers what reading it said, and what it is when written again
fn read(name: &str, value: &Value) -> Result<String, String> {
    fn by<T: Serialize + DeserializeOwned + Debug + PartialEq>(value: &Value) -> Result<String, String> {
        let request: T = serde_json::from_value(value.clone()).map_err(|problem| problem.to_string())?;
        let written = crate::text(&request);
        let again: T = serde_json::from_str(&written).unwrap();
        assert_eq!(again, request, "not what was written");
        Ok(written)
    }
    match name {
        "open_session" | "open_session_guest" => by::<OpenSession>(value),
        "preview" => by::<Preview>(value),
        "explain_method" => by::<ExplainMethod>(value),
        "confirm" => by::<Confirm>(value),
        "answer_review" => by::<AnswerReview>(value),
        "ask_review" => by::<AskReview>(value),
        "create_api_key" => by::<CreateApiKey>(value),
        "create_webhook" => by::<CreateWebhook>(value),
        "replay_webhook" => by::<ReplayWebhook>(value),
        "erase_person" => by::<ErasePerson>(value),
        "move_clock" => by::<MoveClock>(value),
        "turn_bureau" => by::<BureauSimulator>(value),
        "start_step" => by::<StartStep>(value),
        "answer_step" => by::<AnswerStep>(value),
        "receive_payment" => by::<ReceivePayment>(value),
        "match_payment" => by::<MatchPayment>(value),
        "tell_chargeback" => by::<TellChargeback>(value),
        "name_day" => by::<NameDay>(value),
        "start_payment" => by::<StartPayment>(value),
        "nothing" => by::<Nothing>(value),
        "issue_credit_note" => by::<IssueCreditNote>(value),
        "tell_goods_delivered" => by::<TellGoodsDelivered>(value),
        "tell_party" => by::<TellParty>(value),
        "write_off" => by::<WriteOff>(value),
        "waive" => by::<Waive>(value),
        "decide_approval" => by::<DecideApproval>(value),
        "place_hold" => by::<PlaceHold>(value),
        "merge_customer" => by::<MergeCustomer>(value),
        "contact_details" => by::<ContactDetails>(value),
        "tell_delivery" => by::<TellDelivery>(value),
        "finish_task" => by::<FinishTask>(value),
        "grant_refund" => by::<GrantRefund>(value),
        "tell_refund" => by::<TellRefund>(value),
        "grant_access" => by::<GrantAccess>(value),
        "send_code" => by::<SendCode>(value),
        "settle_batch" => by::<SettleBatch>(value),
        "tell_debit_settled" | "tell_debit_returned" => by::<TellDebit>(value),
        "ask_account_debit"
        | "ask_account_dispute"
        | "ask_account_dispute_items"
        | "ask_account_paid_already"
        | "ask_account_withdrawal"
        | "ask_account_contact"
        | "ask_account_plan" => by::<AskAccount>(value),
        "end_dispute" | "end_dispute_items" => by::<EndDispute>(value),
        "type_code" => by::<TypeCode>(value),
        unknown => Err(format!("no request is called {unknown}")),
    }
}

/// Pointers of all objects whose keys are ours: facts are named by the catalogue and the policy
fn objects(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            found.push(at.to_owned());
            object.iter().filter(|(key, _)| *key != "facts").for_each(|(key, value)| objects(value, &format!("{at}/{key}"), found));
        }
        Value::Array(list) => list.iter().enumerate().for_each(|(place, value)| objects(value, &format!("{at}/{place}"), found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn each_object(mut look: impl FnMut(&str, &[&str], &Value, &str)) {
    for (name, optional) in REQUESTS {
        let value: Value = serde_json::from_str(&snapshot(&format!("requests/{name}"))).unwrap();
        let mut pointers = Vec::new();
        objects(&value, "", &mut pointers);
        pointers.iter().for_each(|pointer| look(name, optional, &value, pointer));
    }
}

#[test]
fn every_request_is_read_and_written_again_byte_for_byte() {
    for (name, _) in REQUESTS {
        let value: Value = serde_json::from_str(&snapshot(&format!("requests/{name}"))).unwrap();
        assert_eq!(read(name, &value).unwrap(), snapshot(&format!("requests/{name}")), "{name}");
    }
    let known: BTreeSet<String> = REQUESTS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names("requests"), known);
}

#[test]
fn unknown_keys_are_refused_by_their_name_at_every_depth() {
    let mut tried = 0;
    each_object(|name, _, value, pointer| {
        let mut value = value.clone();
        value.pointer_mut(pointer).unwrap()["validate_reqest"] = true.into();
        let problem = read(name, &value).unwrap_err();
        assert!(problem.contains("unknown field `validate_reqest`"), "{name} at `{pointer}`: {problem}");
        tried += 1;
    });
    assert!(tried >= 15, "{tried}");
}

#[test]
fn missing_keys_are_named_and_the_others_may_be_left_out() {
    each_object(|name, optional, value, pointer| {
        let keys: Vec<String> = value.pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect();
        for key in keys {
            let mut value = value.clone();
            value.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(&key);
            let at = format!("{pointer}/{key}");
            match read(name, &value) {
                Ok(_) => assert!(optional.contains(&at.as_str()), "{name}: {at} may be left out"),
                Err(problem) => {
                    assert!(problem.contains(&format!("missing field `{key}`")), "{name}: {at}: {problem}");
                    assert!(!optional.contains(&at.as_str()), "{name}: {at} may not be left out");
                }
            }
        }
    });
}

#[test]
fn a_request_with_nothing_optional_means_what_the_interface_says() {
    let least: OpenSession = serde_json::from_str(r#"{"customer": {"signed_in": false}}"#).unwrap();
    holds("answers/open_session_least", &least);
}
