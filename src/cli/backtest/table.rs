//! Columns of words and numbers for people.

/// Rows whose first column stands to the left and the others to the right, or some of them to the left as well
#[derive(Debug, Default)]
pub(super) struct Table {
    left: &'static [usize],
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these words above its columns; those at the places in `left` stand to the left
    pub(super) fn new<const COLUMNS: usize>(left: &'static [usize], head: [&str; COLUMNS]) -> Self {
        Self { left, rows: vec![head.map(str::to_owned).to_vec()] }
    }

    pub(super) fn row<const COLUMNS: usize>(&mut self, cells: [String; COLUMNS]) {
        self.rows.push(cells.to_vec());
    }

    /// Whether there is more than its head
    pub(super) fn has_rows(&self) -> bool {
        self.rows.len() > 1
    }

    /// The lines of the table, each with its end
    pub(super) fn text(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut text = String::new();
        for row in &self.rows {
            let cells = row.iter().zip(&widths).enumerate().map(|(place, (cell, width))| {
                if self.left.contains(&place) { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            });
            text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            text.push('\n');
        }
        text
    }
}
