//! What anybody would write at first: whoever is late is read from a table and gets a mail. No ledger, no gates, nothing written down.

use super::sink::Sink;
use rusqlite::Connection;
use std::time::Instant;
use tresen_core::ladder::Channel;
use tresen_service::{Correspondent, Handed, Parcel, Smtp, SmtpConfig, Transport as _};

/// Seconds for so many mails, by the service's own mail client, of about so many bytes each
pub(crate) fn seconds(claims: usize, due: usize, bytes: usize) -> f64 {
    let table = Connection::open_in_memory().unwrap();
    table
        .execute_batch(
            "CREATE TABLE claims (number INTEGER PRIMARY KEY, email TEXT, due TEXT, minor INTEGER); CREATE INDEX by_day ON claims (due)",
        )
        .unwrap();
    let fill = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1) \
                INSERT INTO claims SELECT i, 'plain-' || i || '@example.org', CASE WHEN i < ?2 THEN '2026-11-20' ELSE '2026-12-10' END, 5500 + i % 20000 FROM n";
    table.execute(fill, [claims, due]).unwrap();
    let sink = Sink::open();
    let smtp = Smtp::new(&SmtpConfig { url: format!("smtp://{}", sink.address), ..SmtpConfig::default() }).unwrap();
    // As much as the service's mails say.
    let words = "Sie haben etwas offen. ".repeat(bytes / 23);
    let start = Instant::now();
    let mut late = table.prepare("SELECT number, email, minor FROM claims WHERE due < ?1").unwrap();
    let mut rows = late.query(["2026-11-24"]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (number, recipient, minor): (i64, String, i64) = (row.get(0).unwrap(), row.get(1).unwrap(), row.get(2).unwrap());
        let parcel = Parcel {
            id: format!("plain-{number}"),
            sender: Correspondent { name: "Kiesel & Lein".to_owned(), email: Some("hallo@kiesel-lein.example".to_owned()) },
            recipient,
            locale: "de".to_owned(),
            subject: "Ihre Rechnung".to_owned(),
            preview: String::new(),
            text: format!("Offen: {minor} Cent"),
            html: format!("<p>Offen: {minor} Cent</p><p>{words}</p>"),
            text_message: String::new(),
            letter: None,
            letterhead: String::new(),
        };
        assert!(matches!(smtp.send(Channel::Email, &parcel), Handed::Sent { .. }), "a mail was not taken");
    }
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(sink.count(), due);
    seconds
}
