"""The difference between a promised date and the one before it."""

MOVES = ("later", "earlier", "narrowed", "widened", "firmed", "loosened", "same")


def classify_move(before, after):
    """Return one of MOVES, for two `FuzzyDate`s that are known.

    The end of the window decides; if the ends agree, its start; if both do, whether the end counts. "firmed" is a
    window that was only "at the earliest" and now is promised; "loosened" is the reverse.
    """
    if ends := _days_between(before.latest, after.latest):
        return "later" if ends > 0 else "earlier"
    if starts := _days_between(before.earliest, after.earliest):
        if after.latest is None or before.latest is None:
            return "later" if starts > 0 else "earlier"
        return "narrowed" if starts > 0 else "widened"
    if before.at_the_earliest == after.at_the_earliest:
        return "same"
    return "firmed" if before.at_the_earliest else "loosened"


def _days_between(one, other):
    """Return the days from one to the other, or 0 if either is unknown."""
    return (other - one).days if one and other else 0
