//! Countries as JSON: the two capitals of ISO 3166-1.

use super::reader::{Reader, Spot};
use crate::suggest;

/// ISO 3166-1 alpha-2 as of 2026, and `XK`, by which Kosovo goes until it is given a code
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF \
    GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW \
    KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL \
    NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST \
    SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

impl Reader {
    /// A country code
    pub(super) fn country(&mut self, spot: &Spot<'_>) -> Option<[u8; 2]> {
        let text = self.text(spot)?;
        let known = || COUNTRIES.split_ascii_whitespace();
        let capitals = text.to_ascii_uppercase();
        let meant = known().find(|known| *known == capitals).or_else(|| suggest::nearest(text, known()));
        let help = match meant {
            Some(meant) => format!("write `{meant}`"),
            None => "write the two capitals of ISO 3166-1, such as `DE`".into(),
        };
        let Some(code) = text.as_bytes().try_into().ok().filter(|code: &[u8; 2]| code.iter().all(u8::is_ascii_uppercase)) else {
            self.error("policy.country.malformed", &spot.at, format!("`{text}` is not a country code"), help);
            return None;
        };
        if meant != Some(text) {
            // Codes come and go: one that is not known here is no reason to refuse the policy.
            self.warning("policy.country.unknown", &spot.at, format!("`{text}` is no country of ISO 3166-1"), help);
        }
        Some(code)
    }
}

#[cfg(test)]
mod tests {
    use super::COUNTRIES;

    #[test]
    fn every_country_stands_once_in_the_order_of_the_alphabet() {
        let codes: Vec<&str> = COUNTRIES.split_ascii_whitespace().collect();
        assert_eq!(codes.len(), 250);
        assert!(codes.iter().zip(codes.iter().skip(1)).all(|(one, next)| one < next));
        assert!(codes.iter().all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
    }
}
