//! Generated from `facts.toml` by `cargo run -p tresen-tests --bin generate`; do not edit.

use super::{FactIndex, FactKind, Visibility};

/// How many facts the catalogue holds
pub const COUNT: usize = 41;

/// `cart.total`: What the order costs in all, after discounts, with shipping and tax, before any fee of a payment method
pub const CART_TOTAL: FactIndex = FactIndex(0);
/// `cart.item_count`, in pieces: How many pieces are in the cart
pub const CART_ITEM_COUNT: FactIndex = FactIndex(1);
/// `cart.categories`: The shop's own category keys of the goods in the cart
pub const CART_CATEGORIES: FactIndex = FactIndex(2);
/// `cart.digital_only`: Whether nothing in the cart has to be shipped
pub const CART_DIGITAL_ONLY: FactIndex = FactIndex(3);
/// `customer.kind`: Whether the buyer acts as a consumer or as a company
pub const CUSTOMER_KIND: FactIndex = FactIndex(4);
/// `customer.birth_date`: Date of birth; used to keep credit from minors and for nothing else
pub const CUSTOMER_BIRTH_DATE: FactIndex = FactIndex(5);
/// `billing.country`: Country of the billing address
pub const BILLING_COUNTRY: FactIndex = FactIndex(6);
/// `billing.region`: German state of the billing address (ISO 3166-2 without `DE-`); decides which public holidays move a due date
pub const BILLING_REGION: FactIndex = FactIndex(7);
/// `shipping.country`: Country of the delivery address
pub const SHIPPING_COUNTRY: FactIndex = FactIndex(8);
/// `shipping.same_as_billing`: Whether the goods go to the billing address
pub const SHIPPING_SAME_AS_BILLING: FactIndex = FactIndex(9);
/// `shipping.method`: Where the parcel is handed over
pub const SHIPPING_METHOD: FactIndex = FactIndex(10);
/// `order.origin_channel`: Where the order came from
pub const ORDER_ORIGIN_CHANNEL: FactIndex = FactIndex(11);
/// `order.expected_delivery`: Day on which the goods are expected to arrive
pub const ORDER_EXPECTED_DELIVERY: FactIndex = FactIndex(12);
/// `customer.signed_in`: Whether the shop has authenticated the person in this session
pub const CUSTOMER_SIGNED_IN: FactIndex = FactIndex(13);
/// `customer.known`: Whether the shop knows earlier orders of this authenticated person
pub const CUSTOMER_KNOWN: FactIndex = FactIndex(14);
/// `customer.since`: Day of the first order
pub const CUSTOMER_SINCE: FactIndex = FactIndex(15);
/// `history.orders_paid`, in orders: Orders that were paid in full
pub const HISTORY_ORDERS_PAID: FactIndex = FactIndex(16);
/// `history.paid_on_time`, in orders: Orders on account that were paid by their due date
pub const HISTORY_PAID_ON_TIME: FactIndex = FactIndex(17);
/// `history.paid_total`: What this customer has paid in all, less refunds
pub const HISTORY_PAID_TOTAL: FactIndex = FactIndex(18);
/// `history.dunning_level_max`, in level: Highest reminder level an order of this customer ever reached; 0 is none
pub const HISTORY_DUNNING_LEVEL_MAX: FactIndex = FactIndex(19);
/// `history.declines_30_days`, in payments: Payments of this customer that failed or were refused in the last 30 days
pub const HISTORY_DECLINES_30_DAYS: FactIndex = FactIndex(20);
/// `history.orders_7_days`, in orders: Orders of this customer in the last 7 days, without this one
pub const HISTORY_ORDERS_7_DAYS: FactIndex = FactIndex(21);
/// `history.amount_7_days`: Sum of this customer's orders in the last 7 days, without this one
pub const HISTORY_AMOUNT_7_DAYS: FactIndex = FactIndex(22);
/// `history.address_changed_on`: Day on which the delivery address was last changed
pub const HISTORY_ADDRESS_CHANGED_ON: FactIndex = FactIndex(23);
/// `account.open_balance`: What this customer owes the merchant today, due or not, reservations included
pub const ACCOUNT_OPEN_BALANCE: FactIndex = FactIndex(24);
/// `account.overdue_balance`: The part of the open balance whose due date has passed
pub const ACCOUNT_OVERDUE_BALANCE: FactIndex = FactIndex(25);
/// `account.overdue_count`, in invoices: Invoices of this customer whose due date has passed
pub const ACCOUNT_OVERDUE_COUNT: FactIndex = FactIndex(26);
/// `account.overdue_days_max`, in days: Days since the due date of the oldest overdue invoice
pub const ACCOUNT_OVERDUE_DAYS_MAX: FactIndex = FactIndex(27);
/// `shop.providers`: Keys of the payment providers that are connected
pub const SHOP_PROVIDERS: FactIndex = FactIndex(28);
/// `customer.age`, in years: Complete years since `customer.birth_date` on the day of the decision
pub const CUSTOMER_AGE: FactIndex = FactIndex(29);
/// `customer.tenure_days`, in days: Days since `customer.since`
pub const CUSTOMER_TENURE_DAYS: FactIndex = FactIndex(30);
/// `history.address_age_days`, in days: Days since `history.address_changed_on`
pub const HISTORY_ADDRESS_AGE_DAYS: FactIndex = FactIndex(31);
/// `account.exposure_after`: `account.open_balance` (none counts as zero) plus `cart.total`
pub const ACCOUNT_EXPOSURE_AFTER: FactIndex = FactIndex(32);
/// `history.amount_7_days_after`: `history.amount_7_days` (none counts as zero) plus `cart.total`
pub const HISTORY_AMOUNT_7_DAYS_AFTER: FactIndex = FactIndex(33);
/// `risk.class`: The class that the policy gives this order; its values are the policy's own
pub const RISK_CLASS: FactIndex = FactIndex(34);
/// `risk.points`, in points: Points of the scorecard that applied; missing where none did
pub const RISK_POINTS: FactIndex = FactIndex(35);
/// `value.class`: The value class that the policy gives this customer; its values are the policy's own
pub const VALUE_CLASS: FactIndex = FactIndex(36);
/// `customer.confirmed`: What the service has seen confirmed in this session, by the keys of the steps: `birth_date`, `email`, `phone`, `address`, `identity`
pub const CUSTOMER_CONFIRMED: FactIndex = FactIndex(37);
/// `bureau.outcome`: What came of asking the credit bureau; missing where it was not asked
pub const BUREAU_OUTCOME: FactIndex = FactIndex(38);
/// `bureau.score`, in points: The credit bureau's score, on its own scale
pub const BUREAU_SCORE: FactIndex = FactIndex(39);
/// `bureau.negative`: Whether the credit bureau knows of debts unpaid for long, insolvency or the like
pub const BUREAU_NEGATIVE: FactIndex = FactIndex(40);

