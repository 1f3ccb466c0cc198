//! What was in an order: told with its confirm, seen by the shop and in the customer's account, and nowhere else.

use crate::common::Service;
use crate::common::collection::letterhead;
use crate::common::shop::{Order, eur};
use crate::common::steps::Shopper as _;
use serde_json::{Value, json};

/// Two blankets, a cup, shipping, a discount: 163.50 in all
pub fn cart() -> Value {
    let line =
        |sku: &str, name: &str, quantity: u32, minor: i64| json!({"sku": sku, "name": name, "quantity": quantity, "amount": eur(minor)});
    let lines = json!([
        line("KL-101", "Wolldecke „Moor“", 2, 14_001),
        line("KL-204", "Becher\t„Förde“", 1, 2_359),
        line("shipping", "Versand", 1, 490),
        line("welcome", "Willkommen", 1, -500)
    ]);
    json!({"lines": lines, "total": eur(16_350)})
}

/// An order of Greta's with that cart: the claim
pub fn orders(service: &Service, number: &str) -> String {
    let order = Order { cart: cart(), ..Order::new(number, "invoice", 16_350) };
    let session = service.client.session(&json!({"customer": {"reference": "greta", "signed_in": true, "email": "greta@example.org"}}));
    service.client.confirmed(&session, &order)["receivable"]["id"].as_str().unwrap().to_owned()
}

#[test]
fn the_shop_and_the_customer_see_what_was_in_the_order() {
    let service = Service::start();
    letterhead(&service);
    let claim = orders(&service, "order-1");
    let view = service.sees(&service.access("greta", &json!({})));
    let items = &view["claims"][0]["items"];
    let named: Vec<(&Value, &Value, &Value)> =
        items.as_array().unwrap().iter().map(|item| (&item["id"], &item["name"], &item["amount"])).collect();
    let [one, two, three, four] = ["1", "2", "3", "4"].map(|id| json!(id));
    let [blanket, cup, shipping, discount] = ["Wolldecke „Moor“", "Becher „Förde“", "Versand", "Willkommen"].map(|name| json!(name));
    let expected =
        [(&one, &blanket, &eur(14_001)), (&two, &cup, &eur(2_359)), (&three, &shipping, &eur(490)), (&four, &discount, &eur(-500))];
    assert_eq!(named, expected, "as the shop said it, without what controls something");
    assert_eq!((&items[0]["quantity"], &items[0]["sku"]), (&json!(2), &json!("KL-101")));
    assert_eq!(service.client.get(&format!("/v1/receivables/{claim}")).json()["order_items"], *items);
    assert_eq!(service.client.get(&format!("/v1/receivables/{claim}/file")).json()["order_items"], *items);
    let page = service.client.send("GET", &format!("/v1/receivables/{claim}/file"), &[("accept", "text/html")], b"");
    assert_eq!(page.status, 401, "it is the shop's");
    assert_eq!(service.client.get("/v1/customers/greta/export").json()["orders"]["items"][0]["items"], *items);
}

#[test]
fn nobody_else_learns_what_was_in_it() {
    let service = Service::start();
    letterhead(&service);
    let claim = orders(&service, "order-1");
    let link = service.client.post(&format!("/v1/receivables/{claim}/paylink"), "").json();
    let page = service.client.send("GET", &format!("/v1/paylinks/{}", link["token"].as_str().unwrap()), &[], b"");
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("Wolldecke"), "a bare link shows an amount");
    assert_eq!(service.count("SELECT count(*) FROM events WHERE data LIKE '%decke%'"), 0, "what webhooks tell");
    let kept = std::fs::read(service.database()).unwrap();
    assert!(!kept.windows(9).any(|window| window == "Wolldecke".as_bytes()), "it is under the customer's key");
}

#[test]
fn an_order_that_is_paid_at_once_leaves_nothing_of_it() {
    let service = Service::start();
    let order = Order { cart: cart(), amount: eur(16_450), ..Order::new("2", "card", 16_350) };
    service.client.confirmed(&service.client.session_of("greta"), &order);
    assert_eq!(service.count("SELECT count(*) FROM decisions WHERE sealed_cart IS NOT NULL"), 0);
}

