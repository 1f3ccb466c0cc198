//! The provider to practise with, as a process of its own that can be killed, and whoever pays there.

use super::child::listens;
use super::{Answer, Client, Service};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::Arc;
use tempfile::TempDir;
use tresen_provider::Keys;
use tresen_service::{Config, SandboxProvider};

/// Set for the process of the provider: the folder it works in, and its port
const FOLDER: &str = "TRESEN_TEST_PROVIDER_FOLDER";
const PORT: &str = "TRESEN_TEST_PROVIDER_PORT";

/// What the process does, called by a test of that name in the file that starts it
pub fn provides() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let port: u16 = std::env::var(PORT).unwrap().parse().unwrap();
    let config = tresen_provider::Config {
        listen: SocketAddr::from(([127, 0, 0, 1], port)),
        public_url: None,
        state: Some(folder.join("provider.json")),
        keys: Keys::from_file(&folder.join("provider.keys.json")).unwrap(),
        late_after: None,
    };
    tresen_provider::serve(config, |address| println!("\nlistening {address}")).unwrap();
}

/// A provider that runs until it is dropped or killed
pub struct Provider {
    folder: Arc<TempDir>,
    pub address: SocketAddr,
    child: Child,
    keys: Keys,
}

impl Provider {
    pub fn start(test: &str) -> Self {
        Self::start_at(Arc::new(tempfile::tempdir().unwrap()), test, 0)
    }

    fn start_at(folder: Arc<TempDir>, test: &str, port: u16) -> Self {
        let (child, address) = run(folder.path(), test, port);
        let keys = Keys::from_file(&folder.path().join("provider.keys.json")).unwrap();
        Self { folder, address, child, keys }
    }

    /// It dies, and knows nothing of that
    pub fn dies(&mut self) {
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }

    /// Once it has died: it is there again, at the same place, with what it knew
    pub fn comes_back(&mut self, test: &str) {
        self.child.wait().unwrap();
        self.child = run(self.folder.path(), test, self.address.port()).0;
    }

    /// The service knows it, and hears of it
    pub fn is_known_to(&self, config: &mut Config) {
        let provider = SandboxProvider::new(&format!("http://{}", self.address), &self.keys.key, &self.keys.webhook_secret).unwrap();
        config.providers.insert("sandbox".into(), Arc::new(provider));
    }

    fn client(&self) -> Client {
        Client { address: self.address, secret: self.keys.key.clone(), publishable: String::new() }
    }

    pub fn secret(&self) -> &str {
        &self.keys.webhook_secret
    }

    /// All that was ever begun here
    pub fn checkouts(&self) -> Vec<Value> {
        self.client().get("/v1/checkouts").json()["checkouts"].as_array().unwrap().clone()
    }

    /// How many can be paid at this moment, or are paid
    pub fn count(&self, status: &str) -> usize {
        self.checkouts().iter().filter(|checkout| checkout["status"] == status).count()
    }

    /// Somebody presses a button on a page that they were sent to; where they are sent next
    pub fn presses(&self, page: &str, button: &str) -> String {
        let answer = self.tries(page, button).unwrap();
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.header("location").unwrap().to_owned()
    }

    pub fn tries(&self, page: &str, button: &str) -> std::io::Result<Answer> {
        let path = page.strip_prefix(&format!("http://{}", self.address)).unwrap_or_else(|| panic!("{page}"));
        self.client().try_send("POST", &format!("{path}/{button}"), &[], b"")
    }

    pub fn page(&self, page: &str) -> Answer {
        let path = page.strip_prefix(&format!("http://{}", self.address)).unwrap_or_else(|| panic!("{page}"));
        self.client().send("GET", path, &[], b"")
    }

    /// Money that comes late comes, or does not
    pub fn finishes(&self, page: &str, outcome: &str) {
        let id = page.rsplit('/').next().unwrap();
        let answer = self.client().post(&format!("/v1/checkouts/{id}/finish"), &json!({"outcome": outcome}).to_string());
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    /// The same, where something may be late
    pub fn tries_to_finish(&self, id: &str, outcome: &str) {
        let _ = self.client().post(&format!("/v1/checkouts/{id}/finish"), &json!({"outcome": outcome}).to_string());
    }

    /// How another process gets to know it
    pub fn described(&self) -> Value {
        json!({"url": format!("http://{}", self.address), "key": self.keys.key, "secret": self.keys.webhook_secret})
    }

    /// Somebody in the provider's own office does something
    pub fn does(&self, path: &str, key: &str, body: &Value) -> Value {
        let answer = self.client().post_with(path, &body.to_string(), &[("idempotency-key", key)]);
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()
    }

    /// The number of the money that a page took
    pub fn payment(&self, page: &str) -> String {
        let found = self.checkouts().into_iter().find(|checkout| checkout["url"] == page).unwrap();
        found["payment"]["id"].as_str().unwrap().to_owned()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.dies();
    }
}

fn run(folder: &Path, test: &str, port: u16) -> (Child, SocketAddr) {
    listens(test, |command| command.env(FOLDER, folder).env(PORT, port.to_string()))
}

impl Service {
    /// Time that is up is up: what the service does every half minute is done now
    pub fn looks_after_payments(&self) {
        let answer = self.client.post("/v1/sandbox/clock", r#"{"advance_days": 0}"#);
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    /// A link to what a claim's customer owes
    pub fn link_of(&self, claim: &str) -> String {
        let answer = self.client.post(&format!("/v1/receivables/{claim}/paylink"), "");
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["token"].as_str().unwrap().to_owned()
    }

    pub fn shown_by(&self, token: &str) -> Value {
        let answer = self.client.send("GET", &format!("/v1/paylinks/{token}"), &[], b"");
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    /// Somebody who holds a link wants to pay
    pub fn wants_to_pay(&self, token: &str, request: &Value) -> Answer {
        let headers = [("content-type", "application/json")];
        self.client.send("POST", &format!("/v1/paylinks/{token}/payments"), &headers, request.to_string().as_bytes())
    }

    /// Somebody who holds a link is sent to the provider's page
    pub fn is_sent(&self, token: &str, minor: Option<i64>) -> String {
        let amount = minor.map_or(Value::Null, super::shop::eur);
        let answer = self.wants_to_pay(token, &json!({"method": "card", "amount": amount}));
        assert_eq!((answer.status, &answer.json()["outcome"]), (200, &json!("started")), "{}", answer.text());
        answer.json()["redirect"].as_str().unwrap().to_owned()
    }

    /// Somebody comes back from the provider, and is led to their page; how it stands there
    pub fn comes_back(&self, url: &str) -> Value {
        let path = url.strip_prefix(&format!("http://{}", self.address)).unwrap_or_else(|| panic!("{url}"));
        let answer = self.client.send("GET", path, &[], b"");
        assert_eq!(answer.status, 303, "{}", answer.text());
        let token = answer.header("location").unwrap().strip_prefix("../").unwrap().to_owned();
        self.shown_by(&token)
    }
}
