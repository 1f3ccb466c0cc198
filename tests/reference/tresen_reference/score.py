"""Value class, points and risk class (sections 3 to 5)."""

from bisect import bisect_right

from .policy import first_that_holds


def score(policy, known):
    """Adds `value.class`, `risk.points` and `risk.class` to the known facts; the name of the scorecard that applied."""
    if policy.value_classes is not None:
        known["value.class"] = first_that_holds(policy.value_classes, known)
    card_name = None
    if policy.scorecards is not None:
        card_name = "returning" if policy.returning.holds(known) else "new"
        total = points(policy.scorecards[card_name], known)
        if total is not None:
            known["risk.points"] = total
    if policy.classes:
        known["risk.class"] = policy.class_ids[_class_rank(policy, known)]
    return card_name


def points(card, known):
    """The points of a scorecard, or None where nothing it asks about is known."""
    attributes = card.attributes
    if attributes and all(attribute.fact not in known for attribute in attributes):
        return None
    return card.base + sum(_points_of(attribute, known) for attribute in attributes)


def _points_of(attribute, known):
    if attribute.fact not in known:
        return attribute.missing
    value = known[attribute.fact]
    if attribute.categories is not None:
        return attribute.categories.get(value, attribute.other)
    later_starts = [start for start, _ in attribute.bins[1:]]
    return attribute.bins[bisect_right(later_starts, value)][1]


def _class_rank(policy, known):
    rank = class_by_score(policy, known)
    for cap in policy.caps:
        if cap.condition.holds(known):
            rank = max(rank, cap.value)
    return rank


def class_by_score(policy, known):
    if policy.scorecards is None:
        return next(
            rank
            for rank, entry in enumerate(policy.classes)
            if entry.condition is None or entry.condition.holds(known)
        )
    if "risk.points" not in known:
        return policy.class_ids.index(policy.unknown_class)
    return next(
        rank
        for rank, entry in enumerate(policy.classes)
        if entry.from_points is None or known["risk.points"] >= entry.from_points
    )
