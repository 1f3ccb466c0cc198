//! The sixteen German states, each of which has holidays of its own.

use super::holidays::Places;

macro_rules! regions {
    ($($name:ident = $index:literal $doc:literal),+ $(,)?) => {
        /// A German state (ISO 3166-2 without `DE-`), in the order of the fact `billing.region`
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Region { $(#[doc = $doc] $name),+ }

        impl Region {
            /// The state at that place of the fact's choices
            #[must_use]
            pub fn from_index(index: i64) -> Option<Self> {
                match index { $($index => Some(Self::$name),)+ _ => None }
            }

            /// One bit a state
            pub(super) const fn bit(self) -> Places {
                match self { $(Self::$name => 1 << $index),+ }
            }
        }
    };
}

regions! {
    BB = 0 "Brandenburg", BE = 1 "Berlin", BW = 2 "Baden-Württemberg", BY = 3 "Bavaria", HB = 4 "Bremen", HE = 5 "Hesse",
    HH = 6 "Hamburg", MV = 7 "Mecklenburg-Western Pomerania", NI = 8 "Lower Saxony", NW = 9 "North Rhine-Westphalia",
    RP = 10 "Rhineland-Palatinate", SH = 11 "Schleswig-Holstein", SL = 12 "Saarland", SN = 13 "Saxony", ST = 14 "Saxony-Anhalt", TH = 15 "Thuringia",
}