/// Their names
#[rustfmt::skip]
pub const NAMES: [&str; COUNT] = [
    "cart.total",
    "cart.item_count",
    "cart.categories",
    "cart.digital_only",
    "customer.kind",
    "customer.birth_date",
    "billing.country",
    "billing.region",
    "shipping.country",
    "shipping.same_as_billing",
    "shipping.method",
    "order.origin_channel",
    "order.expected_delivery",
    "customer.signed_in",
    "customer.known",
    "customer.since",
    "history.orders_paid",
    "history.paid_on_time",
    "history.paid_total",
    "history.dunning_level_max",
    "history.declines_30_days",
    "history.orders_7_days",
    "history.amount_7_days",
    "history.address_changed_on",
    "account.open_balance",
    "account.overdue_balance",
    "account.overdue_count",
    "account.overdue_days_max",
    "shop.providers",
    "customer.age",
    "customer.tenure_days",
    "history.address_age_days",
    "account.exposure_after",
    "history.amount_7_days_after",
    "risk.class",
    "risk.points",
    "value.class",
    "customer.confirmed",
    "bureau.outcome",
    "bureau.score",
    "bureau.negative",
];

/// Their types
#[rustfmt::skip]
pub const KINDS: [FactKind; COUNT] = [
    FactKind::Amount,
    FactKind::Integer,
    FactKind::Texts,
    FactKind::Boolean,
    FactKind::Choice,
    FactKind::Date,
    FactKind::Country,
    FactKind::Choice,
    FactKind::Country,
    FactKind::Boolean,
    FactKind::Choice,
    FactKind::Choice,
    FactKind::Date,
    FactKind::Boolean,
    FactKind::Boolean,
    FactKind::Date,
    FactKind::Integer,
    FactKind::Integer,
    FactKind::Amount,
    FactKind::Integer,
    FactKind::Integer,
    FactKind::Integer,
    FactKind::Amount,
    FactKind::Date,
    FactKind::Amount,
    FactKind::Amount,
    FactKind::Integer,
    FactKind::Integer,
    FactKind::Texts,
    FactKind::Integer,
    FactKind::Integer,
    FactKind::Integer,
    FactKind::Amount,
    FactKind::Amount,
    FactKind::Choice,
    FactKind::Integer,
    FactKind::Choice,
    FactKind::Texts,
    FactKind::Choice,
    FactKind::Integer,
    FactKind::Boolean,
];

/// Who may set them
#[rustfmt::skip]
pub const VISIBILITIES: [Visibility; COUNT] = [
    Visibility::Client,
    Visibility::Client,
    Visibility::Client,
    Visibility::Client,
    Visibility::Client,
    Visibility::Client,
    Visibility::Client,
    Visibility::Client,
    Visibility::Client,
    Visibility::Client,
    Visibility::Client,
    Visibility::Client,
    Visibility::Client,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
    Visibility::Derived,
    Visibility::Derived,
    Visibility::Derived,
    Visibility::Derived,
    Visibility::Derived,
    Visibility::Derived,
    Visibility::Derived,
    Visibility::Derived,
    Visibility::Recorded,
    Visibility::Server,
    Visibility::Server,
    Visibility::Server,
];

/// Smallest and largest value, inclusive
#[rustfmt::skip]
pub const RANGES: [(i64, i64); COUNT] = [
    (0, 9007199254740991),
    (0, 100000),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 1000000),
    (0, 1000000),
    (0, 9007199254740991),
    (0, 9),
    (0, 1000000),
    (0, 1000000),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 1000000),
    (0, 100000),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (-1000000, 1000000),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 9007199254740991),
    (0, 100000),
    (0, 9007199254740991),
];

/// The values of a choice; none for the classes, which are the policy's own
#[rustfmt::skip]
pub const CHOICES: [&[&str]; COUNT] = [
    &[],
    &[],
    &[],
    &[],
    &["consumer", "company"],
    &[],
    &[],
    &["BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"],
    &[],
    &[],
    &["home", "pickup_point", "parcel_locker", "store"],
    &["web_shop", "app", "instagram", "facebook", "tiktok", "pinterest", "whatsapp", "marketplace", "telephone", "point_of_sale", "other"],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &[],
    &["found", "not_found", "unavailable"],
    &[],
    &[],
];
