"""Mistakes that somebody could make, sown into a copy of the reference one at a time: the random cases must catch each.

(file, what it says, what it says with the mistake), by section of the specification
"""

FACTS = [
    ("facts.py", "(today.month, today.day) < (birth.month", "(today.month, today.day) <= (birth.month"),
    ("facts.py", "(today.month, today.day) < (birth.month, birth.day)", "today.month < birth.month"),
    ("facts.py", "day <= today", "day < today"),
    ("facts.py", "known[name] = (today - day).days", "known[name] = (today - day).days + 1"),
    ("facts.py", "known.get(addend, 0) if addend else 0)", "0)"),
    ("facts.py", '"history.amount_7_days_after": "history.amount_7_days"', '"history.amount_7_days_after": "account.open_balance"'),
]

CONDITIONS = [
    ("conditions.py", '"lessThan": lt', '"lessThan": le'),
    ("conditions.py", '"lessThanInclusive": le', '"lessThanInclusive": lt'),
    ("conditions.py", '"greaterThan": gt', '"greaterThan": ge'),
    ("conditions.py", '"greaterThanInclusive": ge', '"greaterThanInclusive": gt'),
    ("conditions.py", "return None if one is None else not one", "return not one"),
    ("conditions.py", "            if one is False:\n                return False\n", ""),
    ("conditions.py", "            if one is True:\n                return True\n", ""),
    ("conditions.py", "        answer = True\n", "        answer = None if parts == [] else True\n"),
    ("conditions.py", "return compare(known[name], wanted) if name in known else None", "return name in known and compare(known[name], wanted)"),
    ("conditions.py", "(known[name] in members) == inside if name in known else None", "(known.get(name) in members) == inside"),
    ("conditions.py", "(wanted in known[name]) == holds if name in known else None", "(wanted in known.get(name, ())) == holds"),
    ("conditions.py", "            return None\n        return compare", "            return False\n        return compare"),
    ("conditions.py", "compare(known[left], known[right])", "compare(known[right], known[left])"),
    ("conditions.py", 'present = operator == "isPresent"', 'present = operator == "isMissing"'),
    ("conditions.py", "return self.value(known) is True", "return self.value(known) is not False"),
]

SCORE = [
    ("score.py", "policy.returning.holds(known)", "policy.returning.value(known) is not False"),
    ("score.py", 'known["risk.points"] >= entry.from_points', 'known["risk.points"] > entry.from_points'),
    ("score.py", "return attribute.missing", "return attribute.other"),
    ("score.py", "attributes and all(", "attributes and any("),
    ("score.py", "if attributes and all(", "if all("),
    ("score.py", "from bisect import bisect_right", "from bisect import bisect_left as bisect_right"),
    ("score.py", "rank = max(rank, cap.value)", "rank = cap.value"),
    ("score.py", "attribute.fact not in known for", "False for"),
    ("score.py", "policy.class_ids.index(policy.unknown_class)", "len(policy.class_ids) - 1"),
]

EXPOSURE = [
    ("situation.py", "if start <= value:", "if start < value:"),
    ("situation.py", "maximum = ladder[0][1]", "maximum = 0"),
    ("situation.py", "if value is not None:\n        for", "if value is None:\n        return 0\n    else:\n        for"),
    ("situation.py", "otherwise=0", "otherwise=None"),
    ("situation.py", "min(limits, default=None)", "max(limits, default=None)"),
    ("situation.py", "max(0, self.exposure_limit - known", "abs(self.exposure_limit - known"),
]

