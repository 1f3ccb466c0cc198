"""Holidays, working days and birthdays."""

import json
import unittest
from datetime import date
from pathlib import Path

from tresen_reference.calendar import (
    ANY_STATE,
    NATIONWIDE,
    STATES,
    easter_sunday,
    holidays,
    next_working_day,
    place_of_performance,
)
from tresen_reference.facts import derive

def vectors(country):
    return json.loads(Path(__file__).parent.parent.joinpath(f"corpus/calendar/{country}_holidays.json").read_text())


VECTORS = vectors("de")


def day(text):
    return date.fromisoformat(text)


class Holidays(unittest.TestCase):
    def test_every_state_and_year_of_the_vectors(self):
        for year, of_year in VECTORS["years"].items():
            nationwide = set(map(day, of_year["nationwide"]))
            self.assertEqual(holidays(int(year), NATIONWIDE), nationwide)
            for state in STATES:
                expected = nationwide | set(map(day, of_year["states"].get(state, [])))
                self.assertEqual(holidays(int(year), state), expected, f"{state} {year}")

    def test_every_year_of_the_countries_that_are_one(self):
        for country in ("at", "nl"):
            for year, of_year in vectors(country)["years"].items():
                self.assertEqual(holidays(int(year), country.upper()), set(map(day, of_year["nationwide"])), f"{country} {year}")

    def test_easter_at_its_earliest_and_latest(self):
        self.assertEqual(easter_sunday(2285), date(2285, 3, 22))
        self.assertEqual(easter_sunday(2038), date(2038, 4, 25))
        self.assertEqual(easter_sunday(2027), date(2027, 3, 28))

    def test_holidays_begin_in_their_first_year_and_not_before(self):
        firsts = [("BE", 2019, 3, 8), ("MV", 2023, 3, 8), ("TH", 2019, 9, 20)]
        firsts += [(state, 2018, 10, 31) for state in ("HB", "HH", "NI", "SH")]
        for state, year, month, number in firsts:
            before = year - 1 if (year, month) != (2018, 10) else 2016
            self.assertIn(date(year, month, number), holidays(year, state))
            self.assertNotIn(date(before, month, number), holidays(before, state))

    def test_reformation_day_2017_was_a_holiday_everywhere(self):
        self.assertIn(day("2017-10-31"), holidays(2017, NATIONWIDE))
        self.assertNotIn(day("2018-10-31"), holidays(2018, NATIONWIDE))

    def test_days_that_berlin_kept_once(self):
        for kept in map(day, ("2020-05-08", "2025-05-08", "2028-06-17")):
            self.assertIn(kept, holidays(kept.year, "BE"))
            self.assertNotIn(kept, holidays(kept.year, "BB"))
            self.assertNotIn(kept.replace(year=2026), holidays(2026, "BE"))

    def test_the_assumption_is_kept_in_all_of_saarland_but_not_of_bavaria(self):
        self.assertIn(day("2026-08-15"), holidays(2026, "SL"))
        self.assertNotIn(day("2026-08-15"), holidays(2026, "BY"))

    def test_repentance_day_is_the_wednesday_before_23_november(self):
        self.assertIn(day("2022-11-16"), holidays(2022, "SN"))
        self.assertIn(day("2028-11-22"), holidays(2028, "SN"))
        self.assertNotIn(day("2022-11-16"), holidays(2022, "ST"))


class WorkingDays(unittest.TestCase):
    def test_the_vectors(self):
        for row in VECTORS["shift"]:
            self.assertEqual(next_working_day(day(row["due"]), row["state"]), day(row["expected"]), row["why"])

    def test_the_vectors_of_the_countries_that_are_one(self):
        for country in ("at", "nl"):
            for row in vectors(country)["shift"]:
                self.assertEqual(next_working_day(day(row["due"]), country.upper()), day(row["expected"]), row["why"])

    def test_without_a_calendar_only_weekends_count(self):
        self.assertEqual(next_working_day(day("2026-12-25"), None), day("2026-12-25"))
        self.assertEqual(next_working_day(day("2026-10-03"), None), day("2026-10-05"))

    def test_christmas_eve_and_new_years_eve_are_working_days(self):
        self.assertEqual(next_working_day(day("2026-12-24"), "BY"), day("2026-12-24"))
        self.assertEqual(next_working_day(day("2026-12-31"), "BY"), day("2026-12-31"))

    def test_the_place_of_performance(self):
        self.assertEqual(place_of_performance("DE", "DE", "BY"), "BY")
        self.assertEqual(place_of_performance("DE", "DE", None), ANY_STATE)
        self.assertEqual(place_of_performance("DE", None, None), ANY_STATE)
        self.assertEqual(place_of_performance("DE", "AT", None), NATIONWIDE)
        self.assertEqual(place_of_performance("AT", "DE", "BY"), "AT")
        self.assertEqual(place_of_performance("NL", None, None), "NL")
        self.assertIsNone(place_of_performance("CH", "DE", "BY"))


class Ages(unittest.TestCase):
    def age(self, birth, today):
        return derive({"customer.birth_date": day(birth)}, day(today)).get("customer.age")

    def test_the_day_before_of_and_after_a_birthday(self):
        self.assertEqual(self.age("2008-11-21", "2026-11-20"), 17)
        self.assertEqual(self.age("2008-11-21", "2026-11-21"), 18)
        self.assertEqual(self.age("2008-11-21", "2026-11-22"), 18)

    def test_born_on_29_february(self):
        self.assertEqual(self.age("2008-02-29", "2026-02-28"), 17)
        self.assertEqual(self.age("2008-02-29", "2026-03-01"), 18)
        self.assertEqual(self.age("2008-02-29", "2028-02-28"), 19)
        self.assertEqual(self.age("2008-02-29", "2028-02-29"), 20)

    def test_on_29_february_of_those_born_the_day_before_and_after(self):
        self.assertEqual(self.age("2010-02-28", "2028-02-29"), 18)
        self.assertEqual(self.age("2010-03-01", "2028-02-29"), 17)

    def test_a_birth_date_after_today_gives_no_age(self):
        self.assertEqual(self.age("2026-11-21", "2026-11-21"), 0)
        self.assertIsNone(self.age("2026-11-22", "2026-11-21"))


if __name__ == "__main__":
    unittest.main()
