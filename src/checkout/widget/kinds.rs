//! The words of each kind of method.

use tresen_core::policy::Kind;
use tresen_texts::Key;

/// The words of a kind of method
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindWords {
    /// Its name
    pub name: Key,
    /// Its name when the term is known in days
    pub name_days: Option<Key>,
    /// The line under its name
    pub line: Key,
    /// The line when the day is known
    pub line_date: Key,
    /// The one sentence under it when it is chosen; facts, an account or plans have none
    pub body: Option<Key>,
    /// What the order comes to: with a due date, with days after delivery, without either
    pub summary: [Key; 3],
    /// What is said after the order
    pub done: Key,
    /// Whether it is paid later, so that it must say what that costs
    pub on_credit: bool,
}

const fn plain(name: Key, line: Key, body: Key, summary: Key, done: Key) -> KindWords {
    KindWords { name, name_days: None, line, line_date: line, body: Some(body), summary: [summary; 3], done, on_credit: false }
}

const INVOICE: KindWords = KindWords {
    name: Key::MethodInvoiceName,
    name_days: None,
    line: Key::MethodInvoiceLine,
    line_date: Key::MethodInvoiceLine,
    body: None,
    summary: [Key::SummaryAccountDate, Key::SummaryAccountDelivery, Key::SummaryAccountNone],
    done: Key::DoneInvoice,
    on_credit: true,
};

/// The words of all kinds, in the order of their numbers
static WORDS: [KindWords; 7] = [
    INVOICE,
    KindWords {
        name: Key::MethodPayLaterName,
        name_days: Some(Key::MethodPayLaterNameDays),
        line: Key::MethodPayLaterLine,
        line_date: Key::MethodPayLaterLine,
        done: Key::DonePayLater,
        ..INVOICE
    },
    // Plans are drawn by a script of their own; until it is there this line stands.
    KindWords {
        name: Key::MethodInstalmentsName,
        name_days: None,
        line: Key::MethodInstalmentsLine,
        line_date: Key::MethodInstalmentsLine,
        body: None,
        summary: [Key::SummaryInstalments; 3],
        done: Key::DoneInstalments,
        on_credit: false,
    },
    KindWords {
        name: Key::MethodSepaDebitName,
        name_days: None,
        line: Key::MethodSepaDebitLine,
        line_date: Key::MethodSepaDebitLineDate,
        body: None,
        summary: [Key::SummarySepaDate, Key::SummarySepaNone, Key::SummarySepaNone],
        done: Key::DoneSepaDebit,
        on_credit: true,
    },
    plain(Key::MethodCardName, Key::MethodCardLine, Key::BodyCard, Key::SummaryCard, Key::DoneCard),
    plain(Key::MethodWalletName, Key::MethodWalletLine, Key::BodyWallet, Key::SummaryWallet, Key::DoneWallet),
    plain(Key::MethodPrepaymentName, Key::MethodPrepaymentLine, Key::BodyPrepayment, Key::SummaryPrepayment, Key::DonePrepayment),
];

/// The words of a kind
pub fn words(kind: Kind) -> &'static KindWords {
    // INVARIANT: there is a row for each kind; the other is there for the compiler, which cannot know.
    WORDS.get(usize::from(kind.number())).unwrap_or(&INVOICE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_words_of_its_own() {
        let names = Kind::ALL.map(|kind| words(kind).name);
        assert_eq!(
            names,
            [
                Key::MethodInvoiceName,
                Key::MethodPayLaterName,
                Key::MethodInstalmentsName,
                Key::MethodSepaDebitName,
                Key::MethodCardName,
                Key::MethodWalletName,
                Key::MethodPrepaymentName,
            ]
        );
    }
}
