//! The codec that writes a JavaScript object of facts into the engine's slots: straight-line code, one paragraph a fact.

use super::Fact;
use std::fmt::Write as _;

const HEAD: &str = "// Generated from src/core/facts.toml by `cargo run -p tresen-tests --bin generate`; do not edit.

import { amount, country, count, dayIn, finish, list, put, text, whole } from './slots.js';

";

const OPEN: &str = "
/**
 * Writes facts into the slots; false if one of them is not as the catalogue says, and then nothing is written.
 *
 * @param {Record<string, any>} f
 * @param {import('./slots.js').Slots} s
 */
export function writeFacts(f, s) {
  if (typeof f !== 'object' || f === null || Array.isArray(f)) return false;
  const { scratch: d, policy } = s;
  const { currency } = policy;
  let [seen, p0, p1, p2, p3] = [0, 0, 0, 0, 0];
  let v;
  s.used = 0;
  s.unknown = null;
";

const CUSTOM: &str = "  for (const { index, name, kind, client } of policy.custom) {
    if ((v = f[name]) === undefined) continue;
    if (!client && policy.residual) return false;
    if (kind === 'boolean') {
      if (v !== true && v !== false) return false;
      put(d, index, +v);
    } else if (kind === 'integer') {
      if (!whole(v, -9007199254740991, 9007199254740991)) return false;
      put(d, index, v);
    } else if (kind === 'amount') {
      if (!amount(v, currency, -9007199254740991, 9007199254740991)) return false;
      put(d, index, v.minor);
    } else {
      const n = kind === 'date' ? dayIn(v) : kind === 'text' ? text(v, s) : list(v, s);
      if (n < LOWEST) return false;
      put(d, index, n);
    }
    // Custom facts start at 96, the fourth word.
    p3 |= 1 << (index & 31);
    seen += 1;
  }
";

/// The codec as a module
pub(super) fn codec(facts: &[Fact]) -> String {
    let mut text = String::from(HEAD);
    let names: Vec<String> = facts.iter().map(|fact| format!("'{}'", fact.name)).collect();
    let _ = writeln!(text, "/** The names of the catalogue's facts, by their numbers */\nexport const NAMES = [{}];\n", names.join(", "));
    text.push_str("const LOWEST = -99999;\n");
    for (index, fact) in facts.iter().enumerate().filter(|(_, fact)| fact.kind == "choice" && !fact.choices.is_empty()) {
        let pairs: Vec<String> = fact.choices.iter().enumerate().map(|(place, choice)| format!("['{choice}', {place}]")).collect();
        let _ = writeln!(text, "const C{index} = new Map([{}]);", pairs.join(", "));
    }
    text.push_str(OPEN);
    for (index, fact) in facts.iter().enumerate().filter(|(_, fact)| fact.visibility == "client") {
        paragraph(&mut text, index, fact, "  ");
    }
    text.push_str("  if (!policy.residual) {\n");
    for (index, fact) in facts.iter().enumerate().filter(|(_, fact)| fact.visibility == "server") {
        paragraph(&mut text, index, fact, "    ");
    }
    text.push_str("  }\n");
    text.push_str(CUSTOM);
    text.push_str("  if (count(f) !== seen) return false;\n  finish(s, p0, p1, p2, p3);\n  return true;\n}\n");
    text
}

fn paragraph(text: &mut String, index: usize, fact: &Fact, indent: &str) {
    let (low, high) = (fact.minimum, fact.maximum);
    let body = match fact.kind.as_str() {
        "boolean" => format!("if (v !== true && v !== false) return false;\n{indent}  put(d, {index}, +v);"),
        "integer" => format!("if (!whole(v, {low}, {high})) return false;\n{indent}  put(d, {index}, v);"),
        "amount" => format!("if (!amount(v, currency, {low}, {high})) return false;\n{indent}  put(d, {index}, v.minor);"),
        "choice" => format!("if ((v = C{index}.get(v)) === undefined) return false;\n{indent}  put(d, {index}, v);"),
        "country" => format!("if ((v = country(v)) < 0) return false;\n{indent}  put(d, {index}, v);"),
        "date" if fact.name == "customer.birth_date" => {
            format!("if (!((v = dayIn(v)) > LOWEST) || !(s.youngest >= v && v >= s.oldest)) return false;\n{indent}  put(d, {index}, v);")
        }
        "date" => format!("if (!((v = dayIn(v)) > LOWEST)) return false;\n{indent}  put(d, {index}, v);"),
        "texts" => format!("if ((v = list(v, s)) < 0) return false;\n{indent}  put(d, {index}, v);"),
        _ => format!("if ((v = text(v, s)) < 0) return false;\n{indent}  put(d, {index}, v);"),
    };
    let (word, bit) = (index / 32, index % 32);
    let _ = writeln!(
        text,
        "{indent}if ((v = f['{}']) !== undefined) {{\n{indent}  {body}\n{indent}  p{word} |= {};\n{indent}  seen += 1;\n{indent}}}",
        fact.name,
        (1_u32 << bit).cast_signed()
    );
}
