//! What was in an order: told with its confirm, seen by the shop and in the customer's account, and nowhere else.

use crate::common::Service;
use crate::common::collection::letterhead;
use crate::common::shop::{Order, eur};
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
    let session = service.client.session_of("greta");
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
