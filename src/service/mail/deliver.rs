//! One mail over one connection, and what every answer means.
//!
//! | the server | the mail |
//! |---|---|
//! | takes it after the final dot | sent |
//! | refuses its recipient, or it itself, with 5xx | refused: another way is tried |
//! | answers 4xx, or refuses the connection, the sender or the command | not now: it has surely not taken it |
//! | says nothing, or hangs up, after the content began | unknown: it may have it |
//! | hangs up before | has not got it; on a connection that was kept, it is tried on a new one at once |

use super::is_status;
use super::relay::Line;
use crate::collect::Handed;
use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::commands::Rset;
use lettre::transport::smtp::response::Response;
use std::fmt::Display;
use std::time::{Duration, Instant};

/// A mail with its envelope
#[derive(Debug)]
pub struct Posted<'a> {
    /// The service's own id, which a bounce repeats where the server can do that
    pub id: &'a str,
    /// To whom a bounce goes
    pub from: &'a Address,
    /// To whom
    pub to: &'a Address,
    /// The mail
    pub bytes: &'a [u8],
}

/// What became of an attempt
#[derive(Debug)]
pub enum Outcome {
    /// The server has spoken; whether the connection can carry more
    Answered(Handed, bool),
    /// The connection broke before anything of the mail was said
    Gone,
}

/// Hands one over
pub fn deliver(line: &mut Line, mail: &Posted<'_>, until: Instant) -> Outcome {
    let waits = |line: &mut Line| line.smtp.set_timeout(Some(left(until))).is_ok();
    if !waits(line) {
        return Outcome::Gone;
    }
    match envelope(line, mail) {
        Ok(()) => {}
        Err(Stopped::Gone) => return Outcome::Gone,
        Err(Stopped::Refused { handed, spoiled }) => {
            let fit = !spoiled && line.smtp.command(Rset).is_ok();
            return Outcome::Answered(handed, fit);
        }
    }
    if !waits(line) {
        return Outcome::Gone;
    }
    match line.smtp.command(Content(mail.bytes)) {
        Ok(answer) => Outcome::Answered(Handed::Sent { provider_ref: reference(&answer) }, true),
        Err(problem) => match problem.status().map(u16::from) {
            Some(code @ 500..=599) => Outcome::Answered(Handed::Refused(told(code, &problem)), true),
            Some(code) => Outcome::Answered(Handed::NotNow(told(code, &problem)), code != 421),
            None => Outcome::Answered(Handed::Unknown("the mail server did not say whether it has taken the mail".to_owned()), false),
        },
    }
}

/// What is left of the time, and never none: a timeout of zero is none at all
fn left(until: Instant) -> Duration {
    until.saturating_duration_since(Instant::now()).max(Duration::from_secs(1))
}

/// Why no content follows
#[derive(Debug)]
enum Stopped {
    Gone,
    Refused { handed: Handed, spoiled: bool },
}

/// Sender, recipient, and whether the content may follow
fn envelope(line: &mut Line, mail: &Posted<'_>) -> Result<(), Stopped> {
    // The head alone comes back: what a mail says of a debt is not sent through the world twice.
    let (named, wanted) =
        if line.abilities.notification { (format!(" RET=HDRS ENVID={}", mail.id), " NOTIFY=FAILURE") } else { (String::new(), "") };
    let sender = format!("MAIL FROM:<{}>{named}\r\n", mail.from);
    let recipient = format!("RCPT TO:<{}>{wanted}\r\n", mail.to);
    let data = "DATA\r\n";
    if line.abilities.pipelining {
        let sender = line.smtp.command(format!("{sender}{recipient}{data}"));
        if sender.as_ref().is_err_and(|problem| problem.status().is_none()) {
            return Err(Stopped::Gone);
        }
        let (recipient, data) = (line.smtp.read_response(), line.smtp.read_response());
        // Whoever takes the content of a mail that it has refused waits for it now, and understands nothing else.
        let spoiled = data.is_ok() || data.as_ref().is_err_and(|problem| problem.status().is_none());
        return of_sender(sender).and_then(|()| of_recipient(recipient)).and_then(|()| of_recipient(data)).map_err(
            |stopped| match stopped {
                Stopped::Refused { handed, spoiled: own } => Stopped::Refused { handed, spoiled: own || spoiled },
                Stopped::Gone => Stopped::Gone,
            },
        );
    }
    of_sender(line.smtp.command(sender))?;
    of_recipient(line.smtp.command(recipient))?;
    of_recipient(line.smtp.command(data))
}

