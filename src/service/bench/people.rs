//! Who owes what in the night, and what is to become of it.

/// When the second reminders' first ones went out
pub(crate) const BEFORE: &str = "2026-11-14T09:00:00Z";
/// When those have arrived
pub(crate) const AFTER: &str = "2026-11-15T10:00:00Z";
/// When everybody else is brought in
pub(crate) const EVE: &str = "2026-11-23T12:00:00Z";
/// When some have paid, whom nobody has looked at since
pub(crate) const MORNING: &str = "2026-11-24T05:00:00Z";
/// The night: on a working day within the hours, so that the gates are open for whoever they are not closed for
pub(crate) const NIGHT: &str = "2026-11-24T08:00:00Z";

/// When what a crash has left unknown is found
pub(crate) const LATER: &str = "2026-11-24T09:30:00Z";

/// So many of a hundred thousand
const SHARE: usize = 100_000;

/// What is to become of somebody
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// A word before the due date
    Note,
    /// The first reminder
    First,
    /// The second reminder
    Second,
    /// Has paid today, and is thanked
    Thanks,
    /// Would be reminded, but the merchant holds it
    Held,
    /// Would be reminded, but says that it is not their debt
    Disputes,
    /// Would be reminded, but has promised to pay by a day
    Promises,
    /// Would be reminded, but has no address
    Nowhere,
    /// Would be reminded, but does not want mails
    OptedOut,
    /// Has time
    Later,
}

/// A part of the customers
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group {
    pub(crate) fate: Fate,
    pub(crate) number: usize,
}

impl Fate {
    /// All of them
    pub(crate) const ALL: [Self; 10] = [
        Self::Note,
        Self::First,
        Self::Second,
        Self::Thanks,
        Self::Held,
        Self::Disputes,
        Self::Promises,
        Self::Nowhere,
        Self::OptedOut,
        Self::Later,
    ];

    /// Whether an address is that of one of them
    pub(crate) fn is_of(self, address: &str) -> bool {
        address.strip_prefix(self.word()).is_some_and(|number| number.starts_with('-'))
    }

    /// The day on which they have to pay
    pub(crate) fn due(self, number: usize) -> String {
        match self {
            Self::Note => "2026-11-27".to_owned(),
            Self::Second => "2026-11-10".to_owned(),
            Self::First | Self::Thanks | Self::Held | Self::Disputes | Self::Promises | Self::Nowhere | Self::OptedOut => {
                "2026-11-20".to_owned()
            }
            Self::Later => format!("2026-12-{:02}", 7 + number % 14),
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::First => "first",
            Self::Second => "second",
            Self::Thanks => "thanks",
            Self::Held => "held",
            Self::Disputes => "disputes",
            Self::Promises => "promises",
            Self::Nowhere => "nowhere",
            Self::OptedOut => "opted-out",
            Self::Later => "later",
        }
    }

    /// Whether they get a mail tonight
    pub(crate) fn acts(self) -> bool {
        matches!(self, Self::Note | Self::First | Self::Second | Self::Thanks)
    }

    /// The shop's number of one of them
    pub(crate) fn reference(self, number: usize) -> String {
        format!("{}-{number}", self.word())
    }
}

/// Everybody
#[derive(Debug)]
pub(crate) struct People {
    pub(crate) claims: usize,
    pub(crate) groups: Vec<Group>,
}

impl People {
    /// So many claims, a tenth of which are to be written about, and a hundredth would be
    pub(crate) fn of(claims: usize) -> Self {
        let tenth = claims / 10;
        let part = |fate, of: usize| Group { fate, number: tenth * of / SHARE };
        let mut groups = vec![
            part(Fate::Note, 48_000),
            part(Fate::First, 30_000),
            part(Fate::Thanks, 2_000),
            part(Fate::Held, 2_000),
            part(Fate::Disputes, 2_000),
            part(Fate::Promises, 2_000),
            part(Fate::Nowhere, 2_000),
            part(Fate::OptedOut, 2_000),
        ];
        let acting: usize = groups.iter().filter(|group| group.fate.acts()).map(|group| group.number).sum();
        groups.push(Group { fate: Fate::Second, number: tenth - acting });
        let so_far: usize = groups.iter().map(|group| group.number).sum();
        groups.push(Group { fate: Fate::Later, number: claims - so_far });
        Self { claims, groups }
    }

    /// How many are of that fate
    pub(crate) fn number(&self, fate: Fate) -> usize {
        self.groups.iter().filter(|group| group.fate == fate).map(|group| group.number).sum()
    }

    /// How many mails there have to be
    pub(crate) fn due(&self) -> usize {
        self.groups.iter().filter(|group| group.fate.acts()).map(|group| group.number).sum()
    }
}
