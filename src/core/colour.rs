//! A shop's colour, and what can be read on it: contrast as WCAG 2.2 defines it (<https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>).

use alloc::string::String;

/// An sRGB colour
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// Relative luminance, 0 to a hundred thousand
type Luminance = u64;

const WHOLE: Luminance = 100_000;

impl Colour {
    /// `#ffffff`
    pub const WHITE: Self = Self([255; 3]);
    /// `#000000`
    pub const BLACK: Self = Self([0; 3]);

    /// Of red, green and blue
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self([red, green, blue])
    }

    /// As style sheets write it in six digits, `#8a3f28`
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        let part = |place: usize| u8::from_str_radix(digits.get(place..place.saturating_add(2))?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// As [`parse`](Self::parse) reads it, in small letters
    #[must_use]
    pub fn to_css(self) -> String {
        let digit = |value: u8| char::from_digit(value.into(), 16).unwrap_or('0');
        core::iter::once('#').chain(self.0.into_iter().flat_map(|part| [digit(part >> 4), digit(part & 15)])).collect()
    }

    /// Whether text of one colour can be read on the other: 4.5 to 1 (WCAG 2.2, 1.4.3)
    #[must_use]
    pub fn is_readable_on(self, ground: Self) -> bool {
        let (one, other) = (self.luminance(), ground.luminance());
        // A twentieth of white is added to both.
        let flare = |luminance: Luminance| luminance.saturating_add(WHOLE / 20);
        flare(one.max(other)).saturating_mul(2) >= flare(one.min(other)).saturating_mul(9)
    }

    /// What is written on it: white, or black where white cannot be read; one of them always can
    #[must_use]
    pub fn ink(self) -> Self {
        if Self::WHITE.is_readable_on(self) { Self::WHITE } else { Self::BLACK }
    }

    /// The same colour as text: as it is, or as little darker or lighter as it takes to be read on all these grounds
    #[must_use]
    pub fn as_text_on(self, grounds: &[Self]) -> Self {
        let is_read = |colour: &Self| grounds.iter().all(|ground| colour.is_readable_on(*ground));
        let towards = grounds.first().map_or(Self::BLACK, |ground| ground.ink());
        (0..=u8::MAX).map(|share| self.mixed(towards, share)).find(is_read).unwrap_or(towards)
    }

    /// With so many 255ths of another
    fn mixed(self, other: Self, share: u8) -> Self {
        let [red, green, blue] = [0, 1, 2].map(|part: usize| {
            let of = |colour: Self, share: u8| u16::from(colour.0.get(part).copied().unwrap_or_default()).saturating_mul(share.into());
            of(self, u8::MAX.saturating_sub(share)).saturating_add(of(other, share)).div_euclid(u8::MAX.into()) as u8
        });
        Self([red, green, blue])
    }

    fn luminance(self) -> Luminance {
        let light = |part: u8| Luminance::from(LINEAR.get(usize::from(part)).copied().unwrap_or_default());
        let [red, green, blue] = self.0.map(light);
        let sum = red.saturating_mul(2_126).saturating_add(green.saturating_mul(7_152)).saturating_add(blue.saturating_mul(722));
        sum.div_euclid(10_000)
    }
}

