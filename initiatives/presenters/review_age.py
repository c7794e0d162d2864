"""The review age of a page: when an editor last said that it is still true, and how old its latest source is."""

from datetime import date

from django.utils.translation import ngettext

from record.dates import FuzzyDate

MONTH, YEAR = 30.44, 365.25  # in days


def present_freshness(root: dict, sources: list[dict], *, on: date) -> dict:
    """Return {"checked_on", "age", "latest_source"}: days or None, the age in words. sources: from `number_sources`.

    latest_source: the latest publication day of the sources, of those that have one not after `on`.
    """
    checked = root["attested_on"] and date.fromisoformat(root["attested_on"])
    published = [FuzzyDate.from_document(each["source"]["published"]).latest for each in sources]
    return {
        "checked_on": checked,
        "age": format_age((on - checked).days) if checked else "",
        "latest_source": max((day for day in published if day and day <= on), default=None),
    }


def format_age(days: int) -> str:
    """Say how long ago it is, as coarsely as people do; "" for the day itself."""
    if days <= 0:
        return ""
    if days < 60:
        return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}
    if days < 2 * YEAR:
        count = round(days / MONTH)
        return ngettext("%(count)s month ago", "%(count)s months ago", count) % {"count": count}
    count = int(days / YEAR)
    return ngettext("%(count)s year ago", "%(count)s years ago", count) % {"count": count}
