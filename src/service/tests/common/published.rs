//! A server that answers as a provider's published description says, and holds what is asked of it against that description.

use serde_json::{Map, Value};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What was asked
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Asked {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(header, _)| header == name).map_or("", |(_, value)| value.as_str())
    }

    /// The body as JSON, whichever way it was written
    pub fn value(&self) -> Value {
        if self.header("content-type").starts_with("application/x-www-form-urlencoded") {
            return nested(&self.body);
        }
        if self.body.is_empty() { Value::Object(Map::new()) } else { serde_json::from_str(&self.body).unwrap() }
    }
}

/// The answers to one kind of question: method and the path up to its query, status, body
pub type Answers = Vec<(&'static str, u16, Value)>;

pub struct Published {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
    answers: Arc<Mutex<Answers>>,
}

impl Published {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, asked, answers) = (listener.local_addr().unwrap(), Arc::default(), Arc::default());
        let (all, what): (Arc<Mutex<Vec<Asked>>>, Arc<Mutex<Answers>>) = (Arc::clone(&asked), Arc::clone(&answers));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                serve(stream, &all, &what);
            }
        });
        Self { address, asked, answers }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on it answers so; what is not named is answered with 404
    pub fn answers(&self, answers: Answers) {
        *self.answers.lock().unwrap() = answers;
        self.asked.lock().unwrap().clear();
    }

    /// What was asked since then
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(stream: TcpStream, all: &Mutex<Vec<Asked>>, answers: &Mutex<Answers>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    let mut line = String::new();
    if reader.read_line(&mut line).is_err() || line.is_empty() {
        return;
    }
    let mut words = line.split(' ').map(str::to_owned);
    let (method, path) = (words.next().unwrap(), words.next().unwrap());
    let mut headers = Vec::new();
    loop {
        line.clear();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").map_or(0, |(_, value)| value.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let asked = Asked { method, path, headers, body: String::from_utf8(body).unwrap() };
    let question = format!("{} {}", asked.method, asked.path.split('?').next().unwrap());
    let found = answers.lock().unwrap().iter().find(|(known, ..)| *known == question).cloned();
    let (_, status, body) = found.unwrap_or(("", 404, Value::Null));
    all.lock().unwrap().push(asked);
    let body = if let Value::String(text) = &body { text.clone() } else { body.to_string() };
    let _ = write!(
        writer,
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
}

/// `a[b][0]=c` as an object of objects and lists
fn nested(form: &str) -> Value {
    let mut all = Value::Object(Map::new());
    for (name, value) in url::form_urlencoded::parse(form.as_bytes()) {
        let mut place = &mut all;
        for part in name.split(['[', ']']).filter(|part| !part.is_empty()) {
            place = place.as_object_mut().unwrap().entry(part).or_insert_with(|| Value::Object(Map::new()));
        }
        *place = Value::String(value.into_owned());
    }
    listed(all)
}

fn listed(value: Value) -> Value {
    let Value::Object(fields) = value else { return value };
    if !fields.is_empty() && fields.keys().enumerate().all(|(place, key)| *key == place.to_string()) {
        return Value::Array(fields.into_iter().map(|(_, value)| listed(value)).collect());
    }
    Value::Object(fields.into_iter().map(|(key, value)| (key, listed(value))).collect())
}

/// What of a value is not as the description says it; a form has nothing but texts
///
/// What is only read there is `required` of answers and not of what is asked: it was left out of the excerpts.
pub fn mistakes(schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = |kind: &&str| match (*kind, value) {
        ("string", Value::String(_)) | ("object", Value::Object(_)) | ("array", Value::Array(_)) | ("null", Value::Null) => true,
        ("integer", Value::String(text)) => text.parse::<i64>().is_ok(),
        ("integer", Value::Number(number)) => number.is_i64(),
        ("boolean", Value::String(text)) => text == "true" || text == "false",
        ("boolean", Value::Bool(_)) => true,
        _ => false,
    };
    if !kinds.is_empty() && !kinds.iter().any(is) {
        found.push(format!("{at}: {value} is no {kinds:?}"));
    }
    if let Some(words) = schema["enum"].as_array().filter(|words| !words.contains(value)) {
        found.push(format!("{at}: {value} is none of {words:?}"));
    }
    let length = value.as_str().map_or(0, |text| text.chars().count());
    if schema["maxLength"].as_u64().is_some_and(|most| u64::try_from(length).unwrap() > most) {
        found.push(format!("{at}: {length} letters"));
    }
    if let (Some(names), Some(fields)) = (schema["names"].as_array(), value.as_object()) {
        found.extend(fields.keys().filter(|key| !names.contains(&Value::from(key.as_str()))).map(|key| format!("{at}/{key} is not known")));
    }
    if let Some(required) = schema["required"].as_array() {
        found.extend(
            required.iter().filter(|name| value.get(name.as_str().unwrap()).is_none()).map(|name| format!("{at}/{name} is missing")),
        );
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = value.get(name) {
            found.extend(mistakes(schema, value, &format!("{at}/{name}")));
        }
    }
    for (place, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(mistakes(&schema["items"], item, &format!("{at}/{place}")));
    }
    found
}
