use super::*;

fn cart(json: &str) -> Cart {
    serde_json::from_str(json).unwrap()
}

/// The vectors of `js/docs/cart-hash.md`
#[test]
fn the_cart_hash_is_the_one_that_shops_compute() {
    for (json, hash) in [
        (
            r#"{"lines":[{"sku":"KL-101","name":"Wolldecke „Moor“","quantity":1,"amount":{"minor":8900,"currency":"EUR"}},
                {"sku":"shipping","name":"Versand","quantity":1,"amount":{"minor":490,"currency":"EUR"}}],"total":{"minor":9390,"currency":"EUR"}}"#,
            "3b5c3a98e3d29904f4cbc98d255990dd1881cf6f2fdd9db2cf9f42d515b671ce",
        ),
        (r#"{"lines":[],"total":{"minor":0,"currency":"EUR"}}"#, "cc64b305847c23e420d9edcf92eec52056b072b033a667b57ee11dd3080d424d"),
        (
            r#"{"lines":[{"sku":"a\"\\b","name":"\u0001\n\u007f\u00e9\ud83c\udf75","quantity":3,"amount":{"minor":-5,"currency":"EUR"}}],"total":{"minor":-5,"currency":"EUR"}}"#,
            "e34189b24cdd28f414c766930b15798e936f79571172ab3fadccf37dc8eda3b6",
        ),
    ] {
        assert_eq!(cart_hash(&cart(json)).unwrap(), hash, "{json}");
    }
}

fn shape(lines: &str, total: &str) -> Result<(), &'static str> {
    let json = format!(
        r#"{{"order":"1","method":"invoice","amount":{{"minor":1,"currency":"EUR"}},"cart":{{"lines":[{lines}],"total":{total}}}}}"#
    );
    check_shape(&serde_json::from_str(&json).unwrap()).map_err(|problem| problem.code)
}

fn line(quantity: u32, minor: i64, currency: &str) -> String {
    format!(r#"{{"sku":"a","name":"A","quantity":{quantity},"amount":{{"minor":{minor},"currency":"{currency}"}}}}"#)
}

#[test]
fn a_cart_is_whole_or_it_is_no_cart() {
    let total = r#"{"minor":100,"currency":"EUR"}"#;
    assert_eq!(shape(&line(1, 100, "EUR"), total), Ok(()));
    assert_eq!(shape(&line(1, 99, "EUR"), total), Err("cart.sum"));
    assert_eq!(shape(&line(1, 101, "EUR"), total), Err("cart.sum"));
    assert_eq!(shape(&line(0, 100, "EUR"), total), Err("cart.no_pieces"));
    assert_eq!(shape(&line(1, 100, "CHF"), total), Err("cart.two_currencies"));
    assert_eq!(shape(&line(1, -100, "EUR"), r#"{"minor":-100,"currency":"EUR"}"#), Err("cart.negative"));
    assert_eq!(shape(&format!("{},{}", line(1, 150, "EUR"), line(1, -50, "EUR")), total), Ok(()), "a discount is a line");
}

#[test]
fn a_cart_that_is_too_long_is_refused_with_everything_that_is() {
    let named = |name: usize, sku: usize| {
        format!(r#"{{"sku":"{}","name":"{}","quantity":1,"amount":{{"minor":0,"currency":"EUR"}}}}"#, "s".repeat(sku), "ä".repeat(name))
    };
    let all = |lines: &[String]| {
        let cart = cart(&format!(r#"{{"lines":[{}],"total":{{"minor":0,"currency":"EUR"}}}}"#, lines.join(",")));
        items::check(&cart.lines)
    };
    let line = named(500, 200);
    for count in [0, 499, 500] {
        assert!(all(&vec![line.clone(); count]).is_ok(), "{count}");
    }
    let mut lines = vec![line; 501];
    lines[3] = named(501, 201);
    let problem = all(&lines).unwrap_err();
    let found: Vec<(&str, &str)> = problem.diagnostics.iter().map(|one| (one.code.as_str(), one.at.as_str())).collect();
    let expected =
        [("cart.too_many_lines", "/cart/lines"), ("text.too_long", "/cart/lines/3/name"), ("text.too_long", "/cart/lines/3/sku")];
    assert_eq!((problem.code, problem.status, found.as_slice()), ("cart.too_long", 422, expected.as_slice()));
    assert_eq!(shape(&named(501, 1), r#"{"minor":0,"currency":"EUR"}"#), Err("cart.too_long"), "it is looked at");
}
