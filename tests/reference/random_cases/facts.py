"""Random facts for a random policy: on its thresholds, one unit beside them, missing, and unheard of."""

from datetime import date, timedelta
from functools import lru_cache

from tresen_reference.calendar import ANY_STATE, easter_sunday, holidays, place_of_performance
from tresen_reference.catalogue import LARGEST
from tresen_reference.facts import FIRST_YEAR, LIFETIME, LIST_MAXIMUM, LISTS_MAXIMUM
from tresen_reference.policy import STEPS

from .vocabulary import COUNTRIES, INTEGER_RANGE, PROVIDERS, UNKNOWN_WORDS, WORDS, YEARS

_DAY = timedelta(days=1)

# Dates whose distance to today a derived fact measures in days.
_MEASURED_IN_DAYS = {
    "customer.since": "customer.tenure_days",
    "history.address_changed_on": "history.address_age_days",
}

_BEHIND = {
    "customer.birth_date": "customer.age",
    "history.amount_7_days": "history.amount_7_days_after",
    **_MEASURED_IN_DAYS,
}
_ALWAYS = {"cart.total", "shop.providers", "billing.region", "order.expected_delivery", "account.open_balance"}


@lru_cache(maxsize=None)
def _holidays(year, market):
    return sorted(holidays(year, place_of_performance(market, None, None) or ANY_STATE))


class FactsMaker:
    """Makes days and facts for one policy."""

    def __init__(self, maker):
        self.rng = maker.rng
        self.document = maker.document
        self.vocabulary = maker.vocabulary
        self.facts = [fact for fact in maker.facts.values() if fact.visibility != "derived"]
        written = str(maker.document)
        mentioned = {fact.name for fact in maker.facts.values() if f"'{fact.name}'" in written}
        self.mattering = mentioned | _ALWAYS | {name for name, derived in _BEHIND.items() if derived in mentioned}
        self.days = self._days_of_interest()
        self.terms = [method["term"]["days"] for method in maker.document["methods"] if "term" in method]

    def _days_of_interest(self):
        valid = [date.fromisoformat(day) for day in self.document.get("valid", {}).values()]
        edges = valid + [self.rng.choice(self.vocabulary.dates)]
        year = self.vocabulary.day.year
        leap = date(year + -year % 4, 2, 29)
        easter = easter_sunday(year)
        special = [leap, date(year, 2, 28), date(year, 3, 1), date(year, 12, 24), date(year, 12, 31)]
        special += [easter - timedelta(days=16), date(year, 9, 19), date(year, 10, 17), date(year, 10, 2)]
        return [day + step for day in edges + special for step in (-_DAY, timedelta(0), _DAY)]

    def today(self):
        draw = self.rng.random()
        if draw < 0.5:
            return self.vocabulary.day + timedelta(days=self.rng.randint(-30, 30))
        if draw < 0.7:
            return self._term_before_holiday()
        return self.rng.choice(self.days)

    def _term_before_holiday(self):
        """A day from which some term ends on a holiday of the market, of some state where it has several, in any year that policies stand in."""
        holiday = self.rng.choice(_holidays(self.rng.randint(*YEARS), self.vocabulary.market))
        return holiday - timedelta(days=self.rng.choice(self.terms or [0]) + self.rng.choice([0, 0, 1, 2]))

    def question(self):
        """A day and facts."""
        today = self.today()
        return today, self.make(today)

    def make(self, today):
        present = self.rng.choice([0.5, 0.85, 0.95, 1])
        made = {}
        for fact in self.facts:
            share = present if fact.name in self.mattering else 0.15
            if fact.name == "cart.total":
                share = 0.95
            if self.rng.random() < share:
                made[fact.name] = self._value(fact, today, made)
        return made

    def _value(self, fact, today, made):
        if fact.type == "boolean":
            return self.rng.random() < 0.5
        if fact.type == "integer":
            return self._integer(fact)
        if fact.type == "amount":
            return {"minor": self._amount(fact.name, made), "currency": self.vocabulary.currency}
        if fact.type == "date":
            return self._date(fact.name, today).isoformat()
        if fact.type == "choice":
            return self.rng.choice(fact.choices)
        if fact.type == "country":
            return self.rng.choice(COUNTRIES)
        if fact.name == "shop.providers":
            return self.rng.sample(PROVIDERS, self.rng.choice([0, 1, 2, 2, 2, 2, 2]))
        if fact.name == "customer.confirmed":
            return self.rng.sample(STEPS, self.rng.choice([0, 0, 0, 1, 1, 2, 4]))
        if fact.type == "text":
            return self._word()
        room = LISTS_MAXIMUM - sum(len(value) for value in made.values() if isinstance(value, list))
        return [self._word() for _ in range(min(room, self.rng.choice([0, 1, 1, 2, 4, LIST_MAXIMUM])))]

    def _word(self):
        return self.rng.choice(WORDS if self.rng.random() < 0.8 else UNKNOWN_WORDS)

    def _integer(self, fact):
        thresholds = self.vocabulary.numbers.get(fact.name)
        if thresholds and self.rng.random() < 0.7:
            drawn = self.rng.choice(thresholds) + self.rng.randint(-1, 1)
        else:
            drawn = self.rng.randint(*INTEGER_RANGE)
        return min(max(drawn, fact.minimum), fact.maximum)

    def _amount(self, name, made):
        draw = self.rng.random()
        if draw < 0.01 and not self.vocabulary.tiny:
            return self.rng.choice([LARGEST, LARGEST - 1])
        if draw < 0.05:
            return self.rng.choice([0, 0, 1])
        drawn = self.vocabulary.amount() + self.rng.choice([-1, 0, 0, 1])
        if name == "account.overdue_balance" and "account.open_balance" in made and self.rng.random() < 0.6:
            drawn = made["account.open_balance"]["minor"] // self.rng.choice([1, 2, 3])
        elif name.startswith(("account.", "history.amount")) and self.rng.random() < 0.7:
            drawn //= self.rng.choice([2, 3, 10, 50])
        elif name == "cart.total" and self.rng.random() < 0.4:
            drawn //= self.rng.choice([2, 3])
        elif self.rng.random() < 0.2:
            drawn = self.rng.randint(0, 2 * max(self.vocabulary.amounts) + 10)
        return min(max(0, drawn), LARGEST)

    def _date(self, name, today):
        if name == "customer.birth_date":
            return self._birth_date(today)
        if name in _MEASURED_IN_DAYS and self.rng.random() < 0.8:
            thresholds = self.vocabulary.numbers.get(_MEASURED_IN_DAYS[name], []) + [0]
            return today - timedelta(days=self.rng.choice(thresholds) + self.rng.choice([-1, 0, 0, 1]))
        if name == "order.expected_delivery":
            return self._term_before_holiday() if self.rng.random() < 0.2 else today + _DAY * self.rng.randint(-1, 12)
        return self.rng.choice(self.vocabulary.dates) + timedelta(days=self.rng.choice([-1, 0, 0, 1]))

    def _birth_date(self, today):
        if self.rng.random() < 0.05:
            return self.rng.choice([today, today - _DAY, max(today - LIFETIME, date(FIRST_YEAR, 1, 1))])
        years = self.rng.choice(self.vocabulary.numbers.get("customer.age", [18, 40]))
        if self.rng.random() < 0.1:
            year = today.year - years
            return min(date(year - year % 4, 2, 29), today)
        month, day = today.month, min(today.day, 28)
        return min(date(today.year - years, month, day) + timedelta(days=self.rng.randint(-1, 2)), today)