/// How much light each value of a channel is, in hundred thousandths (IEC 61966-2-1)
#[rustfmt::skip]
static LINEAR: [u32; 256] = [
    0, 30, 61, 91, 121, 152, 182, 212, 243, 273, 304, 335, 368, 402, 439, 478, 518, 561, 605, 651, 700, 750, 802, 857, 913, 972, 1_033,
    1_096, 1_161, 1_229, 1_298, 1_370, 1_444, 1_521, 1_600, 1_681, 1_764, 1_850, 1_938, 2_029, 2_122, 2_217, 2_315, 2_416, 2_519, 2_624,
    2_732, 2_843, 2_956, 3_071, 3_190, 3_310, 3_434, 3_560, 3_689, 3_820, 3_955, 4_092, 4_231, 4_374, 4_519, 4_667, 4_817, 4_971, 5_127,
    5_286, 5_448, 5_613, 5_781, 5_951, 6_125, 6_301, 6_480, 6_663, 6_848, 7_036, 7_227, 7_421, 7_619, 7_819, 8_022, 8_228, 8_438, 8_650,
    8_866, 9_084, 9_306, 9_531, 9_759, 9_990, 10_224, 10_462, 10_702, 10_946, 11_193, 11_444, 11_697, 11_954, 12_214, 12_477, 12_744,
    13_014, 13_287, 13_563, 13_843, 14_126, 14_413, 14_703, 14_996, 15_293, 15_593, 15_896, 16_203, 16_513, 16_827, 17_144, 17_465,
    17_789, 18_116, 18_447, 18_782, 19_120, 19_462, 19_807, 20_156, 20_508, 20_864, 21_223, 21_586, 21_953, 22_323, 22_697, 23_074,
    23_455, 23_840, 24_228, 24_620, 25_016, 25_415, 25_818, 26_225, 26_636, 27_050, 27_468, 27_889, 28_315, 28_744, 29_177, 29_614,
    30_054, 30_499, 30_947, 31_399, 31_855, 32_314, 32_778, 33_245, 33_716, 34_191, 34_670, 35_153, 35_640, 36_131, 36_625, 37_124,
    37_626, 38_133, 38_643, 39_157, 39_676, 40_198, 40_724, 41_254, 41_789, 42_327, 42_869, 43_415, 43_966, 44_520, 45_079, 45_641,
    46_208, 46_778, 47_353, 47_932, 48_515, 49_102, 49_693, 50_289, 50_888, 51_492, 52_100, 52_712, 53_328, 53_948, 54_572, 55_201,
    55_834, 56_471, 57_112, 57_758, 58_408, 59_062, 59_720, 60_383, 61_050, 61_721, 62_396, 63_076, 63_760, 64_448, 65_141, 65_837,
    66_539, 67_244, 67_954, 68_669, 69_387, 70_110, 70_838, 71_569, 72_306, 73_046, 73_791, 74_540, 75_294, 76_052, 76_815, 77_582,
    78_354, 79_130, 79_910, 80_695, 81_485, 82_279, 83_077, 83_880, 84_687, 85_499, 86_316, 87_137, 87_962, 88_792, 89_627, 90_466,
    91_310, 92_158, 93_011, 93_869, 94_731, 95_597, 96_469, 97_345, 98_225, 99_110, 100_000,
];

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    /// Every 51st value of each channel, so black, white and 214 between
    fn many() -> impl Iterator<Item = Colour> {
        let steps = || (0..=255).step_by(51);
        steps().flat_map(move |red| steps().flat_map(move |green| steps().map(move |blue| Colour::new(red, green, blue))))
    }

    #[test]
    fn a_colour_is_six_digits() {
        assert_eq!(colour("#8a3F28"), Colour::new(0x8a, 0x3f, 0x28));
        assert_eq!(colour("#8a3F28").to_css(), "#8a3f28");
        for wrong in ["8a3f28", "#8a3f2", "#8a3f289", "#8a3f2g", "#+a3f28", "red", "#fff", "", "#äa3f"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
        for colour in many() {
            assert_eq!(Colour::parse(&colour.to_css()), Some(colour));
        }
    }

    #[test]
    fn light_is_what_the_standard_says() {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        for value in 0..=255_u8 {
            assert!((linear(value) * 100_000.0 - f64::from(LINEAR[usize::from(value)])).abs() <= 0.5, "{value}");
        }
    }

    #[test]
    fn text_is_readable_from_four_and_a_half_to_one_on() {
        // The lightest grey on white that is, and the next; and on black the darkest.
        assert!(colour("#767676").is_readable_on(Colour::WHITE) && !colour("#777777").is_readable_on(Colour::WHITE));
        assert!(colour("#757575").is_readable_on(Colour::BLACK) && !colour("#747474").is_readable_on(Colour::BLACK));
        assert!(Colour::WHITE.is_readable_on(colour("#767676")), "either way round");
    }

    #[test]
    fn whatever_a_shop_chooses_can_be_read() {
        for accent in many() {
            assert!(accent.ink().is_readable_on(accent), "{}", accent.to_css());
            for grounds in [["#ffffff", "#f6f5f1"], ["#181d1c", "#111514"]] {
                let grounds: Vec<Colour> = grounds.into_iter().map(colour).collect();
                let text = accent.as_text_on(&grounds);
                assert!(grounds.iter().all(|ground| text.is_readable_on(*ground)), "{} as {}", accent.to_css(), text.to_css());
                let stays = grounds.iter().all(|ground| accent.is_readable_on(*ground));
                assert_eq!(text == accent, stays, "{}", accent.to_css());
            }
        }
        assert_eq!(colour("#8a3f28").as_text_on(&[Colour::WHITE]), colour("#8a3f28"));
        assert_eq!(colour("#8a3f28").ink(), Colour::WHITE);
        assert_eq!(colour("#ffd400").ink(), Colour::BLACK);
    }
}
