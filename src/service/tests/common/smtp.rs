//! A mail server that answers as a test wants it to.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What it answers
#[derive(Debug, Clone)]
pub enum Reply {
    Say(String),
    HangUp,
    /// Nothing, for so long that nobody waits
    Silence,
}

pub fn say(text: &str) -> Reply {
    Reply::Say(text.to_owned())
}

/// A mail that it has read to its end, whatever it answered then
#[derive(Debug, Clone)]
pub struct Mail {
    pub from: String,
    pub to: String,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Default)]
struct Seen {
    connections: usize,
    commands: Vec<String>,
    mails: Vec<Mail>,
}

/// What is answered to a command; `(greeting)` is the first, a dot stands for the end of a mail
pub type Script = dyn Fn(usize, &str) -> Reply + Send + Sync;

pub struct MailServer {
    pub address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

/// What stands for `DATA` where the recipient was refused
pub const NOBODY: &str = "DATA for nobody";

/// What a server answers that takes everything
pub fn friendly(command: &str) -> Reply {
    if command == NOBODY {
        return say("503 5.5.1 no recipient");
    }
    say(match command.split(' ').next().unwrap_or_default() {
        "(greeting)" => "220 mx.example ESMTP",
        "EHLO" => "250-mx.example\r\n250-PIPELINING\r\n250-DSN\r\n250 8BITMIME",
        "DATA" => "354 go ahead",
        "." => "250 2.0.0 Ok: queued as 4ABCDEF123",
        "QUIT" => "221 bye",
        _ => "250 2.1.0 Ok",
    })
}

impl MailServer {
    pub fn start(script: impl Fn(usize, &str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, seen, script) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Seen::default())), Arc::new(script));
        let all: Arc<Mutex<Seen>> = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (seen, script) = (Arc::clone(&all), Arc::clone(&script));
                std::thread::spawn(move || serve(stream, &seen, &*script));
            }
        });
        Self { address, seen }
    }

    pub fn friendly() -> Self {
        Self::start(|_, command| friendly(command))
    }

    /// Friendly, but for what one command is answered
    pub fn but(start: &'static str, reply: Reply) -> Self {
        Self::start(move |_, command| if command.starts_with(start) { reply.clone() } else { friendly(command) })
    }

    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub fn mails(&self) -> Vec<Mail> {
        self.seen.lock().unwrap().mails.clone()
    }

    pub fn commands(&self) -> Vec<String> {
        self.seen.lock().unwrap().commands.clone()
    }

    pub fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }
}

fn serve(mut stream: TcpStream, seen: &Mutex<Seen>, script: &Script) -> Option<()> {
    stream.set_nodelay(true).ok()?;
    let place = {
        let mut seen = seen.lock().unwrap();
        seen.connections += 1;
        seen.connections
    };
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut answer = |command: &str| match script(place, command) {
        Reply::Say(text) => {
            stream.write_all(format!("{text}\r\n").as_bytes()).ok()?;
            Some(text)
        }
        Reply::HangUp => None,
        Reply::Silence => {
            std::thread::sleep(Duration::from_secs(20));
            None
        }
    };
    answer("(greeting)")?;
    let (mut from, mut to, mut refused) = (String::new(), String::new(), false);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let command = line.trim_end().to_owned();
        seen.lock().unwrap().commands.push(command.clone());
        let between = |text: &str| text.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        if command.starts_with("MAIL") {
            from = between(&command);
        } else if command.starts_with("RCPT") {
            to = between(&command);
        }
        let answered = answer(if command == "DATA" && refused { NOBODY } else { &command })?;
        if command.starts_with("RCPT") {
            refused = !answered.starts_with('2');
        }
        if command == "DATA" && !refused && answered.starts_with("354") {
            let mut bytes = Vec::new();
            loop {
                let mut line = Vec::new();
                if reader.read_until(b'\n', &mut line).ok()? == 0 {
                    return None;
                }
                if line == b".\r\n" {
                    break;
                }
                bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            }
            seen.lock().unwrap().mails.push(Mail { from: from.clone(), to: to.clone(), bytes });
            answer(".")?;
        }
        if command == "QUIT" {
            return None;
        }
    }
}
