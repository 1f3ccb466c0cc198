//! The file of a claim for people: one HTML document that needs nothing else, to read, print or keep.

use super::file::{code, day, language, say, words};
use crate::error::ApiError;
use crate::explain::Wanted;
use crate::sandbox::escape;
use tresen_core::money::{Currency, Money as Amount, NumberStyle};
use tresen_texts::{Explaining, Language};
use tresen_wire::http::{ClaimFile, ExplanationText, FiledDecision};
use tresen_wire::money::Money;

const STYLE: &str = "body{font:16px/1.55 system-ui,sans-serif;max-width:760px;margin:0 auto;padding:32px 16px;color-scheme:light dark}\
 h1{font-size:26px;line-height:1.25}h2{font-size:18px;margin:32px 0 8px}h3{font-size:16px;margin:20px 0 4px}p{margin:0 0 10px}\
 dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 24px;margin:16px 0}dt{opacity:.75}dd{margin:0}\
 table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:8px 12px 8px 0;border-bottom:1px solid #8886}\
 th{font-weight:600}.text{white-space:pre-line;border-inline-start:3px solid #8886;padding-inline-start:16px}.sum{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}";

/// Writes it
pub fn document(file: &ClaimFile, wanted: &Wanted) -> Result<String, ApiError> {
    let writer = Writer { language: language(wanted), words: words(language(wanted))? };
    let title = escape(&writer.say("file.title", &[("order", &file.claim.order)])?);
    let exported = file.exported_at.get(..10).unwrap_or_default();
    let lead = escape(&writer.say("file.lead", &[("date", &day(writer.language, exported))])?);
    let (facts, items) = (writer.facts(file)?, writer.items(file)?);
    let (story, messages) = (writer.story(file)?, writer.messages(file)?);
    let (decided, chain) = (writer.decided(file.decision.as_ref())?, writer.chain(file)?);
    Ok(format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><style>{STYLE}</style></head>\n<body><main><h1>{title}</h1>\n<p>{lead}</p>\n{facts}\n{items}\n{story}\n{messages}\n{decided}\n{chain}\n</main></body></html>\n",
        lang = writer.language.name()
    ))
}

/// Writes in one language
struct Writer {
    language: Language,
    words: Explaining,
}

impl Writer {
    fn say(&self, name: &str, blanks: &[(&str, &str)]) -> Result<String, ApiError> {
        say(&self.words, name, blanks)
    }

    fn amount(&self, money: &Money) -> Result<String, ApiError> {
        let amount = Currency::parse(&money.currency).and_then(|currency| Amount::from_minor(money.minor, currency).ok());
        let amount = amount.ok_or_else(|| ApiError::internal("an amount in no currency"))?;
        Ok(amount.to_text(NumberStyle::of_language(self.language.name().as_bytes())))
    }

    fn facts(&self, file: &ClaimFile) -> Result<String, ApiError> {
        let claim = &file.claim;
        let mut facts = vec![
            ("file.reference", claim.reference.clone()),
            ("file.method", claim.method.clone()),
            ("file.amount", self.amount(&claim.amount)?),
            ("file.open", self.amount(&claim.balance)?),
        ];
        facts.extend(claim.due_date.as_ref().map(|due| ("file.due", day(self.language, due))));
        if claim.level.number > 0 {
            facts.push(("file.level", claim.level.number.to_string()));
        }
        if let Some(ending) = &claim.ending {
            facts.push(("file.ending", self.words.say(&format!("ending.{ending}"), &[]).unwrap_or_else(|| ending.clone())));
        }
        let rows = facts.into_iter().map(|(name, value)| Ok(format!("<dt>{}</dt><dd>{}</dd>", self.say(name, &[])?, escape(&value))));
        Ok(format!("<dl>{}</dl>", rows.collect::<Result<String, ApiError>>()?))
    }

