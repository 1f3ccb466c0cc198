//! ISO 20022 pain.008.001.08, `CustomerDirectDebitInitiationV08`, as German banks take it since November 2023 (DFÜ-Abkommen, Anlage 3).
//!
//! Mandates are given once and used once (`OOFF`), by the Core scheme. What the banks can tell from the IBAN is left out: inside the EEA no BIC is
//! needed (Regulation (EU) 260/2012 Article 5(7)).

use super::latin::latin;
use super::row::CURRENCY;
use crate::error::ApiError;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use tresen_core::date::Date;

const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08";
/// `Max70Text` of names
const NAME: usize = 70;
/// `Max140Text` of what the payer reads
const REMITTANCE: usize = 140;

/// Who collects, as the file names them
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Creditor {
    pub name: String,
    pub id: String,
    pub iban: String,
    pub bic: Option<String>,
}

/// One debit
#[derive(Debug, Clone)]
pub struct Collection {
    pub id: String,
    pub on: Date,
    pub minor: i64,
    pub signed_on: Date,
    pub holder: String,
    pub iban: String,
    pub remittance: String,
}

/// A file
#[derive(Debug)]
pub struct Message<'a> {
    pub id: &'a str,
    /// Local, without a zone: `2026-12-11T10:00:00`
    pub made_at: &'a str,
    pub creditor: &'a Creditor,
    pub collections: &'a [Collection],
}

type Xml = Writer<Vec<u8>>;
type Written = io::Result<()>;

/// Writes the file
pub fn write(message: &Message<'_>) -> Result<String, ApiError> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None))).map_err(ApiError::internal)?;
    xml.create_element("Document")
        .with_attribute(("xmlns", NAMESPACE))
        .write_inner_content(|xml| within(xml, "CstmrDrctDbtInitn", |xml| document(xml, message)))
        .map_err(ApiError::internal)?;
    String::from_utf8(xml.into_inner()).map_err(ApiError::internal)
}

fn document(xml: &mut Xml, message: &Message<'_>) -> Written {
    let all: Vec<&Collection> = message.collections.iter().collect();
    within(xml, "GrpHdr", |xml| {
        leaf(xml, "MsgId", message.id)?;
        leaf(xml, "CreDtTm", message.made_at)?;
        sums(xml, &all)?;
        within(xml, "InitgPty", |xml| leaf(xml, "Nm", &latin(&message.creditor.name, NAME)))
    })?;
    let mut days: BTreeMap<Date, Vec<&Collection>> = BTreeMap::new();
    for collection in all {
        days.entry(collection.on).or_default().push(collection);
    }
    for (place, (on, collections)) in days.iter().enumerate() {
        within(xml, "PmtInf", |xml| group(xml, message, (place, *on), collections))?;
    }
    Ok(())
}

/// The debits of one day
fn group(xml: &mut Xml, message: &Message<'_>, (place, on): (usize, Date), collections: &[&Collection]) -> Written {
    let creditor = message.creditor;
    leaf(xml, "PmtInfId", &format!("{}-{}", message.id, place.saturating_add(1)))?;
    leaf(xml, "PmtMtd", "DD")?;
    leaf(xml, "BtchBookg", "true")?;
    sums(xml, collections)?;
    within(xml, "PmtTpInf", |xml| {
        within(xml, "SvcLvl", |xml| leaf(xml, "Cd", "SEPA"))?;
        within(xml, "LclInstrm", |xml| leaf(xml, "Cd", "CORE"))?;
        leaf(xml, "SeqTp", "OOFF")
    })?;
    leaf(xml, "ReqdColltnDt", &on.to_iso())?;
    within(xml, "Cdtr", |xml| leaf(xml, "Nm", &latin(&creditor.name, NAME)))?;
    account(xml, "CdtrAcct", &creditor.iban)?;
    agent(xml, "CdtrAgt", creditor.bic.as_deref())?;
    leaf(xml, "ChrgBr", "SLEV")?;
    nested(xml, &["CdtrSchmeId", "Id", "PrvtId", "Othr"], &mut |xml| {
        leaf(xml, "Id", &creditor.id)?;
        within(xml, "SchmeNm", |xml| leaf(xml, "Prtry", "SEPA"))
    })?;
    collections.iter().try_for_each(|collection| within(xml, "DrctDbtTxInf", |xml| one(xml, collection)))
}

