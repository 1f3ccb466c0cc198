//! Mails over SMTP: what arrives, and what every answer of the server means.

use crate::common::Service;
use crate::common::collection::{advance, contacts, letterhead, owes};
use crate::common::smtp::{MailServer, NOBODY, Reply, friendly, say};
use crate::common::steps::{Shopper as _, code_in, customer, with_policy};
use mail_parser::{MessageParser, MimeHeaders as _};
use serde_json::json;
use std::sync::Arc;
use tresen_core::ladder::Channel;
use tresen_service::{Correspondent, Handed, Parcel, Smtp, SmtpConfig, Transport as _};

const ID: &str = "msg_0190c8f0000070008000000000000001";

fn parcel(recipient: &str) -> Parcel {
    Parcel {
        id: ID.to_owned(),
        sender: Correspondent { name: "Kiesel & Lein".to_owned(), email: Some("hallo@kiesel-lein.example".to_owned()) },
        recipient: recipient.to_owned(),
        locale: "de".to_owned(),
        subject: "Ihre Rechnung vom 21.\u{a0}November über 100,00\u{a0}€ – Grüße aus Kiel".to_owned(),
        preview: "kurz".to_owned(),
        text: format!("Hallo Jörg,\n\n.ein Punkt\n..zwei\n.\n{}\n100,00 €\n", "ä".repeat(2_000)),
        html: format!("<!doctype html><p>Hallo Jörg</p>\n.\n<p>{}</p>", "€ ".repeat(1_500)),
        text_message: String::new(),
        letter: None,
        letterhead: String::new(),
    }
}

fn config(server: &MailServer) -> SmtpConfig {
    SmtpConfig { url: server.url(), ..SmtpConfig::default() }
}

fn smtp(server: &MailServer) -> Smtp {
    Smtp::new(&config(server)).unwrap()
}

fn send(smtp: &Smtp, parcel: &Parcel) -> Handed {
    smtp.send(Channel::Email, parcel)
}

#[test]
fn a_mail_arrives_as_it_was_written() {
    let server = MailServer::friendly();
    let sent = parcel("joerg@müller.example");
    assert_eq!(send(&smtp(&server), &sent), Handed::Sent { provider_ref: Some("4ABCDEF123".into()) });
    let mails = server.mails();
    assert_eq!(
        (mails.len(), mails[0].from.as_str(), mails[0].to.as_str()),
        (1, "hallo@kiesel-lein.example", "joerg@xn--mller-kva.example")
    );

    let bytes = &mails[0].bytes;
    assert!(bytes.is_ascii());
    assert!(bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 999), "RFC 5322, 2.1.1");
    let mail = MessageParser::default().parse(bytes.as_slice()).unwrap();
    assert_eq!(mail.subject().unwrap(), sent.subject);
    assert_eq!(mail.message_id().unwrap(), format!("{ID}@kiesel-lein.example"));
    let from = mail.from().unwrap().first().unwrap();
    assert_eq!((from.name(), from.address()), (Some("Kiesel & Lein"), Some("hallo@kiesel-lein.example")));
    assert_eq!(mail.to().unwrap().first().unwrap().address(), Some("joerg@xn--mller-kva.example"));
    assert!(mail.reply_to().is_none(), "an answer goes to the merchant anyway");
    assert!(mail.date().is_some());
    assert_eq!(mail.header("Auto-Submitted").unwrap().as_text(), Some("auto-generated"));
    assert_eq!(mail.header("Content-Language").unwrap().as_text(), Some("de"));
    assert!(mail.header("List-Unsubscribe").is_none(), "no advertising");
    let kind = mail.content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("multipart", Some("alternative")));
    let read = |text: std::borrow::Cow<'_, str>| text.replace("\r\n", "\n");
    assert_eq!(read(mail.body_text(0).unwrap()), sent.text);
    assert_eq!(read(mail.body_html(0).unwrap()), sent.html);
}

