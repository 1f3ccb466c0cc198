//! A mail server that takes everything and keeps only whom it was for and under which id: by SMTP (RFC 5321), one thread a connection.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What came
#[derive(Debug, Default, Clone)]
pub(crate) struct Taken {
    /// How often each Message-ID came
    pub(crate) ids: HashMap<String, usize>,
    /// How many mails each recipient got
    pub(crate) recipients: HashMap<String, usize>,
    /// Bytes of all of them
    pub(crate) bytes: usize,
}

impl Taken {
    /// How many mails came
    pub(crate) fn count(&self) -> usize {
        self.ids.values().sum()
    }

    /// How many came more than once
    pub(crate) fn twice(&self) -> usize {
        self.ids.values().filter(|times| **times > 1).count()
    }
}

/// A server that listens
#[derive(Debug, Clone)]
pub(crate) struct Sink {
    pub(crate) address: SocketAddr,
    taken: Arc<Mutex<Taken>>,
}

impl Sink {
    /// One on a free port
    pub(crate) fn open() -> Self {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        let sink = Self { address: listener.local_addr().unwrap(), taken: Arc::default() };
        let taken = Arc::clone(&sink.taken);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let taken = Arc::clone(&taken);
                // Whoever is killed leaves a connection that breaks off: that mail has not come.
                std::thread::spawn(move || drop(converse(stream, &taken)));
            }
        });
        sink
    }

    /// How many mails have come so far
    pub(crate) fn count(&self) -> usize {
        self.taken.lock().unwrap().count()
    }

    /// What has come so far
    pub(crate) fn taken(&self) -> Taken {
        self.taken.lock().unwrap().clone()
    }
}

fn converse(stream: TcpStream, taken: &Mutex<Taken>) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut from, mut to) = (BufReader::new(stream.try_clone()?), BufWriter::new(stream));
    let mut say = |answer: &str| {
        to.write_all(answer.as_bytes())?;
        to.flush()
    };
    say("220 sink.example ESMTP\r\n")?;
    let (mut line, mut recipients) = (String::new(), Vec::new());
    loop {
        line.clear();
        if from.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => say("250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")?,
            "MAIL" => {
                recipients.clear();
                say("250 2.1.0 ok\r\n")?;
            }
            "RCPT" => {
                recipients.push(between(&line, '<', '>').to_owned());
                say("250 2.1.5 ok\r\n")?;
            }
            "DATA" => {
                say("354 go on\r\n")?;
                let (id, bytes) = content(&mut from)?;
                let mut all = taken.lock().unwrap();
                *all.ids.entry(id).or_default() += 1;
                all.bytes += bytes;
                for recipient in recipients.drain(..) {
                    *all.recipients.entry(recipient).or_default() += 1;
                }
                drop(all);
                say("250 2.0.0 taken\r\n")?;
            }
            "QUIT" => return say("221 2.0.0 bye\r\n"),
            "HELO" | "NOOP" | "RSET" => say("250 2.0.0 ok\r\n")?,
            _ => say("502 5.5.1 not here\r\n")?,
        }
    }
}

/// The Message-ID of a mail and its length, read to the dot that ends it
fn content(from: &mut BufReader<TcpStream>) -> std::io::Result<(String, usize)> {
    let (mut line, mut id, mut bytes) = (Vec::new(), String::new(), 0);
    loop {
        line.clear();
        let read = from.read_until(b'\n', &mut line)?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok((id, bytes));
        }
        bytes += read;
        if id.is_empty() && line.get(..11).is_some_and(|head| head.eq_ignore_ascii_case(b"message-id:")) {
            id = between(&String::from_utf8_lossy(&line), '<', '>').to_owned();
        }
    }
}

fn between(text: &str, open: char, close: char) -> &str {
    let behind = text.split_once(open).map_or("", |(_, behind)| behind);
    behind.split_once(close).map_or("", |(inside, _)| inside)
}
