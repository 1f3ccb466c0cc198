//! Makes a world from a seed: customers with lives of their own, and a world around them that loses, repeats, mixes up and forgets.

use crate::common::chance::Chance;
use crate::step::{By, Fact, How, Mood, Step};

/// Days in which something happens
const DAYS: usize = 75;

/// Customers in a world
pub const CUSTOMERS: usize = 6;

/// The steps of a seed
pub fn world(seed: u64) -> Vec<Step> {
    let mut maker = Maker {
        chance: Chance::new(seed ^ 0x0007_7072_6c64),
        told: (0..DAYS).map(|_| Vec::new()).collect(),
        bought: vec![Vec::new(); CUSTOMERS],
        paid: Vec::new(),
        keys: 0,
        numbers: 0,
        hooks: seed.is_multiple_of(4),
    };
    for who in 0..CUSTOMERS {
        maker.life(who);
    }
    maker.days()
}

struct Maker {
    chance: Chance,
    /// What is told on each day
    told: Vec<Vec<Step>>,
    /// The price and the day of each claim
    bought: Vec<Vec<(i64, usize)>>,
    /// Number, customer, day and amount
    paid: Vec<(u32, usize, usize, i64)>,
    keys: u32,
    numbers: u32,
    hooks: bool,
}

impl Maker {
    fn key(&mut self) -> String {
        self.keys += 1;
        format!("k{}", self.keys)
    }

    /// Something that happens on a day is told then, or late, and now and then more than once
    fn tells(&mut self, day: usize, fact: Fact) {
        let late = self.chance.pick(&[0, 0, 0, 0, 0, 0, 1, 1, 2, 4, 9_usize]);
        let on = (day + late).min(DAYS - 1);
        let key = self.key();
        self.told[on].push(Step::Tell(key.clone(), fact.clone()));
        if self.chance.once_in(4) {
            let again = (on + self.chance.below(4)).min(DAYS - 1);
            let is_payment = matches!(fact, Fact::Pays { .. });
            // The same delivery once more; of money, also another delivery of the same news.
            let key = if is_payment && self.chance.once_in(2) { self.key() } else { key };
            self.told[again].push(Step::Tell(key, fact));
        }
    }

    fn life(&mut self, who: usize) {
        let orders = 1 + self.chance.below(3);
        for _ in 0..orders {
            let day = self.chance.below(25);
            self.buys(who, day);
        }
        // Nobody has an address before they have bought something.
        let first = self.bought[who].iter().map(|(_, day)| *day).min().unwrap_or_default();
        self.moves(who, first + 1);
        for claim in 0..orders {
            self.pays(who, claim);
        }
        for _ in 0..self.chance.below(5) {
            let day = 10 + self.chance.below(DAYS - 10);
            self.something(who, day);
        }
        for _ in 0..self.chance.below(7) {
            let day = 10 + self.chance.below(DAYS - 10);
            let news = self.chance.pick(&[
                "delivered",
                "delivered",
                "opened",
                "opened_by_machine",
                "bounced",
                "bounced",
                "bounced_for_now",
                "complained",
            ]);
            let back = self.chance.below(2);
            self.tells(day, Fact::News { who, back, news: news.to_owned() });
        }
    }

    fn buys(&mut self, who: usize, day: usize) {
        let minor = self.chance.pick(&[290, 1_990, 4_990, 5_100, 12_345, 24_900]);
        let order = format!("o{who}-{}", self.bought[who].len());
        self.bought[who].push((minor, day));
        let key = self.key();
        self.told[day].push(Step::Tell(key.clone(), Fact::Buys { who, order: order.clone(), minor }));
        if self.chance.once_in(3) {
            self.told[day].push(Step::Tell(key, Fact::Buys { who, order, minor }));
        }
    }

    /// In time, late, in parts, too much, twice, never
    fn pays(&mut self, who: usize, claim: usize) {
        let (price, bought) = self.bought[who][claim];
        let shares: &[i64] =
            self.chance.pick(&[&[100_i64] as &[i64], &[100], &[100], &[50, 50], &[30, 30, 39], &[110], &[100, 100], &[20], &[], &[], &[]]);
        let mut day = bought + self.chance.pick(&[1, 9, 14, 17, 19, 21, 25, 30, 40_usize]);
        for share in shares {
            if day >= DAYS {
                break;
            }
            let by = match self.chance.below(12) {
                0 => By::Wrong,
                1 => By::Nothing,
                2 => By::Both { who, other: self.chance.below(CUSTOMERS) },
                3 => By::Customer { who },
                4 => By::Claim { who, claim },
                _ => By::Reference { who, claim },
            };
            self.pays_once(who, by, (price * share / 100).max(1), day);
            day += self.chance.pick(&[0, 2, 8_usize]);
        }
    }

    fn pays_once(&mut self, who: usize, by: By, minor: i64, day: usize) {
        self.numbers += 1;
        let number = self.numbers;
        self.paid.push((number, who, day, minor));
        let is_known = !matches!(by, By::Wrong | By::Nothing | By::Both { .. });
        self.tells(day, Fact::Pays { number, by, minor, day: i32::try_from(day).unwrap() });
        if !is_known && self.chance.once_in(2) {
            let later = day + self.chance.below(6);
            self.tells(later, Fact::Matches { number, who });
        }
        if self.chance.once_in(10) {
            // The provider contradicts itself.
            let other = Fact::Pays { number, by: By::Customer { who }, minor: minor + 1, day: i32::try_from(day).unwrap() };
            self.tells(day + 1, other);
        }
        let later = day + 1 + self.chance.below(20);
        match self.chance.below(9) {
            0 => self.goes_back(number, later),
            1 => self.tells(later, Fact::Reverses { number }),
            2 => {
                let minor = self.chance.pick(&[minor, minor / 10 + 1]);
                self.tells(later, Fact::Refunds { number, minor });
                let settled = !self.chance.once_in(3);
                self.tells(later + 2, Fact::RefundEnds { number, settled });
            }
            _ => {}
        }
    }

