"""The values that a policy writes down, read as its facts have them."""

from datetime import date

from .money import parse_amount


def literal(fact, document, policy):
    """The literal of a fact's type; a `ValueError` if it is none."""
    kind = fact.type
    if kind == "boolean" and isinstance(document, bool):
        return document
    if kind == "integer" and isinstance(document, int) and not isinstance(document, bool):
        return document
    if kind == "amount":
        return parse_amount(document, policy.currency)
    if kind == "date":
        return date.fromisoformat(document)
    if kind == "choice" and document in fact.choices:
        return document
    if kind in ("country", "text", "texts") and isinstance(document, str):
        return document
    raise ValueError(f"`{document}` is no value of `{fact.name}`")
