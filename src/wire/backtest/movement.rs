//! How orders move between the classes of two policies.

use super::amounts::Sum;
use super::comparison::{ClassChange, ClassMove, Owed, Sides};
use super::report::Share;
use super::trial::has_classes;
use super::{add, count};
use tresen_core::money::MoneyError;
use tresen_core::policy::Policy;

/// Orders by their class under each policy
#[derive(Debug, Clone)]
pub(super) struct Movements {
    /// The old policy's classes in turn, each with all of the new one's
    cells: Vec<Cell>,
    /// How many classes the new policy has
    width: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Cell {
    orders: u64,
    on_credit: Sides<u64>,
    claims: Sides<Sum>,
}

impl Movements {
    pub(super) fn new(policies: Sides<&Policy>) -> Self {
        let (height, width) = (policies.old.classes.len(), policies.new.classes.len());
        Self { cells: vec![Cell::default(); height.saturating_mul(width)], width }
    }

    /// One order more, by the places of its classes and what it would owe under each policy
    pub(super) fn add(&mut self, classes: Sides<u8>, claims: Sides<Option<i64>>) {
        let place = usize::from(classes.old).saturating_mul(self.width).saturating_add(classes.new.into());
        let Some(cell) = self.cells.get_mut(place) else { return };
        count(&mut cell.orders);
        let sides =
            [(claims.old, &mut cell.on_credit.old, &mut cell.claims.old), (claims.new, &mut cell.on_credit.new, &mut cell.claims.new)];
        for (claim, orders, sum) in sides {
            if let Some(claim) = claim {
                count(orders);
                sum.add_minor(claim);
            }
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (cell, other) in self.cells.iter_mut().zip(&other.cells) {
            add(&mut cell.orders, other.orders);
            add(&mut cell.on_credit.old, other.on_credit.old);
            add(&mut cell.on_credit.new, other.on_credit.new);
            cell.claims.old.add(other.claims.old);
            cell.claims.new.add(other.claims.new);
        }
    }

    /// How many orders are on credit under each policy
    pub(super) fn on_credit(&self) -> Sides<u64> {
        let mut all = Sides::default();
        for cell in &self.cells {
            add(&mut all.old, cell.on_credit.old);
            add(&mut all.new, cell.on_credit.new);
        }
        all
    }

    /// What would be owed in each class of each policy
    pub(super) fn claims(&self) -> Sides<Vec<Sum>> {
        let mut claims = Sides { old: Vec::new(), new: vec![Sum::default(); self.width] };
        for row in self.rows() {
            let mut of_old = Sum::default();
            for (cell, of_new) in row.iter().zip(&mut claims.new) {
                of_old.add(cell.claims.old);
                of_new.add(cell.claims.new);
            }
            claims.old.push(of_old);
        }
        claims
    }

    fn rows(&self) -> impl Iterator<Item = &[Cell]> {
        // Every policy has a class, if one without a name.
        self.cells.chunks(self.width.max(1))
    }

    /// The report; nothing if neither policy has classes
    pub(super) fn report(&self, policies: Sides<&Policy>, all: u64) -> Result<Option<ClassChange>, MoneyError> {
        if !has_classes(policies.old) && !has_classes(policies.new) {
            return Ok(None);
        }
        let currency = policies.old.currency;
        let owed = |orders: u64, claims: Sum| Ok(Owed { orders, amount: claims.rounded(currency)? });
        let mut change = ClassChange { moved: Share::of(0, all), moves: Vec::new() };
        let mut moved = 0;
        for (old, row) in policies.old.classes.iter().zip(self.rows()) {
            for (new, cell) in policies.new.classes.iter().zip(row).filter(|(_, cell)| cell.orders > 0) {
                add(&mut moved, if old.id == new.id { 0 } else { cell.orders });
                let id = |id: &String| Some(id.clone()).filter(|id| !id.is_empty());
                change.moves.push(ClassMove {
                    class: Sides { old: id(&old.id), new: id(&new.id) },
                    share: Share::of(cell.orders, all),
                    on_credit: Sides { old: owed(cell.on_credit.old, cell.claims.old)?, new: owed(cell.on_credit.new, cell.claims.new)? },
                });
            }
        }
        change.moved = Share::of(moved, all);
        Ok(Some(change))
    }
}