#[test]
fn it_goes_with_the_person() {
    let service = Service::start();
    letterhead(&service);
    let claim = orders(&service, "order-1");
    let erased = service.client.post("/v1/customers/greta/erase", r#"{"despite_open": true}"#);
    assert_eq!(erased.status, 200, "{}", erased.text());
    assert_eq!(service.client.get(&format!("/v1/receivables/{claim}")).json()["order_items"], json!([]));
    assert_eq!(service.count("SELECT count(*) FROM decisions WHERE sealed_cart IS NOT NULL"), 0);
}

fn text(service: &Service, sql: &str) -> String {
    service.sql().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Greta's order, and her access
fn greta() -> (Service, String, String) {
    let service = Service::start();
    letterhead(&service);
    let claim = orders(&service, "order-1");
    let token = service.access("greta", &json!({}));
    (service, claim, token)
}

fn object(claim: &str, items: Value) -> Value {
    json!({"kind": "dispute", "receivable": claim, "reason": "defective", "items": items})
}

#[test]
fn who_objects_to_one_of_two_blankets_objects_to_what_it_cost() {
    let (service, claim, token) = greta();
    let body = object(&claim, json!([{"id": "1", "quantity": 1}, {"id": "2"}]));
    let view = service.gets(&token, "noted", &body)["view"].clone();
    let bill = &view["claims"][0];
    let rest = bill["open"]["minor"].as_i64().unwrap() - 9_360;
    assert_eq!(
        (&bill["state"], &bill["payable"], &view["asked"]),
        (&json!("open"), &eur(rest), &eur(rest)),
        "the other blanket can be paid"
    );
    let raised = text(&service, "SELECT data FROM events WHERE type = 'DisputeRaised'");
    let raised: Value = serde_json::from_str(&raised).unwrap();
    assert_eq!(raised["amount"], eur(9_360), "half of 140.01, the cent to her, and the cup");
    let task = service.client.get("/v1/tasks").json()["tasks"][0].clone();
    let pieces: Vec<(&Value, &Value, &Value)> =
        task["items"].as_array().unwrap().iter().map(|item| (&item["name"], &item["quantity"], &item["amount"])).collect();
    let (blanket, cup, one) = (json!("Wolldecke „Moor“"), json!("Becher „Förde“"), json!(1));
    assert_eq!(pieces, [(&blanket, &one, &eur(7_001)), (&cup, &one, &eur(2_359))], "who looks knows what it is about");
    let mail = service.client.messages()[0]["text"].as_str().unwrap().to_owned();
    assert!(mail.contains("Es geht um 93,60\u{a0}€.") && mail.contains("Gemeint ist: 1 × Wolldecke „Moor“, 1 × Becher „Förde“"), "{mail}");

    // Right about the blanket alone.
    let ends =
        |items: Value| service.does(&format!("/v1/receivables/{claim}/dispute"), json!({"outcome": "partly_upheld", "items": items}));
    assert_eq!(service.refuses(|| ends(json!([{"id": "9"}]))), (422, "items.unusable".to_owned()));
    assert_eq!(ends(json!([{"id": "1", "quantity": 1}])).json()["balance"], eur(16_350 - 7_001));
}

#[test]
fn lines_that_cannot_be_meant_are_named_all_at_once_and_nothing_happens() {
    let (service, claim, token) = greta();
    let ask = |body: &Value| {
        let headers = [("content-type", "application/json"), ("idempotency-key", "k")];
        service.client.send("POST", &format!("/v1/accounts/{token}/requests"), &headers, body.to_string().as_bytes())
    };
    let named =
        json!([{"id": "1", "quantity": 3}, {"id": "1"}, {"id": "4"}, {"id": "5"}, {"id": "2", "quantity": 0}, {"id": "3", "quantity": 1}]);
    let found = |answer: &crate::common::Answer| -> Vec<(String, String)> {
        let problems = answer.json()["error"]["diagnostics"].as_array().unwrap().clone();
        problems.iter().map(|one| (one["code"].as_str().unwrap().to_owned(), one["at"].as_str().unwrap().to_owned())).collect()
    };
    let expected = [
        ("item.quantity", "/items/0/quantity"),
        ("item.twice", "/items/1/id"),
        ("item.unknown", "/items/2/id"),
        ("item.unknown", "/items/3/id"),
        ("item.quantity", "/items/4/quantity"),
    ]
    .map(|(code, at)| (code.to_owned(), at.to_owned()));
    let events = service.events();
    let returns = json!({"kind": "return", "receivable": claim, "items": named});
    for body in [object(&claim, named), returns] {
        let answer = ask(&body);
        assert_eq!((answer.status, answer.code().as_str()), (422, "items.unusable"), "a discount cannot be meant either");
        assert_eq!(found(&answer), expected);
    }
    let mut both = object(&claim, json!([{"id": "2"}]));
    both["amount"] = eur(1);
    assert_eq!(ask(&both).code(), "dispute.amount_and_items");
    assert_eq!(service.events(), events);
    assert_eq!(ask(&object(&claim, json!([{"id": "1", "quantity": 2}]))).json()["outcome"], "noted", "as many as there are");
}

#[test]
fn an_objection_is_about_no_more_than_is_open() {
    let (service, claim, token) = greta();
    service.does(&format!("/v1/receivables/{claim}/credit-notes"), json!({"amount": eur(15_000), "reason": "goodwill"}));
    service.gets(&token, "noted", &object(&claim, json!([{"id": "1"}])));
    let raised: Value = serde_json::from_str(&text(&service, "SELECT data FROM events WHERE type = 'DisputeRaised'")).unwrap();
    assert_eq!(raised["amount"], eur(1_350));
    let again = service.gets(&token, "refused", &object(&claim, json!([{"id": "2"}])));
    assert_eq!(again["why"], "dispute.raised", "all of it is looked at");
}

#[test]
fn a_return_says_which_lines_come_back() {
    let (service, claim, token) = greta();
    service.gets(&token, "noted", &json!({"kind": "return", "receivable": claim, "items": [{"id": "1", "quantity": 1}]}));
    let task = service.client.get("/v1/tasks").json()["tasks"][0].clone();
    assert_eq!((&task["kind"], &task["items"][0]["quantity"], &task["items"][0]["sku"]), (&json!("return"), &json!(1), &json!("KL-101")));
    assert!(service.client.messages()[0]["text"].as_str().unwrap().contains("Gemeint ist: 1 × Wolldecke „Moor“"));
}