    fn items(&self, file: &ClaimFile) -> Result<String, ApiError> {
        if file.order_items.is_empty() {
            return Ok(String::new());
        }
        let rows = file.order_items.iter().map(|item| {
            let (name, sum) = (escape(&item.name), self.amount(&item.amount)?);
            Ok(format!("<tr><td>{}</td><td>{name}</td><td>{}</td><td class=\"sum\">{sum}</td></tr>\n", item.quantity, escape(&item.sku)))
        });
        let rows = rows.collect::<Result<String, ApiError>>()?;
        let [title, pieces, what, sku, sum] =
            ["file.items", "file.pieces", "file.item", "file.sku", "file.sum"].map(|name| self.say(name, &[]));
        Ok(format!(
            "<h2>{}</h2><table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"sum\">{}</th></tr></thead><tbody>\n{rows}</tbody></table>",
            title?, pieces?, what?, sku?, sum?
        ))
    }

    fn story(&self, file: &ClaimFile) -> Result<String, ApiError> {
        let rows = file.history.iter().map(|happened| {
            let amount = happened.amount.as_ref().map(|amount| self.amount(amount)).transpose()?.unwrap_or_default();
            let fee = match &happened.fee {
                Some(fee) => format!("<br>{}", escape(&self.say("file.fee", &[("amount", &self.amount(fee)?)])?)),
                None => String::new(),
            };
            Ok(format!(
                "<tr><td>{}</td><td>{}{fee}</td><td class=\"sum\">{amount}</td><td>{}</td></tr>\n",
                day(self.language, &happened.date),
                escape(&happened.words),
                escape(&happened.by)
            ))
        });
        let rows = rows.collect::<Result<String, ApiError>>()?;
        let [title, when, what, sum, by] = ["file.story", "file.when", "file.what", "file.sum", "file.by"].map(|name| self.say(name, &[]));
        Ok(format!(
            "<h2>{}</h2><table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"sum\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>\n{rows}</tbody></table>",
            title?, when?, what?, sum?, by?
        ))
    }

    fn messages(&self, file: &ClaimFile) -> Result<String, ApiError> {
        if file.messages.is_empty() {
            return Ok(String::new());
        }
        let each = file.messages.iter().map(|message| {
            let on = message.sent_at.as_ref().unwrap_or(&message.planned_at).get(..10).unwrap_or_default();
            let way = self.say(&format!("channel.{}", code(message.channel)?), &[])?;
            let state = self.say(&format!("message.{}", message.state), &[])?;
            let (subject, text) = (message.subject.as_deref().unwrap_or_default(), message.text.as_deref().unwrap_or_default());
            Ok(format!(
                "<h3>{}</h3><p>{}</p><div class=\"text\">{}</div>",
                escape(subject),
                escape(&format!("{}, {way}, {state}", day(self.language, on))),
                escape(text)
            ))
        });
        Ok(format!("<h2>{}</h2>{}", self.say("file.messages", &[])?, each.collect::<Result<String, ApiError>>()?))
    }

    fn decided(&self, decision: Option<&FiledDecision>) -> Result<String, ApiError> {
        let told = match decision {
            None => format!("<p>{}</p>", self.say("file.no_decision", &[])?),
            Some(FiledDecision { explanation: Some(text), .. }) => explained(text),
            Some(FiledDecision { decision_id, why_not, .. }) => {
                let code = why_not.as_deref().unwrap_or_default();
                format!("<p>{}</p>", escape(&self.say("file.unexplained", &[("decision", decision_id), ("code", code)])?))
            }
        };
        Ok(format!("<h2>{}</h2>{told}", self.say("file.decision", &[])?))
    }

    fn chain(&self, file: &ClaimFile) -> Result<String, ApiError> {
        let told = match &file.chain.broken_at {
            None => self.say("file.whole", &[("events", &file.chain.events.to_string())])?,
            Some(at) => self.say("file.broken", &[("stream", &at.stream), ("seq", &at.seq.to_string())])?,
        };
        Ok(format!("<h2>{}</h2><p>{}</p>", self.say("file.chain", &[])?, escape(&told)))
    }
}

/// The reasons, section by section
fn explained(text: &ExplanationText) -> String {
    let mut out = format!("<p>{}</p>", escape(&text.title));
    for section in &text.sections {
        out.push_str(&format!("<h3>{}</h3>", escape(&section.heading)));
        for paragraph in &section.paragraphs {
            out.push_str(&format!("<p>{}</p>", escape(&paragraph.text)));
            if !paragraph.items.is_empty() {
                let items: String = paragraph.items.iter().map(|item| format!("<li>{}</li>", escape(item))).collect();
                out.push_str(&format!("<ul>{items}</ul>"));
            }
        }
    }
    out
}