/// A refused sender is no customer's fault, unless the mail is too large
fn of_sender(answer: Result<Response, Error>) -> Result<(), Stopped> {
    let Err(problem) = answer else { return Ok(()) };
    match problem.status().map(u16::from) {
        None | Some(421) => Err(Stopped::Gone),
        Some(code @ 552) => Err(Stopped::Refused { handed: Handed::Refused(told(code, &problem)), spoiled: false }),
        Some(code) => {
            tracing::warn!(code, "the mail server does not take the sender");
            Err(Stopped::Refused { handed: Handed::NotNow(told(code, &problem)), spoiled: false })
        }
    }
}

fn of_recipient(answer: Result<Response, Error>) -> Result<(), Stopped> {
    let Err(problem) = answer else { return Ok(()) };
    match problem.status().map(u16::from) {
        None => Err(Stopped::Gone),
        // It does not understand us, or wants to know who we are: that is the same for everybody.
        Some(code @ (500..=504 | 530..=538)) => {
            tracing::warn!(code, "the mail server does not serve us");
            Err(Stopped::Refused { handed: Handed::NotNow(told(code, &problem)), spoiled: false })
        }
        Some(code @ 505..=599) => Err(Stopped::Refused { handed: Handed::Refused(told(code, &problem)), spoiled: false }),
        Some(code) => Err(Stopped::Refused { handed: Handed::NotNow(told(code, &problem)), spoiled: code == 421 }),
    }
}

/// The numbers of an answer, such as `550 5.1.1`: its words hold the address
fn told(code: u16, problem: &Error) -> String {
    let words = std::error::Error::source(problem).map(ToString::to_string).unwrap_or_default();
    let detail = words.split_whitespace().next().filter(|word| is_status(word));
    detail.map_or_else(|| format!("smtp {code}"), |detail| format!("smtp {code} {detail}"))
}

/// What the server calls the mail: behind `queued as` (Postfix), `id=` (Exim)
fn reference(answer: &Response) -> Option<String> {
    let words = answer.message().collect::<Vec<_>>().join(" ");
    let behind = |mark: &str| words.split_once(mark).map(|(_, rest)| rest.trim_start());
    let name = behind("queued as ").or_else(|| behind(" id="))?.split([' ', '>', ';', ')']).next()?;
    let is_name =
        (4..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    is_name.then(|| name.to_owned())
}

/// A mail and its final dot, in one piece: two would wait for each other (Nagle's algorithm and a delayed acknowledgement), 40 ms a mail
struct Content<'a>(&'a [u8]);

impl Display for Content<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // It is ASCII: everything else was encoded.
        let text = std::str::from_utf8(self.0).map_err(|_| std::fmt::Error)?;
        for line in text.strip_suffix("\r\n").unwrap_or(text).split("\r\n") {
            // A line that begins with a dot has it doubled (RFC 5321, 4.5.2).
            let dot = if line.starts_with('.') { "." } else { "" };
            write!(out, "{dot}{line}\r\n")?;
        }
        out.write_str(".\r\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_doubled_and_the_last_one_is_not() {
        for (mail, sent) in [
            ("A: b\r\n\r\ntext\r\n", "A: b\r\n\r\ntext\r\n.\r\n"),
            (".\r\n..\r\n.a\r\na.\r\n.", "..\r\n...\r\n..a\r\na.\r\n..\r\n.\r\n"),
            ("a\r\n\r\n\r\n", "a\r\n\r\n\r\n.\r\n"),
        ] {
            assert_eq!(Content(mail.as_bytes()).to_string(), sent);
        }
    }

    #[test]
    fn an_answer_is_told_without_its_words() {
        for (word, is) in
            [("5.1.1", true), ("4.2.2", true), ("5.1", false), ("a.b.c", false), ("<anna@example.org>", false), ("5.1.1234", false)]
        {
            assert_eq!(is_status(word), is, "{word}");
        }
    }
}
