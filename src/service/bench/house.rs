//! A service's folder, the command at work on it, and its interface.

use super::client::Client;
use rusqlite::Connection;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use tresen_service::{App, Config, Timestamp};

/// The merchant: the policy that the repository brings along for a German shop
const POLICY: &str = include_str!("../../../examples/policies/de-own-invoice.json");

/// Who works on a database: the folder that it is in, and the mail server, make a command of it
pub(crate) type Worker = Arc<dyn Fn(&Path, SocketAddr) -> Command>;

/// A folder with a database
pub(crate) struct House {
    folder: PathBuf,
    worker: Worker,
    smtp: SocketAddr,
}

/// Whoever asks the interface while nothing runs by itself
pub(crate) struct Desk {
    pub(crate) app: Arc<App>,
    pub(crate) client: Client,
    _runtime: tokio::runtime::Runtime,
}

impl House {
    /// A new one
    pub(crate) fn new(folder: &Path, worker: &Worker, smtp: SocketAddr) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        Self { folder: folder.to_owned(), worker: Arc::clone(worker), smtp }
    }

    /// As another one stands
    pub(crate) fn copy(from: &Path, to: &Path, worker: &Worker, smtp: SocketAddr) -> Self {
        for file in ["tresen.sqlite", "master.key", "keys.json"] {
            std::fs::copy(from.join(file), to.join(file)).unwrap();
        }
        Self::new(to, worker, smtp)
    }

    fn config(&self) -> Config {
        let mut config = Config::new(self.folder.join("tresen.sqlite"), self.folder.join("master.key"));
        config.sandbox = true;
        config.sandbox_start = Some(super::people::BEFORE.parse().unwrap());
        config.sandbox_keys_file = Some(self.folder.join("keys.json"));
        config
    }

    pub(crate) fn sql(&self) -> Connection {
        Connection::open(self.folder.join("tresen.sqlite")).unwrap()
    }

    /// The sandbox's time goes to that instant
    pub(crate) fn it_is(&self, instant: &str) {
        let instant: Timestamp = instant.parse().unwrap();
        let ahead = instant.duration_since(Timestamp::now()).as_secs();
        self.sql().execute("UPDATE tenants SET ahead_seconds = ?1", [ahead]).unwrap();
    }

    /// The interface, and nothing that runs by the clock
    pub(crate) fn desk(&self) -> Desk {
        let app = App::open(self.config()).unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let router = tresen_service::router(Arc::clone(&app));
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, router).await.unwrap();
        });
        let client = Client::new(address, &self.folder.join("keys.json"));
        Desk { app, client, _runtime: runtime }
    }

    /// The command, begun
    pub(crate) fn begin(&self) -> Child {
        (self.worker)(&self.folder, self.smtp).stdout(Stdio::piped()).spawn().unwrap()
    }

    /// The command until it ends; what it says
    pub(crate) fn run(&self) -> String {
        let done = self.begin().wait_with_output().unwrap();
        assert!(done.status.success(), "the run did not end well");
        String::from_utf8(done.stdout).unwrap()
    }

    /// How many messages of tonight are in that state
    pub(crate) fn of_tonight(&self, state: &str) -> usize {
        let since: Timestamp = super::people::NIGHT.parse().unwrap();
        let sql = "SELECT count(*) FROM contacts WHERE state = ?1 AND planned_ms >= ?2";
        self.sql().query_row(sql, rusqlite::params![state, since.as_millisecond()], |row| row.get(0)).unwrap()
    }

    /// How many tasks there are of that kind: `unknown_delivery` where nobody knows whether a message left, `refused_message` where the lint let none out
    pub(crate) fn tasks(&self, kind: &str) -> usize {
        self.sql().query_row("SELECT count(*) FROM tasks WHERE kind = ?1", [kind], |row| row.get(0)).unwrap()
    }
}

impl Desk {
    pub(crate) fn letterhead(&self) {
        let answer = self.client.post("/v1/policies", POLICY);
        assert_eq!(answer.status, 201, "{}", answer.text());
    }

    pub(crate) fn put(&self, path: &str, body: &str) {
        let bearer = format!("Bearer {}", self.client.secret);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let answer = self.client.send("PUT", path, &headers, body.as_bytes());
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    }

    pub(crate) fn post(&self, path: &str, body: &str) -> serde_json::Value {
        let answer = self.client.post_with(path, body, &[("idempotency-key", &format!("{path}-{body}").replace(['"', '{', '}', ' '], ""))]);
        assert!(answer.status < 300, "{path}: {} {}", answer.status, answer.text());
        answer.json()
    }
}