METHODS = [
    ("policy.py", "self.kind in CREDIT_KINDS", 'self.kind in CREDIT_KINDS - {"sepa_debit"}'),
    ("policy.py", 'ACCOUNT_KINDS = frozenset({"invoice", "pay_later", "instalments"})', "ACCOUNT_KINDS = CREDIT_KINDS"),
    ("methods.py", "today < policy.valid_from", "today <= policy.valid_from"),
    ("methods.py", "today > policy.valid_until", "today >= policy.valid_until"),
    ("methods.py", 'get("shop.providers", ())', 'get("shop.providers", (method.provider,))'),
    ("methods.py", "or method.minimum is not None or method", "or method"),
    ("methods.py", "total < method.minimum", "total <= method.minimum"),
    ("methods.py", "total > method_limit(method, known)", "total >= method_limit(method, known)"),
    ("methods.py", "total + fee(method, total) > situation", "total > situation"),
    ("methods.py", "if total + fee(method, total) > situation", "if total + fee(method, total) >= situation"),
    ("methods.py", "method.condition is not None and not method.condition.holds(known)", "method.condition and method.condition.value(known) is False"),
    ("methods.py", "    if method.bears_credit_risk:\n        limits", "    if situation.policy:\n        limits"),
    ("methods.py", "if field not in known", "if not known.get(field)"),
    ("money.py", "minor * millionths + MILLION // 2", "minor * millionths"),
    ("money.py", "minor * millionths + MILLION // 2", "minor * millionths + MILLION // 2 - 1"),
    ("money.py", "minor * millionths + MILLION // 2", "minor * millionths + MILLION - 1"),
    ("decide.py", 'fee(method, known.get("cart.total", 0))', 'fee(method, known.get("cart.total", 0)) * ("cart.total" in known)'),
    ("decide.py", "if method.id not in first", "if True"),
    ("decide.py", "missing_fields(method, known) if not why else []", "missing_fields(method, known)"),
]

DUE_DATES = [
    ("calendar.py", "day.weekday() >= 5", "day.weekday() >= 6"),
    ("calendar.py", "while day.weekday() >= 5 or", "if day.weekday() >= 5 or"),
    ("calendar.py", "return ANY_STATE", "return NATIONWIDE"),
    ("calendar.py", "        return NATIONWIDE\n    return ANY_STATE", "        return ANY_STATE\n    return ANY_STATE"),
    ("calendar.py", 'if market != "DE":', 'if market not in ("DE", "CH"):'),
    ("calendar.py", "if market in _SAME_EVERYWHERE:", 'if market == "NL":'),
    ("calendar.py", "if market in _SAME_EVERYWHERE:", 'if market == "AT":'),
    ("calendar.py", "_ALL_SAINTS = {", '_ALL_SAINTS = {"BE", '),
    ("calendar.py", "easter - timedelta(days=2),", "easter - timedelta(days=3),"),
    ("calendar.py", "easter + timedelta(days=60)", "easter + timedelta(days=59)"),
    ("calendar.py", "date(year, 11, 22)", "date(year, 11, 29)"),
    ("methods.py", 'base = situation.known.get("order.expected_delivery")', 'base = situation.known.get("order.expected_delivery", base)'),
    ("methods.py", 'timedelta(days=method.term["days"])', 'timedelta(days=method.term["days"] - 1)'),
]

CHANGE = [
    ("change.py", "present - below <= above - present", "present - below < above - present"),
    ("change.py", 'max(0, given["account.open_balance"] - given["account.overdue_balance"])', 'given["account.open_balance"]'),
    ("change.py", "max(0, given", "abs(given"),
    ("change.py", '"account.overdue_count", "account.overdue_days_max"):\n            if', '"account.overdue_count"):\n            if'),
    ("change.py", '            changed["shipping.country"] = given["billing.country"]\n', "            pass\n"),
    ("change.py", 'given.get("shipping.same_as_billing") is False', 'given.get("shipping.same_as_billing") is not True'),
    ("change.py", 'given.get("account.overdue_balance", 0) > 0', 'given.get("account.overdue_balance", -1) >= 0'),
    ("change.py", "entry.value + 1 for", "entry.value for"),
    ("change.py", "if 1 <= start <= LARGEST", "if 2 <= start <= LARGEST"),
    ("change.py", "if 1 <= start <= LARGEST", "if 0 <= start <= LARGEST"),
    ("change.py", "distance < best[method_id][0]:", "distance <= best[method_id][0]:"),
    ("change.py", "if method_id not in best or distance < best[method_id][0]:", "if method_id not in best:"),
    ("change.py", "[()], [(SHIP,)] * ship + [(SETTLE,)] * settle, [", "[(), *[(SHIP,)] * ship, *[(SETTLE,)] * settle], ["),
    ("change.py", "while total + 1 + fee(method, total + 1) <= available:\n        total += 1\n", "while False:\n        pass\n"),
    ("change.py", "{max(0, maximum - balance)", "{max(0, maximum)"),
]

MISTAKES = FACTS + CONDITIONS + SCORE + EXPOSURE + METHODS + DUE_DATES + CHANGE
