"""Takes out of a draft what no facts were seen to bring to bear, since `policy check` refuses what can never count.

What stays has a witness, facts with which it counted: so nothing that stays is unreachable, however it is looked for.
"""

from tresen_reference import Policy, read_facts
from tresen_reference.conditions import read_condition
from tresen_reference.facts import derive, set_total
from tresen_reference.methods import reasons, unchangeable_reasons
from tresen_reference.policy import CREDIT_KINDS, KINDS
from tresen_reference.score import class_by_score
from tresen_reference.situation import Situation

from .conditions import comparisons
from .facts import FactsMaker

SAMPLES = 150


def trim(maker):
    """Trims the document of a policy maker; the (day, facts) that served as witnesses."""
    document, facts = maker.document, FactsMaker(maker)
    asked = [facts.question() for _ in range(SAMPLES)]
    policy = Policy(document)
    samples = [(derive(read_facts(given, policy, today), today), today) for today, given in asked]
    _merge_value_classes(document, samples)
    _merge_classes(document, samples)
    _trim_exposure(document, _situations(document, samples))
    situations = _situations(document, samples)
    _trim_lists(document, situations)
    _open_methods(document, situations)
    _trim_rules(document, situations)
    return asked


def _situations(document, samples):
    policy = Policy(document)
    return [Situation(policy, dict(known), today) for known, today in samples]


def _applies(entry, known):
    return entry.condition is None or entry.condition.holds(known)


def _first(entries, known):
    """The place of the first entry that applies."""
    return next((place for place, entry in enumerate(entries) if _applies(entry, known)), None)


def _merge_value_classes(document, samples):
    while "value_classes" in document:
        entries = Policy(document).value_classes
        reached = {_first(entries, known) for known, _ in samples}
        nobody = [place for place in range(len(entries)) if place not in reached]
        if not nobody:
            return
        _merge(document, "value_classes", "value.class", nobody[0])


def _merge_classes(document, samples):
    """Merges the classes that conditions alone lead to; those by points are made so that there are points for each."""
    while "classes" in document and "scorecards" not in document:
        policy = Policy(document)
        reached = set()
        for situation in _situations(document, samples):
            reached.add(class_by_score(policy, situation.known))
            reached |= {cap.value for cap in policy.caps if cap.condition.holds(situation.known)}
        nobody = [place for place in range(len(policy.classes)) if place not in reached]
        if not nobody:
            return
        _merge(document, "classes", "risk.class", nobody[0])


def _merge(document, key, fact, place):
    """Gives up a class; what named it names its neighbour."""
    entries = document[key]
    gone = entries.pop(place)["id"]
    entries[-1].pop("when", None)
    neighbour = entries[min(place, len(entries) - 1)]["id"]
    for comparison in comparisons(document):
        if comparison["fact"] == fact and comparison.get("value") == gone:
            comparison["value"] = neighbour
        elif comparison["fact"] == fact and isinstance(comparison.get("value"), list):
            renamed = [neighbour if value == gone else value for value in comparison["value"]]
            comparison["value"] = list(dict.fromkeys(renamed))
    for rule in document["rules"]:
        if fact == "risk.class" and rule.get("class_at_best") == gone:
            rule["class_at_best"] = neighbour


def _keep_first(written, read, situations):
    """The entries of a list that were the first to apply for some facts."""
    counted = {_first(read, situation.known) for situation in situations}
    return [entry for place, entry in enumerate(written) if place in counted]


def _trim_exposure(document, situations):
    exposure = document.get("exposure", {})
    if "limits" in exposure:
        exposure["limits"] = _keep_first(exposure["limits"], situations[0].policy.exposure_limits, situations)
        if not exposure["limits"]:
            del exposure["limits"]
        if not exposure:
            del document["exposure"]


def _trim_lists(document, situations):
    policy = situations[0].policy
    if "order" in document:
        document["order"] = _keep_first(document["order"], policy.order, situations)
    for written, method in zip(document["methods"], policy.methods):
        if "limits" in written:
            written["limits"] = _keep_first(written["limits"], method.limits, situations)
            if not written["limits"]:
                del written["limits"]


def _open_methods(document, situations):
    """Takes what stands against a method that no facts would offer from it."""
    methods = Policy(document).methods
    for written, method in zip(document["methods"], methods):
        if any(not _against(method, situation) for situation in situations):
            continue
        # An empty cart is within every limit, so the rest can be taken away.
        best = min((_against(method, _emptied(situation)) for situation in situations), key=len)
        for code, rule in best:
            _take(document, written, code, rule)


def _against(method, situation):
    """The reasons against a method but those that lie in the day and in who asks."""
    set_aside = {code for code, _ in unchangeable_reasons(method, situation)}
    return [(code, rule) for code, rule in reasons(method, situation) if code not in set_aside]


def _emptied(situation):
    known = dict(situation.known)
    for name in ("risk.points", "risk.class", "value.class"):
        known.pop(name, None)
    set_total(known, 0)
    return Situation(situation.policy, known, situation.today)


def _take(document, written, code, rule):
    if rule is not None:
        entry = next(entry for entry in document["rules"] if entry["id"] == rule)
        if entry["withhold"] in ("all", "credit"):
            whose = KINDS if entry["withhold"] == "all" else CREDIT_KINDS
            entry["withhold"] = [method["id"] for method in document["methods"] if method["kind"] in whose]
        entry["withhold"] = [one for one in entry["withhold"] if one != written["id"]]
        return
    key = {"amount.minimum": "minimum", "amount.maximum": "limits", "exposure.exceeded": "fee"}.get(code, "when")
    written.pop(key)
    if key == "when":
        written.pop("reason", None)


def _trim_rules(document, situations):
    policy = Policy(document)
    kept = []
    for rule in document["rules"]:
        condition = read_condition(rule["when"], policy)
        if rule.get("withhold") != [] and any(condition.holds(situation.known) for situation in situations):
            kept.append(rule)
    document["rules"] = kept
