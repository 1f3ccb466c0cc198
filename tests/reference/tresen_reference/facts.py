"""Facts as the wire has them, as Python values, and the facts derived from them.

Known facts are a dict from name to bool, int (integers and amounts in minor units), date, str or frozenset (texts).
A missing fact is not in it.
"""

from datetime import date, timedelta

from .catalogue import LARGEST

LIST_MAXIMUM = 64
LISTS_MAXIMUM = 512
FIRST_YEAR, LAST_YEAR = 1900, 2199

# 130 years: nobody who orders is older.
LIFETIME = timedelta(days=47_482)

# Each of these is the cart total and an amount that counts as 0 when it is missing.
TOTAL_PLUS = {
    "cart.total": None,
    "account.exposure_after": "account.open_balance",
    "history.amount_7_days_after": "history.amount_7_days",
}


class FactError(ValueError):
    """A fact that nobody may give, or with a value that it cannot have."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = f"fact.{code}"


def read_facts(document, policy, today):
    """The given facts, checked against the catalogue, the policy's own facts and the day; stops at the first mistake."""
    known = {}
    for name, value in document.items():
        fact = policy.facts.get(name)
        if fact is None:
            raise FactError("unknown", f"`{name}` is no fact of this policy")
        if fact.visibility == "derived":
            raise FactError("derived", f"`{name}` is derived, it cannot be given")
        known[name] = _READERS[fact.type](fact, value, policy.currency)
    if sum(len(value) for value in document.values() if isinstance(value, list)) > LISTS_MAXIMUM:
        raise FactError("list_too_long", f"all lists together have more than {LISTS_MAXIMUM} texts")
    birth = known.get("customer.birth_date", today)
    if not today - LIFETIME <= birth <= today:
        raise FactError("range", f"nobody who orders on {today} was born on {birth}")
    return known


def _boolean(fact, value, _currency):
    if not isinstance(value, bool):
        raise FactError("type", f"`{fact.name}` is true or false, not `{value}`")
    return value


def _integer(fact, value, _currency):
    if isinstance(value, bool) or not isinstance(value, int):
        raise FactError("type", f"`{fact.name}` is a whole number, not `{value}`")
    if not fact.minimum <= value <= fact.maximum:
        raise FactError("range", f"`{fact.name}` lies between {fact.minimum} and {fact.maximum}, so it is not `{value}`")
    return value


def _amount(fact, value, currency):
    if not isinstance(value, dict) or set(value) != {"minor", "currency"}:
        raise FactError("type", f"`{fact.name}` is an amount, not `{value}`")
    if value["currency"] != currency:
        raise FactError("currency", f"`{fact.name}` is in {currency}, not in `{value['currency']}`")
    if isinstance(value["minor"], float):
        raise FactError("precision", f"`{fact.name}` is in whole minor units, not `{value['minor']}`")
    return _integer(fact, value["minor"], currency)


def _date(fact, value, _currency):
    if not isinstance(value, str):
        raise FactError("type", f"`{fact.name}` is a date, not `{value}`")
    try:
        read = date.fromisoformat(value)
    except ValueError:
        raise FactError("date_malformed", f"`{fact.name}` is a date, not `{value}`") from None
    if read.isoformat() != value:  # Python also takes 20260101 and 2026-W01-1
        raise FactError("date_malformed", f"`{fact.name}` is a date as in 2026-11-21, not `{value}`")
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise FactError("range", f"`{fact.name}` lies between {FIRST_YEAR} and {LAST_YEAR}, so it is not `{value}`")
    return read


def _choice(fact, value, _currency):
    if not isinstance(value, str):
        raise FactError("type", f"`{fact.name}` is a text, not `{value}`")
    if value not in fact.choices:
        raise FactError("choice_unknown", f"`{fact.name}` is none of {', '.join(fact.choices)}: `{value}`")
    return value


def _country(fact, value, _currency):
    if not isinstance(value, str):
        raise FactError("type", f"`{fact.name}` is a text, not `{value}`")
    if not (len(value) == 2 and value.isascii() and value.isalpha() and value.isupper()):
        raise FactError("country_malformed", f"`{fact.name}` is a country as in DE, not `{value}`")
    return value


def _text(fact, value, _currency):
    if not isinstance(value, str):
        raise FactError("type", f"`{fact.name}` is a text, not `{value}`")
    return value


def _texts(fact, value, currency):
    if not isinstance(value, list):
        raise FactError("type", f"`{fact.name}` is a list of texts, not `{value}`")
    if len(value) > LIST_MAXIMUM:
        raise FactError("list_too_long", f"`{fact.name}` has more than {LIST_MAXIMUM} texts")
    return frozenset(_text(fact, item, currency) for item in value)


_READERS = {
    "boolean": _boolean,
    "integer": _integer,
    "amount": _amount,
    "date": _date,
    "choice": _choice,
    "country": _country,
    "text": _text,
    "texts": _texts,
}


def derive(given, today):
    """The given facts and those that follow from them and the date, in a new dict."""
    known = dict(given)
    birth = given.get("customer.birth_date")
    if birth is not None and birth <= today:
        before_birthday = (today.month, today.day) < (birth.month, birth.day)
        known["customer.age"] = today.year - birth.year - before_birthday
    _days_since(known, "customer.tenure_days", given.get("customer.since"), today)
    _days_since(known, "history.address_age_days", given.get("history.address_changed_on"), today)
    if "cart.total" in known:
        set_total(known, known["cart.total"])
    return known


def _days_since(known, name, day, today):
    if day is not None and day <= today:
        known[name] = (today - day).days


def set_total(known, total):
    """Puts a cart total and what is derived from it into facts that are otherwise derived already."""
    assert 0 <= total <= LARGEST
    for name, addend in TOTAL_PLUS.items():
        known[name] = total + (known.get(addend, 0) if addend else 0)
