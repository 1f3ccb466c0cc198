"""The values that random policies and facts are made of, chosen so that the two meet often."""

from datetime import date, timedelta

from tresen_reference.catalogue import LARGEST
from tresen_reference.money import digits, format_amount
from tresen_reference.policy import STEPS

WORDS = ["home", "Home", "garten", "möbel", "mo\u0308bel", "gift card", "alcohol", "tabak", "ZZ-9", "ß", "ss", "日本"]
UNKNOWN_WORDS = ["never seen", "home ", "GARTEN", "mobel", "x" * 40]
COUNTRIES = ["DE", "AT", "CH", "FR", "NL", "PL", "US"]
YEARS = (2016, 2034)
PROVIDERS = ["sandbox", "alpha"]
REASONS = [
    "country.not_served",
    "address.differs",
    "address.changed_recently",
    "customer.minor",
    "customer.company_only",
    "customer.consumer_only",
    "account.overdue",
    "history.declined",
    "velocity.orders",
    "channel.not_served",
    "goods.excluded",
    "delivery.method",
    "risk.class",
    "general",
]

# Small numbers, so that facts and thresholds meet; each fact's own range is kept.
INTEGERS = {
    "customer.age": (15, 21),
    "customer.tenure_days": (0, 400),
    "history.address_age_days": (0, 40),
    "account.overdue_days_max": (0, 40),
    "history.dunning_level_max": (0, 4),
    "risk.points": (-10, 120),
}
INTEGER_RANGE = (0, 6)


class Vocabulary:
    """The amounts, dates and whole numbers that one policy uses."""

    def __init__(self, rng):
        self.rng = rng
        self.currency = rng.choices(["EUR", "CHF", "PLN", "JPY", "KWD", "CLF"], [12, 2, 1, 2, 2, 1])[0]
        self.market = rng.choices(["DE", "AT", "CH", "NL", "FR"], [12, 2, 1, 1, 1])[0]
        # A tiny scale makes rounding and one-unit edges bite; the usual one is that of shops.
        self.tiny = rng.random() < 0.2
        drawn = {self._amount() for _ in range(rng.randint(5, 12))}
        # Nothing at all and the smallest amount, which a changed total may come to, and the largest that there is.
        edges = {rng.choice([0, 1]) for _ in range(rng.random() < 0.25)} | {LARGEST for _ in range(rng.random() < 0.05)}
        self.amounts = sorted(drawn | edges)
        self.day = date(rng.randint(*YEARS), 1, 1) + timedelta(days=rng.randrange(365))
        self.dates = [self.day + timedelta(days=rng.randint(-400, 40)) for _ in range(rng.randint(3, 8))]
        self.numbers = {}

    def _amount(self):
        if self.tiny:
            return self.rng.randint(0, 60)
        whole = self.rng.choice([5, 10, 20, 25, 40, 50, 75, 100, 150, 200, 250, 300, 400, 500, 800, 1000, 2500])
        cents = self.rng.choice([0, 0, 0, 1, 10 ** digits(self.currency) - 1])
        return min(whole * 10 ** digits(self.currency) + cents, LARGEST)

    def amount(self):
        return self.rng.choice(self.amounts)

    def amount_text(self, minor=None):
        return format_amount(self.amount() if minor is None else minor, self.currency)

    def integer(self, name):
        """A threshold for an integer fact, remembered so that facts can be put on either side of it."""
        drawn = self.rng.randint(*INTEGERS.get(name, INTEGER_RANGE))
        self.numbers.setdefault(name, []).append(drawn)
        return drawn

    def literal(self, fact):
        """A literal of the fact's type as policies write it."""
        if fact.type == "boolean":
            return self.rng.random() < 0.5
        if fact.type == "integer":
            return self.integer(fact.name)
        if fact.type == "amount":
            return self.amount_text()
        if fact.type == "date":
            return self.rng.choice(self.dates).isoformat()
        if fact.type == "choice":
            return self.rng.choice(fact.choices)
        if fact.type == "country":
            return self.rng.choice(COUNTRIES)
        if fact.name == "shop.providers":
            return self.rng.choice(PROVIDERS)
        if fact.name == "customer.confirmed":
            return self.rng.choice(STEPS)
        return self.rng.choice(WORDS)
