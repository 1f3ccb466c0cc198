//! What was in an order, line by line.

use super::CartLine;
use crate::money::Money;
use serde::{Deserialize, Serialize};

/// A line of an order as the shop's server confirmed it: goods, shipping, discounts; they sum to what the order cost before any fee of its method
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderItem {
    /// Its number in the order, from `1`
    pub id: String,
    /// The shop's number of the article
    pub sku: String,
    /// What it is called
    pub name: String,
    /// Pieces
    pub quantity: u32,
    /// All of them together, tax included
    pub amount: Money,
}

/// A line of an order that is meant, or some pieces of it
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChosenItem {
    /// Its number in the order
    pub id: String,
    /// How many pieces of it; without it, all
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
}

impl OrderItem {
    /// The lines of a cart, each with its number
    #[must_use]
    pub fn of_cart(lines: Vec<CartLine>) -> Vec<Self> {
        let item = |(place, CartLine { amount, name, quantity, sku }): (usize, CartLine)| Self {
            id: place.to_string(),
            sku,
            name,
            quantity,
            amount,
        };
        (1..).zip(lines).map(item).collect()
    }
}