    /// A return of a direct debit, or a chargeback that is won or lost
    fn goes_back(&mut self, number: u32, day: usize) {
        let end = self.chance.pick(&["won", "lost", "lost", ""]);
        self.tells(day, Fact::ChargesBack { number, news: "opened".to_owned() });
        if !end.is_empty() {
            let later = day + self.chance.below(12);
            self.tells(later, Fact::ChargesBack { number, news: end.to_owned() });
        }
    }

    fn something(&mut self, who: usize, day: usize) {
        let claim = self.chance.below(self.bought[who].len());
        let price = self.bought[who][claim].0;
        match self.chance.below(16) {
            0 => {
                let minor = self.chance.pick(&[price, price / 3 + 1, 200]);
                self.tells(day, Fact::Credits { who, claim, minor });
            }
            1 => self.tells(day, Fact::Withdraws { who, claim }),
            2 => self.tells(day, Fact::WritesOff { who, claim }),
            3 => {
                let costs = self.chance.once_in(2);
                self.tells(day, Fact::Waives { who, claim, costs });
            }
            4..=6 => {
                let reason = self.chance.pick(&["manual_pause", "complaint_review", "hardship", "not_my_debt", "representative"]);
                let claim = self.chance.once_in(2).then_some(claim);
                let days = self.chance.once_in(2).then(|| i32::try_from(self.chance.below(20)).unwrap());
                self.tells(day, Fact::Holds { who, claim, reason: reason.to_owned(), days });
                if days.is_none() && !self.chance.once_in(3) {
                    let later = day + 1 + self.chance.below(15);
                    self.tells(later, Fact::Releases { who });
                }
            }
            7 => {
                let reason = self.chance.pick(&["deceased", "insolvency"]);
                self.tells(day, Fact::Holds { who, claim: None, reason: reason.to_owned(), days: None });
            }
            8..=10 => self.moves(who, day),
            11 | 12 => {
                let days = i32::try_from(self.chance.below(18)).unwrap() - 2;
                self.tells(day, Fact::Promises { who, days });
            }
            13 => self.tells(day, Fact::Looks { who }),
            14 if self.chance.once_in(3) => self.tells(day, Fact::Erases { who }),
            _ => {
                let left = self.chance.once_in(2);
                self.tells(day, Fact::Works { left });
            }
        }
    }

    fn moves(&mut self, who: usize, day: usize) {
        let ways = [self.chance.once_in(8), self.chance.once_in(2), self.chance.once_in(2)];
        let unwanted = self.chance.pick(&["", "", "", "", "email", "text_message", "letter", "all"]);
        let unwanted = match unwanted {
            "" => vec![],
            "all" => ["email", "text_message", "letter"].map(str::to_owned).to_vec(),
            one => vec![one.to_owned()],
        };
        self.tells(day, Fact::Moves { who, email: !ways[0], phone: ways[1], letter: ways[2], unwanted });
    }

    /// Puts it together: each day at some times something is told, in any order, and the scheduler runs or does not
    fn days(mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut down = 0;
        for day in 0..DAYS {
            let mut told = std::mem::take(&mut self.told[day]);
            self.shuffle(&mut told);
            down = if down > 0 {
                down - 1
            } else if self.chance.once_in(9) {
                1 + self.chance.below(5)
            } else {
                0
            };
            self.weather(&mut steps);
            let mut left = 1_440;
            for _ in 0..1 + told.len() {
                let minutes = u32::try_from(self.chance.below(usize::try_from(left).unwrap() / 2 + 1)).unwrap();
                left -= minutes;
                steps.push(Step::Goes { minutes });
                if let Some(step) = told.pop() {
                    steps.push(step);
                }
                if down == 0 && (told.is_empty() || self.chance.once_in(2)) {
                    steps.push(Step::Runs);
                }
            }
            steps.push(Step::Goes { minutes: left });
            if self.chance.once_in(40) {
                steps.push(Step::Jumps { days: self.chance.pick(&[0, 1, 3]) });
            }
            if self.chance.once_in(60) {
                steps.push(Step::Restarts);
            }
        }
        steps
    }

    fn weather(&mut self, steps: &mut Vec<Step>) {
        if self.chance.once_in(5) {
            let how = self.chance.pick(&[How::Takes, How::Takes, How::Takes, How::Refuses, How::IsDown, How::IsDown, How::IsSilent]);
            steps.push(Step::Carrier(how));
        }
        if self.hooks && self.chance.once_in(6) {
            steps.push(Step::Receiver(self.chance.pick(&[Mood::Takes, Mood::Takes, Mood::Fails, Mood::Lies, Mood::Hangs])));
        }
    }

    fn shuffle(&mut self, steps: &mut [Step]) {
        for place in (1..steps.len()).rev() {
            steps.swap(place, self.chance.below(place + 1));
        }
    }
}
