//! A ready policy of `examples/policies`, its explanation, and its cases in the corpus.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use tresen_tests::catalogue::root;

pub struct Ready {
    pub name: String,
    pub json: String,
    policy: Value,
    explanation: String,
    cases: Vec<Value>,
}

impl Ready {
    pub fn all() -> Vec<Self> {
        let folder = root().join("examples/policies");
        let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
        paths.sort();
        assert!(paths.len() >= 6, "{} ready policies", paths.len());
        let cases = all_cases();
        paths
            .into_iter()
            .map(|path| {
                let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
                let json = fs::read_to_string(&path).unwrap();
                let asked = format!("../../../examples/policies/{name}");
                Self {
                    policy: serde_json::from_str(&json).unwrap(),
                    explanation: fs::read_to_string(path.with_extension("md")).unwrap(),
                    cases: cases.iter().filter(|case| case["policy"] == asked.as_str()).cloned().collect(),
                    json,
                    name,
                }
            })
            .collect()
    }

    pub fn cases(&self) -> &[Value] {
        &self.cases
    }

    /// The words of the explanation, with the points and underscores that ids have
    pub fn words(&self) -> BTreeSet<&str> {
        let apart = |letter: char| !letter.is_ascii_alphanumeric() && letter != '_' && letter != '.';
        self.explanation.split(apart).map(|word| word.trim_matches('.')).collect()
    }

    pub fn market(&self) -> &str {
        self.policy["market"].as_str().unwrap()
    }

    pub fn ids(&self) -> Vec<String> {
        ["rules", "methods", "classes", "value_classes"].into_iter().flat_map(|list| ids(&self.policy[list])).collect()
    }

    pub fn methods(&self) -> Vec<String> {
        ids(&self.policy["methods"])
    }

    pub fn withholding_rules(&self) -> Vec<String> {
        let withholds = |rule: &&Value| rule.get("withhold").is_some();
        entries(&self.policy["rules"]).filter(withholds).map(id).collect()
    }

    /// Every amount of the policy, in minor units
    pub fn amounts(&self) -> BTreeSet<i64> {
        let mut amounts = BTreeSet::new();
        each(&self.policy, &mut |value| {
            let written = value.as_str().and_then(|text| text.strip_suffix(" EUR"));
            amounts.extend(written.map(|number| cents(number).unwrap()));
        });
        amounts
    }

    /// Every amount of a case, given or expected, in minor units
    pub fn amounts_tried(&self) -> BTreeSet<i64> {
        let mut amounts = BTreeSet::new();
        self.cases.iter().for_each(|case| each(case, &mut |value| amounts.extend(value["minor"].as_i64())));
        amounts
    }

    /// Each limit of each method on account, with the method's id
    pub fn limits_on_account(&self) -> BTreeSet<(String, i64)> {
        let on_account = |method: &&Value| ["invoice", "pay_later", "instalments"].into_iter().any(|kind| method["kind"] == kind);
        let maximum = |limit: &Value| cents(limit["maximum"].as_str().unwrap().strip_suffix(" EUR").unwrap()).unwrap();
        let methods = entries(&self.policy["methods"]).filter(on_account);
        methods.flat_map(|method| entries(&method["limits"]).map(move |limit| (id(method), maximum(limit)))).collect()
    }

    /// Whether one case offers a method for that amount as its limit, and another withholds it for a cent more
    pub fn tries(&self, method: &str, limit: i64) -> bool {
        let case = |above: i64, as_expected: &dyn Fn(&Value) -> bool| {
            self.cases.iter().any(|case| {
                let total = case["facts"]["cart.total"]["minor"].as_i64();
                let expected = &case["expect"]["methods"][method];
                total == limit.checked_add(above) && expected["limit"]["minor"] == limit && as_expected(expected)
            })
        };
        case(0, &|expected| expected["state"] != "withheld")
            && case(1, &|expected| entries(&expected["reasons"]).any(|reason| reason["code"] == "amount.maximum"))
    }

    /// Every number of the explanation, as if it were an amount, in minor units
    pub fn numbers(&self) -> BTreeSet<i64> {
        self.explanation.split(|letter: char| !letter.is_ascii_digit() && letter != ',' && letter != '.').filter_map(number).collect()
    }

    /// Every number of the explanation that `EUR` follows, in minor units
    pub fn amounts_told(&self) -> BTreeSet<i64> {
        let words: Vec<&str> = self.explanation.split_whitespace().collect();
        let pairs = words.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
        pairs.filter(|(_, unit)| unit.starts_with("EUR")).filter_map(|(word, _)| number(word)).collect()
    }
}

/// The rules that a case expects to give a reason
pub fn rules_shown(case: &Value) -> Vec<&str> {
    let methods = case["expect"]["methods"].as_object();
    methods
        .into_iter()
        .flat_map(|methods| methods.values())
        .flat_map(|method| entries(&method["reasons"]))
        .filter_map(|reason| reason["rule"].as_str())
        .collect()
}

/// The methods that a case expects to be offered
pub fn offered(case: &Value) -> Vec<&str> {
    let methods = case["expect"]["methods"].as_object();
    methods.into_iter().flatten().filter(|(_, method)| method["state"] == "offered").map(|(id, _)| id.as_str()).collect()
}

fn all_cases() -> Vec<Value> {
    let folder = root().join("tests/corpus/decide");
    let texts = fs::read_dir(folder).unwrap().map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    texts.flat_map(|text| text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>()).collect()
}

fn entries(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn id(entry: &Value) -> String {
    entry["id"].as_str().unwrap().to_owned()
}

fn ids(list: &Value) -> Vec<String> {
    entries(list).map(id).collect()
}

fn each(value: &Value, visit: &mut dyn FnMut(&Value)) {
    visit(value);
    entries(value).for_each(|item| each(item, visit));
    value.as_object().into_iter().flat_map(|object| object.values()).for_each(|item| each(item, visit));
}

/// `1,234.50` as 123450, without the full stop or comma that ends a sentence
fn number(word: &str) -> Option<i64> {
    cents(&word.trim_matches(|letter: char| !letter.is_ascii_digit()).replace(',', ""))
}

fn cents(number: &str) -> Option<i64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, "00"));
    let digits = |text: &str| (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse::<i64>().ok())?;
    let part = if part.len() == 2 { digits(part)? } else { return None };
    digits(whole)?.checked_mul(100)?.checked_add(part)
}
