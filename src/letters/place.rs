//! Where things lie on the paper: lengths in thousandths of a millimetre, from the left and from above.

/// A length in thousandths of a millimetre
pub(crate) type Um = i64;

/// A millimetre
pub(crate) const MM: Um = 1_000;

/// A point of type is 127 / 360 mm
pub(crate) fn points(tenths: i64) -> Um {
    tenths.saturating_mul(12_700).div_euclid(360)
}

/// The sheet
pub(crate) const WIDTH: Um = 210 * MM;
/// The sheet
pub(crate) const HEIGHT: Um = 297 * MM;
/// Where text begins
pub(crate) const LEFT: Um = 25 * MM;
/// Where text ends
pub(crate) const RIGHT: Um = WIDTH - 20 * MM;
/// The lowest that a line of the message may end
pub(crate) const BOTTOM: Um = 277 * MM;
/// Where a page after the first begins
pub(crate) const TOP: Um = 27 * MM;
/// The small letters at the end of the sheet
pub(crate) const FOOT: Um = 283 * MM;

/// DIN 5008 form B: the line above the address, the address, the column at the side, the text
pub(crate) mod din {
    use super::{MM, Um};

    /// The shop's name, above everything
    pub(crate) const MARK: Um = 27 * MM;
    /// Base line of the sender in one line: the last of the zone for remarks, which ends at 62.7 mm
    pub(crate) const BACK: Um = 61 * MM;
    /// The first line of the address ends here
    pub(crate) const ADDRESS: Um = 67 * MM + 500;
    /// The window ends at 90 mm
    pub(crate) const ADDRESS_END: Um = 90 * MM;
    /// The window is so wide, less what is left free on both sides
    pub(crate) const ADDRESS_WIDTH: Um = 80 * MM;
    /// The column at the side
    pub(crate) const SIDE: Um = 125 * MM;
    /// Its first line
    pub(crate) const SIDE_TOP: Um = 53 * MM;
    /// Its values
    pub(crate) const SIDE_VALUE: Um = 145 * MM;
    /// The text begins 8.46 mm below the window
    pub(crate) const TEXT: Um = 98 * MM + 460;
    /// Fold, punch, fold
    pub(crate) const MARKS: [Um; 3] = [105 * MM, 148 * MM + 500, 210 * MM];
}
