use super::*;

fn drawn(code: &Code) -> Vec<String> {
    code.rows().iter().map(|row| row.iter().map(|dark| if *dark { '1' } else { '0' }).collect()).collect()
}

#[derive(serde::Deserialize)]
struct Case {
    payload: String,
    mask: u8,
    rows: Vec<String>,
}

#[test]
fn codes_are_drawn_module_by_module_as_another_encoder_draws_them() {
    let mut sizes = Vec::new();
    for line in include_str!("../../../tests/corpus/payments/qr.jsonl").lines() {
        let Case { payload, mask, rows } = serde_json::from_str(line).unwrap();
        assert_eq!(drawn(&Code::masked(&payload, Some(mask)).unwrap()), rows, "{payload}");
        sizes.push(rows.len());
    }
    assert_eq!(sizes, [41, 41, 29, 69]);
}

#[test]
fn the_largest_transfer_fits_and_what_is_longer_does_not() {
    let size = |bytes: usize| Code::of(&"x".repeat(bytes)).map(|code| code.rows().len());
    assert_eq!([size(331), size(332)], [Some(69), None]);
}

#[test]
fn a_drawing_has_every_dark_module_and_a_quiet_zone() {
    let code = Code::of("BCD").unwrap();
    let svg = code.svg("<\"&");
    let drawn: usize = code.runs().map(|(_, _, length)| length).sum();
    let dark = code.rows().iter().flatten().filter(|dark| **dark).count();
    assert_eq!((drawn, svg.matches('M').count()), (dark, code.runs().count() + 1));
    assert!(
        svg.contains("viewBox=\"0 0 29 29\"") && svg.contains("aria-label=\"&lt;&quot;&amp;\"") && svg.contains("M4 4h7v1h-7z"),
        "{svg}"
    );
}