#[test]
fn the_same_parcel_has_the_same_name_and_the_operators_address_takes_answers_to_the_merchant() {
    let server = MailServer::friendly();
    let (from, bounces) = (Some("post@versand.example".to_owned()), Some("bounces@bounce.example".to_owned()));
    let smtp = Smtp::new(&SmtpConfig { from, bounces, ..config(&server) }).unwrap();
    for _ in 0..2 {
        assert!(matches!(send(&smtp, &parcel("anna@example.org")), Handed::Sent { .. }));
    }
    for mail in server.mails() {
        assert_eq!(mail.from, format!("bounces+{ID}@bounce.example"));
        let mail = MessageParser::default().parse(mail.bytes.as_slice()).unwrap();
        assert_eq!(mail.message_id().unwrap(), format!("{ID}@versand.example"));
        let first = |list: Option<&mail_parser::Address<'_>>| list.unwrap().first().unwrap().address().unwrap().to_owned();
        assert_eq!((first(mail.from()), first(mail.reply_to())), ("post@versand.example".into(), "hallo@kiesel-lein.example".into()));
    }
    let commands = server.commands();
    assert!(commands.contains(&format!("MAIL FROM:<bounces+{ID}@bounce.example> RET=HDRS ENVID={ID}")), "{commands:?}");
    assert!(commands.contains(&"RCPT TO:<anna@example.org> NOTIFY=FAILURE".to_owned()), "{commands:?}");
}

#[test]
fn nothing_that_others_wrote_ends_a_line_of_the_head() {
    let server = MailServer::friendly();
    let evil = "x\r\nBcc: eve@example.org\r\n\r\nhello\u{85}\u{2028}";
    let name = format!("Kiesel {evil} <b@example.org>");
    let sent = Parcel {
        subject: evil.to_owned(),
        locale: evil.to_owned(),
        sender: Correspondent { name, email: Some("hallo@kiesel-lein.example".into()) },
        ..parcel("anna@example.org")
    };
    assert!(matches!(send(&smtp(&server), &sent), Handed::Sent { .. }));
    let mails = server.mails();
    let mail = MessageParser::default().parse(mails[0].bytes.as_slice()).unwrap();
    assert!(mail.bcc().is_none() && mail.from().unwrap().as_list().unwrap().len() == 1, "{}", String::from_utf8_lossy(&mails[0].bytes));
    assert!(mail.subject().unwrap().starts_with("x  Bcc: eve@example.org    hello"), "{:?}", mail.subject());
    assert_eq!(mail.from().unwrap().first().unwrap().address(), Some("hallo@kiesel-lein.example"));
    for recipient in ["anna@example.org\r\nRCPT TO:<eve@example.org>", "anna@example.org>\r\nDATA", "anna@example.org, eve@example.org", ""]
    {
        assert!(matches!(send(&smtp(&server), &parcel(recipient)), Handed::Refused(_)), "{recipient}");
    }
    assert_eq!(server.mails().len(), 1);
    let nobody = Parcel { sender: Correspondent::default(), ..parcel("anna@example.org") };
    assert_eq!(send(&smtp(&server), &nobody), Handed::NotNow("no sender".into()));
}

