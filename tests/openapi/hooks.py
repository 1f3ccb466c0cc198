"""What schemathesis cannot know of requests that are meant to be valid.

Every other one asks for something that exists, with a cart whose lines sum to its total. And whole numbers are written without a point: JSON Schema calls 994.0 an
integer and has no way to say otherwise, while the interface refuses it, as one who writes 994.0 has reckoned with floats.
"""

import json
import os
from itertools import count

import schemathesis
from schemathesis.engine import observations
from schemathesis.generation.meta import TestPhase

#: Ids by the name of the parameter that asks for one.
POOL = json.loads(os.environ["TRESEN_POOL"])
_calls = count()


_path_of = observations._same_origin_path


def _path_or_none(value, origin):
    """The tool reads every text of an answer as an address, and falls over one that begins like one and is none, such as `http://[`."""
    try:
        return _path_of(value, origin)
    except ValueError:
        return None


observations._same_origin_path = _path_or_none


@schemathesis.serializer("message/rfc822")
def mail(context, value):
    """A mail is the bytes that it is; what is generated to be none is still sent as it would be written."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@schemathesis.hook
def before_call(context, case, **kwargs):
    if case.meta is None or case.meta.generation.mode.is_negative:
        return
    case.body = _without_points(case.body)
    number = next(_calls)
    # Of these only few requests can succeed at all: each of them is about something that exists.
    is_rare = case.path.endswith(("/chargeback", "/confirm"))
    if (number % 2 and not is_rare) or case.meta.phase.name == TestPhase.STATEFUL:
        # What a link leads to is there already.
        return
    for name in set(case.path_parameters or {}) & set(POOL):
        case.path_parameters[name] = POOL[name][number // 2 % len(POOL[name])]
    if case.path.endswith("/chargeback"):
        # What the checkout has begun has not come, and a bank takes none of it back.
        case.path_parameters["payment"] = POOL["received"][number // 2 % len(POOL["received"])]
    if case.path.endswith("/dispute"):
        # An objection ends once; whoever finds the same of it again is answered as before.
        case.path_parameters["receivable"] = POOL["disputed"][number // 2 % len(POOL["disputed"])]
    if "document" in set(case.path_parameters or {}):
        # A document is read by whom it was made for.
        case.path_parameters["access"] = POOL["reader"][number // 2 % len(POOL["reader"])]
    if case.path.endswith("/answer"):
        # The one that has begun in every session, and is answered here and not elsewhere.
        case.path_parameters["step"] = "email"
    if "step" in set(case.path_parameters or {}) and isinstance(case.body, dict):
        _say_what_the_step_asks(case)
    if isinstance(case.body, dict) and "session" in case.body:
        case.body["session"] = POOL["session"][number // 2 % len(POOL["session"])]
    if isinstance(case.body, dict) and "cart" in case.body:
        _sum_up(case.body)
    if isinstance(case.body, dict):
        _name_what_exists(case, number)
    if case.path.endswith("/promise") and isinstance(case.body, dict):
        # The same day with every attempt: another one is refused while that is waited for.
        case.body["date"] = POOL["today"][0]


def _name_what_exists(case, number):
    """Whom a payment is from and what it is for; of which payment how much goes back; and little enough that there is something left for the next call."""

    def one(name):
        return POOL[name][number // 2 % len(POOL[name])]

    body = case.body
    if isinstance(body.get("customer"), str):
        body["customer"] = one("reference")
    if body.get("designated"):
        body["designated"] = [one("receivable")]
    if "payment" in body:
        body["payment"] = one("received")
    if set(case.path_parameters or {}) & {"receivable", "payment"} or "payment" in body:
        if "amount" in body or case.path.endswith(("/waive", "/write-off")):
            body["amount"] = {"minor": 1, "currency": "EUR"}
        if "until" in body or body.get("state") == "opened":
            body["until"] = "2099-12-31"
        if "what" in body:
            body["what"] = "debt"


#: What belongs to a step when it begins, and how it is answered.
_SAID = {
    "birth_date": {"birth_date": "1984-05-06"},
    "phone": {"phone": "+4915112345678"},
    "address": {
        "address": {"street": "Musterweg", "house_number": "1", "postal_code": "24103", "city": "Kiel", "country": "DE"}
    },
}
_ANSWERED = {"email": {"code": "123456"}, "phone": {"code": "123456"}, "address": {"accept": True}}


def _say_what_the_step_asks(case):
    """Most bodies that are valid by themselves belong to another step than the one in the path."""
    said = _ANSWERED if case.path.endswith("/answer") else _SAID
    case.body = dict(said.get(case.path_parameters["step"], {}))


def _sum_up(order):
    cart = order["cart"]
    amounts = [line["amount"] for line in cart["lines"]] + [cart["total"], order["amount"]]
    for amount in amounts:
        amount.update(currency="EUR", minor=abs(amount["minor"]) % 100_000)
    cart["total"]["minor"] = sum(line["amount"]["minor"] for line in cart["lines"])
    order["amount"]["minor"] = cart["total"]["minor"]
    order["facts"] = {name: value for name, value in order.get("facts", {}).items() if name != "cart.total"}


def _without_points(value):
    if isinstance(value, dict):
        return {key: _without_points(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_without_points(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
