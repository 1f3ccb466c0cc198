//! A customer's account: what whoever holds an access to it sees. Stage two of a pay link: here stand names, orders and plans.

use super::{AddressForm, ContactChannel, LastPayment, NextStep, OrderItem, PayMethod, PaylinkShop, Transfer};
use crate::events::HoldReason;
use crate::hours::Answered;
use crate::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `GET /v1/accounts/{token}`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountView {
    /// The local day on which all of it is so
    pub today: String,
    /// The customer's language
    pub locale: String,
    /// How the customer is spoken to
    pub address_form: AddressForm,
    /// Whom to pay and to talk to
    pub shop: PaylinkShop,
    /// Id of the claim that the access was opened for
    pub receivable: Option<String>,
    /// What is open in all, less the customer's own money
    pub owed: Money,
    /// What is open under other numbers of the same person's, in the same currency
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_person: Vec<AccountBeside>,
    /// What of it is asked for now: of a plan, what is next; nothing that somebody looks at first
    pub asked: Money,
    /// The claims: what is open, the earliest due first; then what has ended lately, the newest first
    pub claims: Vec<AccountClaim>,
    /// What was paid, the newest first
    pub payments: Vec<AccountPayment>,
    /// How their newest payment by a provider stands, while it is of interest
    pub payment: Option<LastPayment>,
    /// Where a transfer of what is asked for goes
    pub transfer: Option<Transfer>,
    /// What the customer may do
    pub menu: Menu,
    /// How it stands, in base64, for the module that shows what would come of it; for this build alone
    pub situation: String,
    /// The day on which the customer has said that they pay; nothing where they have named none, or it is over
    pub promised: Option<String>,
    /// What the customer has asked for, the newest first
    pub requests: Vec<AccountRequest>,
    /// What there is to keep, the newest first
    pub documents: Vec<AccountDocument>,
    /// How the customer is reached
    pub reach: AccountReach,
    /// Where a human answers
    pub human: Human,
}

/// What is open under another number of the same person's
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountBeside {
    /// What leads there, as the access leads here, and not longer
    pub token: String,
    /// What is open there in all
    pub owed: Money,
}

/// How a customer is reached: so much of it that they know it
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AccountReach {
    /// E-mail, such as `g…@example.org`
    pub email: Option<String>,
    /// A mobile telephone, such as `+49…78`
    pub phone: Option<String>,
    /// The last line of the address
    pub address: Option<String>,
    /// The ways by which the service reminds
    pub channels: Vec<ContactChannel>,
    /// Those of all ways that the customer does not want
    pub opted_out: Vec<ContactChannel>,
    /// The languages in which messages go out, such as `de-du`
    pub languages: Vec<String>,
}

/// `GET /v1/accounts/{access}/transfer`
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountTransfer {
    /// Where it goes; nothing where the policy names no account
    pub transfer: Option<Transfer>,
}

/// One claim, as its customer sees it
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountClaim {
    /// Its id
    pub receivable: String,
    /// What the payer writes
    pub reference: Option<String>,
    /// The shop's number of the order
    pub order: String,
    /// The local day of the order
    pub ordered_on: String,
    /// What was in it, as the shop confirmed it; nothing where that is not known
    pub items: Vec<OrderItem>,
    /// The last local day on which what is next is in time
    pub due_date: Option<String>,
    /// Whether something should have been paid by yesterday
    pub late: bool,
    /// What was agreed with the order: the price, and the fee and interest of the method
    pub agreed: Money,
    /// What lateness brought that is not given up, paid or not
    pub extra: Vec<AccountPart>,
    /// What was taken off by credit notes
    pub credited: Money,
    /// What of what was agreed is not asked for any more: waived, cleared or written off
    pub let_go: Money,
    /// What was paid
    pub paid: Money,
    /// What is open: `agreed` and `extra` less `credited`, `let_go` and `paid`; nothing of what is a buyer's
    pub open: Money,
    /// What can be paid of it: less than `open` while the customer objects to a part, and nothing of what an agency has or a human looks at first
    pub payable: Money,
    /// What `open` is made of; it sums to it
    pub parts: Vec<AccountPart>,
    /// How it stands
    pub state: ClaimState,
    /// Whether money for it is on its way: until that has come or does not, no method is offered for it but a transfer
    pub under_way: bool,
    /// Why nobody asks or reminds at present
    pub why: Option<HoldReason>,
    /// What happens next if nothing is paid
    pub next: Option<NextStep>,
    /// The rates that it is paid by, where a plan is in force
    pub plan: Option<Vec<AccountRate>>,
}

/// How a claim stands with its customer
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClaimState {
    /// It is to be paid
    Open,
    /// It is paid by a plan
    Planned,
    /// A human looks at it first
    InClarification,
    /// An agency has it; no money is taken here
    Elsewhere,
    /// Nothing is open
    Settled,
}

/// A part of an amount
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountPart {
    /// Which
    pub kind: PartKind,
    /// How much
    pub amount: Money,
}

/// What a customer calls the parts of a claim
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// What was agreed with the order: the price, and the fee and interest of the method
    Principal,
    /// What reminding cost
    Cost,
    /// Interest for late payment
    Interest,
}