#[test]
fn every_answer_means_one_thing() {
    let refused = |why: &str| Handed::Refused(why.into());
    let later = |why: &str| Handed::NotNow(why.into());
    let unsaid = || Handed::Unknown("the mail server did not say whether it has taken the mail".into());
    for (start, reply, expected) in [
        ("RCPT", say("550 5.1.1 <anna@example.org>: unknown"), refused("smtp 550 5.1.1")),
        ("RCPT", say("550 anna@example.org unknown"), refused("smtp 550")),
        ("RCPT", say("450 4.2.2 full"), later("smtp 450 4.2.2")),
        ("RCPT", say("530 5.7.0 who are you"), later("smtp 530 5.7.0")),
        ("RCPT", say("421 4.3.2 going down"), later("smtp 421 4.3.2")),
        ("RCPT", Reply::HangUp, later("the mail server hung up")),
        ("MAIL", say("550 5.1.8 no such sender"), later("smtp 550 5.1.8")),
        ("MAIL", say("552 5.3.4 too large"), refused("smtp 552 5.3.4")),
        ("MAIL", Reply::HangUp, later("the mail server hung up")),
        ("DATA", say("554 5.5.1 no valid recipients"), refused("smtp 554 5.5.1")),
        ("DATA", say("451 4.3.0 queue file"), later("smtp 451 4.3.0")),
        ("DATA", Reply::HangUp, later("the mail server hung up")),
        (".", say("554 5.7.1 looks like spam"), refused("smtp 554 5.7.1")),
        (".", say("451 4.7.1 greylisted"), later("smtp 451 4.7.1")),
        (".", say("421 4.3.2 going down"), later("smtp 421 4.3.2")),
        (".", Reply::HangUp, unsaid()),
        (".", say("what?"), unsaid()),
        ("(greeting)", say("554 5.7.1 no service for you"), later("smtp 554")),
        ("(greeting)", Reply::HangUp, later("the mail server cannot be reached")),
        ("EHLO", say("502 5.5.2 what?"), later("smtp 502")),
    ] {
        for pipelining in [true, false] {
            let plain = !pipelining && start != "EHLO";
            let answer = reply.clone();
            let server = MailServer::start(move |_, command| {
                if command.starts_with(start) {
                    return answer.clone();
                }
                if plain && command.starts_with("EHLO") { say("250 mx.example") } else { friendly(command) }
            });
            assert_eq!(send(&smtp(&server), &parcel("anna@example.org")), expected, "{start} {reply:?} {pipelining}");
            // Whoever was refused is not in the way of the next.
            let taken = server.mails().len();
            assert_eq!(taken, usize::from(start == "."), "{start} {reply:?} {pipelining}");
        }
    }
    let nobody = Smtp::new(&SmtpConfig { url: "smtp://127.0.0.1:9".into(), ..SmtpConfig::default() }).unwrap();
    assert_eq!(send(&nobody, &parcel("anna@example.org")), later("the mail server cannot be reached"));
}

#[test]
fn many_mails_take_one_connection_and_one_that_died_is_replaced() {
    let server = MailServer::start(|_, command| match command {
        "RCPT TO:<gone@example.org> NOTIFY=FAILURE" => say("550 5.1.1 unknown"),
        _ => friendly(command),
    });
    let smtp = smtp(&server);
    for number in 0..40 {
        let recipient = if number % 4 == 3 { "gone@example.org" } else { "anna@example.org" };
        let _ = send(&smtp, &parcel(recipient));
    }
    assert_eq!((server.connections(), server.mails().len()), (1, 30));

    // A server that would take the content of a mail that it has refused gets none, and no other mail over that connection.
    let server = MailServer::start(|_, command| match command {
        "RCPT TO:<gone@example.org> NOTIFY=FAILURE" => say("550 5.1.1 unknown"),
        NOBODY => say("354 go ahead"),
        _ => friendly(command),
    });
    let smtp = self::smtp(&server);
    assert_eq!(send(&smtp, &parcel("gone@example.org")), Handed::Refused("smtp 550 5.1.1".into()));
    assert!(matches!(send(&smtp, &parcel("anna@example.org")), Handed::Sent { .. }));
    assert_eq!((server.connections(), server.mails().len()), (2, 1));

    // The second connection lives; the first one dies after its first mail.
    let server = MailServer::start(|connection, command| match (connection, command) {
        (1, "RSET") => Reply::HangUp,
        (1, mail) if mail.starts_with("MAIL FROM:<second") => Reply::HangUp,
        _ => friendly(command),
    });
    let smtp = self::smtp(&server);
    assert!(matches!(send(&smtp, &parcel("anna@example.org")), Handed::Sent { .. }));
    let email = Some("second@kiesel-lein.example".to_owned());
    let second = Parcel { sender: Correspondent { name: "K".into(), email }, ..parcel("anna@example.org") };
    assert!(matches!(send(&smtp, &second), Handed::Sent { .. }));
    assert_eq!((server.connections(), server.mails().len()), (2, 2), "and nothing twice");
}

