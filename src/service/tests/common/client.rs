//! HTTP/1.1 in a few lines: a request, the whole answer, the connection closed.

use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

/// What came back
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|problem| panic!("{problem}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_else(|| panic!("no error: {}", self.text())).to_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str())
    }
}

/// Speaks for the shop's server, or for its browsers
#[derive(Debug, Clone)]
pub struct Client {
    pub address: SocketAddr,
    pub secret: String,
    pub publishable: String,
}

impl Client {
    pub fn new(address: SocketAddr, keys: &Path) -> Self {
        let keys: Value = serde_json::from_str(&std::fs::read_to_string(keys).unwrap()).unwrap();
        let key = |name: &str| keys[name].as_str().unwrap().to_owned();
        Self { address, secret: key("secret"), publishable: key("publishable") }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[("authorization", &format!("Bearer {}", self.secret))], b"")
    }

    pub fn get_as_browser(&self, path: &str) -> Answer {
        self.send("GET", path, &[("authorization", &format!("Bearer {}", self.publishable))], b"")
    }

    pub fn post(&self, path: &str, body: &str) -> Answer {
        self.post_with(path, body, &[])
    }

    pub fn post_with(&self, path: &str, body: &str, headers: &[(&str, &str)]) -> Answer {
        let bearer = format!("Bearer {}", self.secret);
        let all: Vec<_> =
            [("authorization", bearer.as_str()), ("content-type", "application/json")].into_iter().chain(headers.iter().copied()).collect();
        self.send("POST", path, &all, body.as_bytes())
    }

    pub fn post_as_browser(&self, path: &str, body: &str) -> Answer {
        let bearer = format!("Bearer {}", self.publishable);
        self.send("POST", path, &[("authorization", &bearer), ("content-type", "application/json")], body.as_bytes())
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.try_send(method, path, headers, body).unwrap()
    }

    pub fn try_send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> std::io::Result<Answer> {
        let mut stream = TcpStream::connect_timeout(&self.address, Duration::from_secs(10))?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n", self.address, body.len());
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str("\r\n");
        stream.write_all(request.as_bytes())?;
        stream.write_all(body)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        parse(&bytes).ok_or_else(|| std::io::Error::other("the answer was cut off"))
    }
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let split = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..split]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers =
        lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
    let answer = Answer { status, headers, bytes: bytes[split + 4..].to_vec() };
    let whole = answer.header("content-length").is_none_or(|length| length.parse() == Ok(answer.bytes.len()));
    whole.then_some(answer)
}