fn one(xml: &mut Xml, collection: &Collection) -> Written {
    within(xml, "PmtId", |xml| leaf(xml, "EndToEndId", &collection.id))?;
    xml.create_element("InstdAmt").with_attribute(("Ccy", CURRENCY)).write_text_content(BytesText::new(&euros(collection.minor)))?;
    nested(xml, &["DrctDbtTx", "MndtRltdInf"], &mut |xml| {
        leaf(xml, "MndtId", &collection.id)?;
        leaf(xml, "DtOfSgntr", &collection.signed_on.to_iso())
    })?;
    agent(xml, "DbtrAgt", None)?;
    within(xml, "Dbtr", |xml| leaf(xml, "Nm", &latin(&collection.holder, NAME)))?;
    account(xml, "DbtrAcct", &collection.iban)?;
    within(xml, "RmtInf", |xml| leaf(xml, "Ustrd", &latin(&collection.remittance, REMITTANCE)))
}

fn sums(xml: &mut Xml, collections: &[&Collection]) -> Written {
    leaf(xml, "NbOfTxs", &collections.len().to_string())?;
    leaf(xml, "CtrlSum", &euros(collections.iter().map(|one| one.minor).fold(0, i64::saturating_add)))
}

fn account(xml: &mut Xml, name: &str, iban: &str) -> Written {
    nested(xml, &[name, "Id"], &mut |xml| leaf(xml, "IBAN", iban))
}

fn agent(xml: &mut Xml, name: &str, bic: Option<&str>) -> Written {
    nested(xml, &[name, "FinInstnId"], &mut |xml| match bic {
        Some(bic) => leaf(xml, "BICFI", bic),
        None => within(xml, "Othr", |xml| leaf(xml, "Id", "NOTPROVIDED")),
    })
}

/// Cents as the format has them, with a point
fn euros(minor: i64) -> String {
    format!("{}.{:02}", minor.div_euclid(100), minor.rem_euclid(100))
}

fn leaf(xml: &mut Xml, name: &str, text: &str) -> Written {
    xml.create_element(name).write_text_content(BytesText::new(text)).map(|_| ())
}

fn within(xml: &mut Xml, name: &str, content: impl FnOnce(&mut Xml) -> Written) -> Written {
    xml.create_element(name).write_inner_content(content).map(|_| ())
}

fn nested(xml: &mut Xml, names: &[&str], content: &mut dyn FnMut(&mut Xml) -> Written) -> Written {
    match names.split_first() {
        Some((first, rest)) => within(xml, first, |xml| nested(xml, rest, content)),
        None => content(xml),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collection(id: &str, on: &str, minor: i64) -> Collection {
        let day = |text| Date::parse(text).unwrap();
        Collection {
            id: id.to_owned(),
            on: day(on),
            minor,
            signed_on: day("2026-12-01"),
            holder: "Jörg Müßig & Söhne".to_owned(),
            iban: "AT611904300234573201".to_owned(),
            remittance: "Kiesel & Lein GmbH RF18539007547034".to_owned(),
        }
    }

    /// The names of the elements and their texts, without the tags that end
    fn lines(xml: &str) -> Vec<&str> {
        xml.lines().map(str::trim).filter(|line| !line.starts_with("</")).collect()
    }

    /// The file that is expected is valid by the ISO's own schema of 2019-02-14, which libxml2 said when it was written
    #[test]
    fn a_file_is_what_banks_take() {
        let creditor = Creditor {
            name: "Kiesel & Lein GmbH".to_owned(),
            id: "DE98ZZZ09999999999".to_owned(),
            iban: "DE89370400440532013000".to_owned(),
            bic: None,
        };
        let collections =
            [collection("TD02", "2026-12-16", 1), collection("TD01", "2026-12-15", 10_005), collection("TD03", "2026-12-16", 99)];
        let message = Message { id: "TB01", made_at: "2026-12-11T10:00:00", creditor: &creditor, collections: &collections };
        let written = write(&message).unwrap();
        let expected = include_str!("pain.xml");
        assert_eq!(written.trim_end(), expected.trim_end());
        let with_bic = Creditor { bic: Some("COBADEFFXXX".to_owned()), ..creditor.clone() };
        let written = write(&Message { creditor: &with_bic, ..message }).unwrap();
        assert_eq!(
            lines(&written).iter().filter(|line| **line == "<BICFI>COBADEFFXXX</BICFI>").count(),
            2,
            "of the creditor, in both groups"
        );
    }

    #[test]
    fn cents_are_written_with_a_point() {
        for (minor, text) in [(1, "0.01"), (99, "0.99"), (100, "1.00"), (10_005, "100.05"), (99_999_999_999, "999999999.99")] {
            assert_eq!(euros(minor), text);
        }
    }
}