#[test]
fn name_and_password_are_given_to_the_server_and_to_nobody_else() {
    let server = MailServer::start(|_, command| match command {
        ehlo if ehlo.starts_with("EHLO") => say("250-mx.example\r\n250 AUTH PLAIN LOGIN"),
        // "\0anna\0geheim" in base64.
        "AUTH PLAIN AGFubmEAZ2VoZWlt" => say("235 2.7.0 welcome"),
        auth if auth.starts_with("AUTH") => say("535 5.7.8 no"),
        _ => friendly(command),
    });
    let with = |named: Option<(&str, &str)>| {
        let named = named.map(|(user, password)| (user.to_owned(), password.to_owned()));
        Smtp::new(&SmtpConfig { named, ..config(&server) }).unwrap()
    };
    let smtp = with(Some(("anna", "geheim")));
    assert!(matches!(send(&smtp, &parcel("anna@example.org")), Handed::Sent { .. }));
    assert!(!format!("{smtp:?}").contains("geheim"));
    let wrong = send(&with(Some(("anna", "falsch"))), &parcel("anna@example.org"));
    assert_eq!(wrong, Handed::NotNow("smtp 535".into()), "a wrong password is no customer's fault");
}

#[test]
fn a_reminder_of_which_nobody_knows_whether_it_left_is_never_sent_again() {
    let server = MailServer::but(".", Reply::HangUp);
    let smtp = Arc::new(smtp(&server));
    let service = Service::start_with(|config| config.transport = Some(smtp));
    letterhead(&service);
    owes(&service, "cus_1", "1", 10_000);
    advance(&service, 13);
    assert_eq!(server.mails().len(), 1, "the note");
    assert_eq!(contacts(&service)[0].state, "unknown");
    let tasks = service.client.get("/v1/tasks").json()["tasks"].clone();
    assert_eq!((tasks.as_array().unwrap().len(), &tasks[0]["kind"]), (1, &json!("unknown_delivery")));
    for _ in 0..3 {
        advance(&service, 1);
    }
    assert_eq!(server.mails().len(), 1);
}

#[test]
fn a_code_comes_by_the_same_server() {
    let server = MailServer::friendly();
    let smtp = Smtp::new(&SmtpConfig { from: Some("post@versand.example".into()), ..config(&server) }).unwrap();
    let service = with_policy(Service::start_with(|config| config.adapters.mailer = Some(Arc::new(smtp))));
    let session = customer(&service.client, "c");
    service.client.begun(&session, "email", json!({}));
    let mails = server.mails();
    assert_eq!((mails.len(), mails[0].to.as_str()), (1, "yvonne@example.org"));
    let mail = MessageParser::default().parse(mails[0].bytes.as_slice()).unwrap();
    assert_eq!(mail.content_type().unwrap().ctype(), "text");
    let code = code_in(&mail.body_text(0).unwrap());
    assert_eq!(service.client.replied(&session, "email", json!({"code": code}))["state"], "passed");
}

#[test]
fn a_code_that_no_server_takes_is_told_at_once() {
    let server = MailServer::but("RCPT", say("550 5.1.1 unknown"));
    let smtp = Smtp::new(&SmtpConfig { from: Some("post@versand.example".into()), ..config(&server) }).unwrap();
    let service = with_policy(Service::start_with(|config| config.adapters.mailer = Some(Arc::new(smtp))));
    let session = customer(&service.client, "c");
    assert_eq!(service.client.begun(&session, "email", json!({}))["state"], "failed");
}