/// A rate of a plan
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountRate {
    /// The last local day on which it is in time
    pub due: String,
    /// How much
    pub amount: Money,
    /// What of it is paid
    pub paid: Money,
}

/// A payment, as its payer sees it
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountPayment {
    /// Id of the payment
    pub payment: String,
    /// How much
    pub amount: Money,
    /// What of it went back or is on its way back: given back, or taken back by the payer's bank
    pub gone: Money,
    /// What of it is put against no claim: the customer's own
    pub held: Money,
    /// The local day that counts; of one on its way, the last on which it is waited for
    pub on: String,
    /// Where it stands
    pub state: AccountPaymentState,
    /// By which way: `card`, `sepa_debit` or what else was chosen here, or whoever told of it, such as `bank`; nothing where that is not known
    pub method: Option<String>,
}

/// Where a payment stands with its payer
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountPaymentState {
    /// On its way
    Pending,
    /// Here
    Received,
    /// It will not come
    Failed,
    /// The payer's bank took it back
    TakenBack,
}

/// What the customer may do: what there is room for, or nothing
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Menu {
    /// Pay a part, of so much
    pub part: Option<AmountRange>,
    /// Name a day
    pub promise: Option<LastDay>,
    /// Move a due date
    pub deferral: Option<DeferralRoom>,
    /// Pay in rates
    pub plan: Option<PlanRoom>,
    /// Say that something is wrong
    pub dispute: bool,
    /// Announce that something comes back
    #[serde(rename = "return")]
    pub give_back: Option<ReturnRoom>,
    /// Withdraw from the contract
    pub withdrawal: Option<WithdrawalRoom>,
    /// Say that money is tight
    pub hardship: Option<HardshipRoom>,
    /// Pay by a provider
    pub methods: Vec<PayMethod>,
    /// Have it taken from the customer's account
    pub debit: Option<DebitRoom>,
    /// Of what there is no room for: why
    pub why_not: BTreeMap<String, String>,
}

/// A direct debit that can be had
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DebitRoom {
    /// The claims that it can be had for, one or more of them
    pub receivables: Vec<String>,
    /// The first local day on which the account would be debited
    pub from: String,
    /// The last
    pub until: String,
    /// What the customer signs, in their language
    pub mandate: String,
}

/// From so much to so much
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AmountRange {
    /// The least
    pub from: Money,
    /// The most
    pub to: Money,
}

/// Until a day
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LastDay {
    /// The last local day that can be named
    pub until: String,
}

/// From a day to a day
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayRange {
    /// The first local day
    pub from: String,
    /// The last local day
    pub until: String,
}

/// To which day a due date can be moved
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeferralRoom {
    /// Of which claim
    pub receivable: String,
    /// The first local day
    pub from: String,
    /// The last local day
    pub until: String,
}

/// Which plans can be had
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanRoom {
    /// The claims that it would cover
    pub receivables: Vec<String>,
    /// What it would come to
    pub total: Money,
    /// How many rates
    pub rates: CountRange,
    /// The least of a rate
    pub rate_minimum: Money,
    /// When the first is due
    pub first: DayRange,
}

/// From so many to so many
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CountRange {
    /// The fewest
    pub from: u16,
    /// The most
    pub to: u16,
}

/// Of which claims something can come back
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReturnRoom {
    /// Their ids
    pub receivables: Vec<String>,
}

/// From which contracts the customer may withdraw
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WithdrawalRoom {
    /// Which, and until when
    pub receivables: Vec<WithdrawalUntil>,
}

/// From which contract, and until when
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WithdrawalUntil {
    /// Id of the claim
    pub receivable: String,
    /// The last local day; nothing where nobody knows when the goods came
    pub until: Option<String>,
}

/// What there is for whom money is tight
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HardshipRoom {
    /// Until when nobody reminds
    pub pause_until: String,
    /// A lighter plan than everybody's
    pub plan: Option<PlanRoom>,
    /// Who advises for free and is not paid by creditors
    pub advice: Vec<Adviser>,
}

/// Whoever advises people with debts
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Adviser {
    /// Who
    pub name: String,
    /// Where they are found, `https://…`
    pub url: String,
    /// Where they answer
    pub phone: Option<String>,
}

/// Something that the customer has asked for
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountRequest {
    /// Its id
    pub request: String,
    /// What
    pub kind: String,
    /// The local day
    pub on: String,
    /// About which claim
    pub receivable: Option<String>,
    /// What came of it
    pub outcome: RequestOutcome,
    /// What was credited for what came back or was withdrawn from; nothing before that is known
    pub credited: Option<Money>,
    /// Whether it can still be taken back
    pub take_back: bool,
}

/// What came of a request
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestOutcome {
    /// It is so from now on
    Granted,
    /// It is taken down, and a human answers
    #[default]
    Noted,
    /// It cannot be
    Refused,
    /// The customer took it back
    TakenBack,
}

/// Something to keep
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountDocument {
    /// What it is, such as `plan`
    pub kind: String,
    /// What it is called
    pub name: String,
    /// Where it is, from the base of the interface
    pub url: String,
}

/// Where a human answers
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Human {
    /// By telephone
    pub phone: Option<String>,
    /// In writing
    pub email: Option<String>,
    /// When
    pub hours: Option<Answered>,
}
