//! A receiver of webhooks: a small HTTP server that answers as a test wants it to.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A message that came
#[derive(Debug, Clone)]
pub struct Came {
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Came {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str()).unwrap_or_else(|| panic!("no {name}"))
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }
}

/// How it answers: the whole head after `HTTP/1.1 `, or nothing for a connection that is kept open without a word
pub type Answers = dyn Fn(usize, &Came) -> Option<String> + Send + Sync;

pub struct Receiver {
    pub address: SocketAddr,
    came: Arc<Mutex<Vec<Came>>>,
}

impl Receiver {
    pub fn start(answers: impl Fn(usize, &Came) -> Option<String> + Send + Sync + 'static) -> Self {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), answers)
    }

    pub fn start_at(address: SocketAddr, answers: impl Fn(usize, &Came) -> Option<String> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let (address, came, answers) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())), Arc::new(answers));
        let all: Arc<Mutex<Vec<Came>>> = Arc::clone(&came);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (all, answers) = (Arc::clone(&all), Arc::clone(&answers));
                std::thread::spawn(move || serve(stream, &all, &*answers));
            }
        });
        Self { address, came }
    }

    pub fn ok() -> Self {
        Self::start(|_, _| Some("204 No Content".to_owned()))
    }

    pub fn url(&self) -> String {
        format!("http://{}/hooks", self.address)
    }

    pub fn came(&self) -> Vec<Came> {
        self.came.lock().unwrap().clone()
    }

    pub fn kinds(&self) -> Vec<String> {
        self.came().iter().map(Came::kind).collect()
    }

    /// Waits until so many have come
    pub fn until(&self, count: usize) -> Vec<Came> {
        let began = Instant::now();
        while self.came().len() < count {
            assert!(began.elapsed() < Duration::from_secs(30), "only {} of {count}: {:?}", self.came().len(), self.kinds());
            std::thread::sleep(Duration::from_millis(20));
        }
        self.came()
    }

    /// Everything that comes within a while in which nothing should
    pub fn after_a_while(&self) -> Vec<Came> {
        std::thread::sleep(Duration::from_millis(1_500));
        self.came()
    }
}

fn serve(stream: TcpStream, all: &Mutex<Vec<Came>>, answers: &Answers) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    let Some(came) = read(&mut reader) else { return };
    let number = {
        let mut all = all.lock().unwrap();
        all.push(came.clone());
        all.len()
    };
    match answers(number, &came) {
        // Whoever does not wait for it is gone already.
        Some(head) => drop(write!(writer, "HTTP/1.1 {head}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")),
        None => std::thread::sleep(Duration::from_secs(60)),
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Came> {
    let mut headers = Vec::new();
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    loop {
        line.clear();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length")?.1.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Came { headers, body })
}
