"""Public holidays of Germany, Austria and the Netherlands, and the day on which something due then is to be performed.

The rules hold from 1995 on, when the Day of Repentance and Prayer was abolished everywhere but in Saxony. Only what
is a holiday in the whole of a state is one here: the Assumption in Catholic communes of Bavaria, Corpus Christi in
some communes of Saxony and Thuringia and the Peace Festival of Augsburg are not.
The source of each rule is the holiday law of the state, in Austria the Feiertagsruhegesetz 1957 and the European
Convention on the Calculation of Time-Limits, in the Netherlands Article 3 of the Algemene termijnenwet; all of it agrees with the tables of
tests/corpus/calendar.
"""

from datetime import date, timedelta
from functools import lru_cache

STATES = frozenset("BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH".split())

ANY_STATE = "any state"
NATIONWIDE = "nationwide"

# Countries with the same holidays everywhere: those on the same day of every year, and those so many days after Easter.
_SAME_EVERYWHERE = {
    "AT": ("01-01 01-06 05-01 08-15 10-26 11-01 12-08 12-25 12-26", (-2, 1, 39, 50, 60)),
    "NL": ("01-01 05-05 12-25 12-26", (-2, 1, 39, 50)),
}

_EPIPHANY = {"BW", "BY", "ST"}
_CORPUS_CHRISTI = {"BW", "BY", "HE", "NW", "RP", "SL"}
_ALL_SAINTS = {"BW", "BY", "NW", "RP", "SL"}
_REFORMATION = {"BB", "MV", "SN", "ST", "TH"}
_REFORMATION_SINCE_2018 = {"HB", "HH", "NI", "SH"}

# Berlin alone: 75 and 80 years after the end of the war, 75 years after the rising of 17 June 1953.
_BERLIN_ONCE = {date(2020, 5, 8), date(2025, 5, 8), date(2028, 6, 17)}


def easter_sunday(year):
    """Easter of the Gregorian calendar (the anonymous computus, as in Meeus, Astronomical Algorithms, ch. 8)."""
    a = year % 19
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * j) // 433
    month = (h + j - 7 * m + 90) // 25
    day = (h + j - 7 * m + 33 * month + 19) % 32
    return date(year, month, day)


def repentance_day(year):
    """The Wednesday before 23 November (eleven days before the first Sunday in Advent)."""
    day = date(year, 11, 22)
    while day.weekday() != 2:
        day -= timedelta(days=1)
    return day


@lru_cache(maxsize=None)
def holidays(year, where):
    """The holidays of a year in Austria, the Netherlands or a German state, in `ANY_STATE`, or those that are `NATIONWIDE`."""
    if where in _SAME_EVERYWHERE:
        return _of_country(year, where)
    if where == ANY_STATE:
        return frozenset().union(*(holidays(year, state) for state in STATES))
    if where == NATIONWIDE:
        return _nationwide(year)
    return _nationwide(year) | _of_state(year, where)


def _nationwide(year):
    easter = easter_sunday(year)
    days = {
        date(year, 1, 1),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        date(year, 5, 1),
        easter + timedelta(days=39),
        easter + timedelta(days=50),
        date(year, 10, 3),
        date(year, 12, 25),
        date(year, 12, 26),
    }
    if year == 2017:  # 500 years after Luther's theses
        days.add(date(2017, 10, 31))
    return frozenset(days)


def _of_country(year, country):
    fixed, from_easter = _SAME_EVERYWHERE[country]
    days = {date.fromisoformat(f"{year}-{day}") for day in fixed.split()}
    days |= {easter_sunday(year) + timedelta(days=step) for step in from_easter}
    if country == "NL":
        days.add(_royal_birthday(year))
    return frozenset(days)


def _royal_birthday(year):
    """When it is celebrated: 27 April since there is a King, 30 April before, and on the Saturday where that is a Sunday."""
    day = date(year, 4, 27 if year >= 2014 else 30)
    return day - timedelta(days=1) if day.weekday() == 6 else day


def _of_state(year, state):
    easter = easter_sunday(year)
    days = set()
    if state in _EPIPHANY:
        days.add(date(year, 1, 6))
    if (state == "BE" and year >= 2019) or (state == "MV" and year >= 2023):
        days.add(date(year, 3, 8))
    if state == "BB":
        days |= {easter, easter + timedelta(days=49)}
    if state in _CORPUS_CHRISTI:
        days.add(easter + timedelta(days=60))
    if state == "SL":
        days.add(date(year, 8, 15))
    if state == "TH" and year >= 2019:
        days.add(date(year, 9, 20))
    if state in _REFORMATION or (state in _REFORMATION_SINCE_2018 and year >= 2018):
        days.add(date(year, 10, 31))
    if state in _ALL_SAINTS:
        days.add(date(year, 11, 1))
    if state == "SN":
        days.add(repentance_day(year))
    if state == "BE":
        days |= {day for day in _BERLIN_ONCE if day.year == year}
    return frozenset(days)


def place_of_performance(market, country, region):
    """Whose holidays count for a debt; `None` where no calendar is known and only weekends count."""
    if market in _SAME_EVERYWHERE:
        return market
    if market != "DE":
        return None
    if region is not None:
        return region
    if country is not None and country != "DE":
        return NATIONWIDE
    return ANY_STATE


def next_working_day(day, where):
    """The day itself, or the next that is no Saturday, Sunday or holiday."""
    while day.weekday() >= 5 or (where is not None and day in holidays(day.year, where)):
        day += timedelta(days=1)
    return day
