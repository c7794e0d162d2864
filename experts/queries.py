"""Reads of what experts said, for readers: editions only, at a moment."""

from django.db.models import F

from publishing.queries import Moment, editions, naming, with_words

from .editions import CommentaryEdition, ExpertEdition


def experts(moment: Moment | None, *, words=""):
    return with_words(editions(ExpertEdition, moment), words).order_by("slug")


def commentary_about(content_id, moment: Moment | None) -> list[CommentaryEdition]:
    """What was said about an initiative or an announcement, newest first."""
    rows = editions(CommentaryEdition, moment).filter(
        content_id__in=naming(content_id, moment, type="commentary", relations=["about"])
    )
    return list(_newest_first(rows))


def commentary_by(content_id, moment: Moment | None) -> list[CommentaryEdition]:
    return list(_newest_first(editions(CommentaryEdition, moment).filter(expert=content_id)))


def commentary(moment: Moment | None, *, stance=""):
    rows = editions(CommentaryEdition, moment)
    return _newest_first(rows.filter(stance=stance) if stance else rows)


def unverified(moment: Moment | None) -> dict[str, int]:
    """{"experts", "comments"}: how many could not be traced."""
    kinds = {"experts": ExpertEdition, "comments": CommentaryEdition}
    return {name: editions(kind, moment).filter(unverified=True).count() for name, kind in kinds.items()}


def speaking_as(content_id, moment: Moment | None) -> list[ExpertEdition]:
    """Experts that are this person or this organisation."""
    rows = editions(ExpertEdition, moment).filter(
        content_id__in=naming(content_id, moment, type="expert", relations=["person", "organisation"])
    )
    return list(rows.order_by("slug"))


def _newest_first(rows):
    return rows.order_by(F("dated_from").desc(nulls_last=True), "id")
