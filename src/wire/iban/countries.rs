//! How account numbers look in each country of the SWIFT registry of IBANs (release 101, by way of python-stdnum 2.2).

/// What stands in a run of characters
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Run {
    /// So many digits
    N(usize),
    /// So many capital letters
    A(usize),
    /// So many of either
    C(usize),
}

use Run::{A, C, N};

/// By country: what follows the country and the check digits
#[rustfmt::skip]
pub(super) const COUNTRIES: &[(&str, &[Run])] = &[
    ("AD", &[N(8), C(12)]), ("AE", &[N(19)]), ("AL", &[N(8), C(16)]), ("AT", &[N(16)]), ("AZ", &[A(4), C(20)]), ("BA", &[N(16)]),
    ("BE", &[N(12)]), ("BG", &[A(4), N(6), C(8)]), ("BH", &[A(4), C(14)]), ("BI", &[N(23)]), ("BR", &[N(23), A(1), C(1)]),
    ("BY", &[C(4), N(4), C(16)]), ("CH", &[N(5), C(12)]), ("CR", &[N(18)]), ("CY", &[N(8), C(16)]), ("CZ", &[N(20)]), ("DE", &[N(18)]),
    ("DJ", &[N(23)]), ("DK", &[N(14)]), ("DO", &[C(4), N(20)]), ("EE", &[N(16)]), ("EG", &[N(25)]), ("ES", &[N(20)]), ("FI", &[N(14)]),
    ("FK", &[A(2), N(12)]), ("FO", &[N(14)]), ("FR", &[N(10), C(11), N(2)]), ("GB", &[A(4), N(14)]), ("GE", &[A(2), N(16)]),
    ("GI", &[A(4), C(15)]), ("GL", &[N(14)]), ("GR", &[N(7), C(16)]), ("GT", &[C(24)]), ("HN", &[A(4), N(20)]), ("HR", &[N(17)]),
    ("HU", &[N(24)]), ("IE", &[A(4), N(14)]), ("IL", &[N(19)]), ("IQ", &[A(4), N(15)]), ("IS", &[N(22)]), ("IT", &[A(1), N(10), C(12)]),
    ("JO", &[A(4), N(4), C(18)]), ("KW", &[A(4), C(22)]), ("KZ", &[N(3), C(13)]), ("LB", &[N(4), C(20)]), ("LC", &[A(4), C(24)]),
    ("LI", &[N(5), C(12)]), ("LT", &[N(16)]), ("LU", &[N(3), C(13)]), ("LV", &[A(4), C(13)]), ("LY", &[N(21)]),
    ("MC", &[N(10), C(11), N(2)]), ("MD", &[C(20)]), ("ME", &[N(18)]), ("MK", &[N(3), C(10), N(2)]), ("MN", &[N(16)]), ("MR", &[N(23)]),
    ("MT", &[A(4), N(5), C(18)]), ("MU", &[A(4), N(19), A(3)]), ("NI", &[A(4), N(20)]), ("NL", &[A(4), N(10)]), ("NO", &[N(11)]),
    ("OM", &[N(3), C(16)]), ("PK", &[A(4), C(16)]), ("PL", &[N(24)]), ("PS", &[A(4), C(21)]), ("PT", &[N(21)]), ("QA", &[A(4), C(21)]),
    ("RO", &[A(4), C(16)]), ("RS", &[N(18)]), ("RU", &[N(14), C(15)]), ("SA", &[N(2), C(18)]), ("SC", &[A(4), N(20), A(3)]),
    ("SD", &[N(14)]), ("SE", &[N(20)]), ("SI", &[N(15)]), ("SK", &[N(20)]), ("SM", &[A(1), N(10), C(12)]), ("SO", &[N(19)]),
    ("ST", &[N(21)]), ("SV", &[A(4), N(20)]), ("TL", &[N(19)]), ("TN", &[N(20)]), ("TR", &[N(6), C(16)]), ("UA", &[N(6), C(19)]),
    ("VA", &[N(18)]), ("VG", &[A(4), N(16)]), ("XK", &[N(16)]), ("YE", &[A(4), N(4), C(18)]),
];
