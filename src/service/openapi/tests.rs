use super::*;
use std::collections::BTreeSet;

fn parsed(sandbox: bool) -> Value {
    serde_json::from_str(&document(sandbox)).unwrap()
}

#[test]
fn every_route_is_described_and_nothing_else() {
    for sandbox in [false, true] {
        let routed: BTreeSet<String> = crate::routes(sandbox)
            .iter()
            .flat_map(|route| route.methods.iter().map(|method| format!("{} {}", method.to_lowercase(), route.path)).collect::<Vec<_>>())
            .collect();
        let document = parsed(sandbox);
        let described: BTreeSet<String> = document["paths"]
            .as_object()
            .unwrap()
            .iter()
            .flat_map(|(path, methods)| methods.as_object().unwrap().keys().map(|method| format!("{method} {path}")).collect::<Vec<_>>())
            .collect();
        assert_eq!(routed, described);
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_schema_is_used() {
    let document = parsed(true);
    let mut used = BTreeSet::new();
    references(&document, &mut used);
    let known: BTreeSet<String> = document["components"]["schemas"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(used, known);
}

#[test]
fn every_body_has_an_example_that_can_be_read() {
    use tresen_wire::http::{
        AnswerReview, AnswerStep, AskAccount, AskReview, BureauSimulator, Confirm, ContactDetails, CreateApiKey, CreateWebhook,
        DecideApproval, EndDispute, ErasePerson, FinishTask, GrantAccess, GrantRefund, IssueCreditNote, MatchPayment, MergeCustomer,
        MoveClock, NameDay, Nothing, OpenSession, PlaceHold, Preview, ReceivePayment, ReplayWebhook, SendCode, SettleBatch, StartPayment,
        StartStep, TellChargeback, TellDebit, TellDelivery, TellGoodsDelivered, TellParty, TellRefund, TypeCode, Waive, WriteOff,
    };
    let examples: Value = serde_json::from_str(EXAMPLES).unwrap();
    let bodies: BTreeSet<&str> = OPERATIONS
        .iter()
        .chain(MONEY)
        .chain(COLLECTION)
        .chain(ACCOUNTS)
        .chain(WEBHOOKS)
        .chain(SANDBOX)
        .filter_map(|operation| operation.body)
        .collect();
    assert_eq!(bodies, examples.as_object().unwrap().keys().map(String::as_str).collect());
    fn read<T: serde::de::DeserializeOwned>(example: &Value) {
        serde_json::from_value::<T>(example.clone()).unwrap_or_else(|problem| panic!("{problem}: {example}"));
    }
    read::<OpenSession>(&examples["OpenSession"]);
    read::<Preview>(&examples["Preview"]);
    read::<Confirm>(&examples["Confirm"]);
    read::<AnswerReview>(&examples["AnswerReview"]);
    read::<AskReview>(&examples["AskReview"]);
    read::<ErasePerson>(&examples["ErasePerson"]);
    read::<ContactDetails>(&examples["ContactDetails"]);
    read::<CreateApiKey>(&examples["CreateApiKey"]);
    read::<CreateWebhook>(&examples["CreateWebhook"]);
    read::<ReplayWebhook>(&examples["ReplayWebhook"]);
    read::<MoveClock>(&examples["MoveClock"]);
    read::<BureauSimulator>(&examples["BureauSimulator"]);
    read::<crate::bureau::Inquiry>(&examples["BureauInquiry"]);
    read::<AskAccount>(&examples["AskAccount"]);
    read::<SendCode>(&examples["SendCode"]);
    read::<TypeCode>(&examples["TypeCode"]);
    read::<GrantAccess>(&examples["GrantAccess"]);
    read::<EndDispute>(&examples["EndDispute"]);
    read::<FinishTask>(&examples["FinishTask"]);
    read::<TellDelivery>(&examples["TellDelivery"]);
    read::<TellGoodsDelivered>(&examples["TellGoodsDelivered"]);
    read::<TellParty>(&examples["TellParty"]);
    read::<SettleBatch>(&examples["SettleBatch"]);
    read::<TellDebit>(&examples["TellDebit"]);
    read::<GrantRefund>(&examples["GrantRefund"]);
    read::<IssueCreditNote>(&examples["IssueCreditNote"]);
    read::<MatchPayment>(&examples["MatchPayment"]);
    read::<NameDay>(&examples["NameDay"]);
    read::<StartPayment>(&examples["StartPayment"]);
    read::<Nothing>(&examples["Nothing"]);
    read::<MergeCustomer>(&examples["MergeCustomer"]);
    read::<PlaceHold>(&examples["PlaceHold"]);
    read::<ReceivePayment>(&examples["ReceivePayment"]);
    read::<TellChargeback>(&examples["TellChargeback"]);
    read::<TellRefund>(&examples["TellRefund"]);
    read::<Waive>(&examples["Waive"]);
    read::<WriteOff>(&examples["WriteOff"]);
    read::<DecideApproval>(&examples["DecideApproval"]);
    read::<StartStep>(&examples["StartStep"]);
    read::<AnswerStep>(&examples["AnswerStep"]);
    assert!(tresen_wire::policy::read(&examples["Policy"].to_string()).is_ok());
}

#[test]
fn every_link_leads_from_one_operation_to_a_parameter_of_another() {
    let operations = || OPERATIONS.iter().chain(MONEY).chain(COLLECTION).chain(ACCOUNTS).chain(SANDBOX);
    let linked: usize = operations().map(|operation| links::of(operation.id).len()).sum();
    let document = parsed(true);
    let mut found = 0;
    for link in operations().flat_map(|operation| links::of(operation.id)) {
        let target = operations().find(|operation| link.1["operationId"] == operation.id).unwrap();
        let parameters = document["paths"][target.path][target.method]["parameters"].as_array().unwrap();
        let (name, _) = link.1["parameters"].as_object().unwrap().iter().next().unwrap();
        assert!(parameters.iter().any(|parameter| parameter["name"] == name.as_str()), "{link:?}");
        found += 1;
    }
    assert!(linked > 0 && found == linked);
}

#[test]
fn webhooks_may_name_every_event_and_no_other() {
    let document = parsed(false);
    let named = &document["components"]["schemas"]["CreateWebhook"]["properties"]["events"]["anyOf"][0]["items"]["enum"];
    let known: Vec<&str> = tresen_wire::events::Body::KINDS.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(*named, json!(known));
}

#[test]
fn currencies_and_facts_are_those_of_the_core() {
    let document = parsed(false);
    let schemas = &document["components"]["schemas"];
    let currencies = schemas["Currency"]["enum"].as_array().unwrap();
    assert!(currencies.contains(&json!("EUR")) && currencies.contains(&json!("JPY")) && !currencies.contains(&json!("AAA")));
    let has = |schema: &str, fact: &str| schemas[schema]["properties"].get(fact).is_some();
    assert!(has("SessionFacts", "cart.total") && has("ClientFacts", "cart.total"));
    assert!(has("SessionFacts", "history.orders_paid") && !has("ClientFacts", "history.orders_paid"));
    assert!(!has("SessionFacts", "account.open_balance") && !has("SessionFacts", "customer.age"));
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                found.insert(reference.strip_prefix("#/components/schemas/").unwrap().to_owned());
            }
            fields.values().for_each(|value| references(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| references(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
