"""Amounts: whole minor units of one currency, written as decimal text in policies."""

import re
from decimal import Decimal

# ISO 4217 list one of 2026-01-01: the currencies whose minor unit is not a hundredth.
_DIGITS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}

MILLION = 1_000_000

_AMOUNT = re.compile(r"(\d+)(?:\.(\d+))? ([A-Z]{3})\Z", re.ASCII)
_RATE = re.compile(r"\d+(?:\.\d{1,6})?\Z", re.ASCII)


def digits(currency):
    return _DIGITS.get(currency, 2)


def parse_amount(text, currency):
    """`"12.50 EUR"` as 1250; the text must name the policy's currency and have no more digits than it."""
    match = _AMOUNT.match(text)
    if not match:
        raise ValueError(f"`{text}` is not an amount")
    whole, fraction, written = match.group(1), match.group(2) or "", match.group(3)
    if written != currency:
        raise ValueError(f"`{text}` is not in {currency}")
    if len(fraction) > digits(currency):
        raise ValueError(f"`{text}` has more digits than {currency}")
    return int(whole + fraction.ljust(digits(currency), "0"))


def format_amount(minor, currency):
    """1250 as `"12.50 EUR"`, the way policies write it."""
    places = digits(currency)
    if places == 0:
        return f"{minor} {currency}"
    return f"{minor // 10**places}.{minor % 10**places:0{places}d} {currency}"


def parse_rate(text):
    """`"0.015"` as 15000 millionths; from 0 to 1, at most six decimals."""
    if not _RATE.match(text):
        raise ValueError(f"`{text}` is not a rate")
    millionths = int(Decimal(text) * MILLION)
    if millionths > MILLION:
        raise ValueError(f"`{text}` is more than 1")
    return millionths


def share(minor, millionths):
    """A share of an amount, rounded half up to a whole minor unit."""
    return (minor * millionths + MILLION // 2) // MILLION
