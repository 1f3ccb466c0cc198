//! The words and the picture of each kind of method.

use tresen_core::policy::Kind;
use tresen_texts::Key;
use tresen_ui::Icon;

/// What stands under a chosen method
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyWords {
    /// The ticked facts of a purchase on account
    Facts,
    /// The fields of a bank account
    Account,
    /// One sentence
    Sentence(Key),
}

/// The words and the picture of a kind of method
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindWords {
    /// Its picture
    pub icon: Icon,
    /// Its name
    pub name: Key,
    /// Its name when the term is known in days
    pub name_days: Option<Key>,
    /// The line under its name
    pub line: Key,
    /// The line when the day is known
    pub line_date: Option<Key>,
    /// What stands under it when it is chosen
    pub body: BodyWords,
    /// What the order comes to: with a due date, with days after delivery, without either
    pub summary: [Key; 3],
    /// What is said after the order
    pub done: Key,
    /// Whether it is paid later, so that it must say what that costs
    pub on_credit: bool,
}

const PLAIN: KindWords = KindWords {
    icon: Icon::Arrow,
    name: Key::MethodPrepaymentName,
    name_days: None,
    line: Key::MethodPrepaymentLine,
    line_date: None,
    body: BodyWords::Sentence(Key::BodyPrepayment),
    summary: [Key::SummaryPrepayment; 3],
    done: Key::DonePrepayment,
    on_credit: false,
};

const INVOICE: KindWords = KindWords {
    icon: Icon::Bill,
    name: Key::MethodInvoiceName,
    line: Key::MethodInvoiceLine,
    body: BodyWords::Facts,
    summary: [Key::SummaryAccountDate, Key::SummaryAccountDelivery, Key::SummaryAccountNone],
    done: Key::DoneInvoice,
    on_credit: true,
    ..PLAIN
};

/// The words of a kind
pub const fn words(kind: Kind) -> KindWords {
    match kind {
        Kind::Invoice => INVOICE,
        Kind::PayLater => KindWords {
            icon: Icon::Calendar,
            name: Key::MethodPayLaterName,
            name_days: Some(Key::MethodPayLaterNameDays),
            line: Key::MethodPayLaterLine,
            done: Key::DonePayLater,
            ..INVOICE
        },
        Kind::Instalments => KindWords {
            icon: Icon::Bars,
            name: Key::MethodInstalmentsName,
            line: Key::MethodInstalmentsLine,
            body: BodyWords::Sentence(Key::BodyInstalments),
            summary: [Key::SummaryInstalments; 3],
            done: Key::DoneInstalments,
            ..PLAIN
        },
        Kind::SepaDebit => KindWords {
            icon: Icon::Bank,
            name: Key::MethodSepaDebitName,
            line: Key::MethodSepaDebitLine,
            line_date: Some(Key::MethodSepaDebitLineDate),
            body: BodyWords::Account,
            summary: [Key::SummarySepaDate, Key::SummarySepaNone, Key::SummarySepaNone],
            done: Key::DoneSepaDebit,
            on_credit: true,
            ..PLAIN
        },
        Kind::Card => KindWords {
            icon: Icon::Card,
            name: Key::MethodCardName,
            line: Key::MethodCardLine,
            body: BodyWords::Sentence(Key::BodyCard),
            summary: [Key::SummaryCard; 3],
            done: Key::DoneCard,
            ..PLAIN
        },
        Kind::Wallet => KindWords {
            icon: Icon::Wallet,
            name: Key::MethodWalletName,
            line: Key::MethodWalletLine,
            body: BodyWords::Sentence(Key::BodyWallet),
            summary: [Key::SummaryWallet; 3],
            done: Key::DoneWallet,
            ..PLAIN
        },
        Kind::Prepayment => PLAIN,
    }
}
