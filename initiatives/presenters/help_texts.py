"""Explanations of the vocabularies' words, for readers of a page."""

from django.utils.translation import gettext_lazy as _

from ..choices import MilestoneSchedule, Rating

SCHEDULE_MEANINGS = {  # in the order in which a promise may reach them
    MilestoneSchedule.NO_DATE: _("It was promised, and no time was given."),
    MilestoneSchedule.NOT_DUE: _("The promised time begins in more than 60 days."),
    MilestoneSchedule.DUE_SOON: _("The promised time begins within 60 days."),
    MilestoneSchedule.IN_WINDOW: _("The promised time has begun and not ended, or has no end (“at the earliest”)."),
    MilestoneSchedule.OVERDUE: _(
        "The promised time has ended, and words or evidence from after it say that it is not done."
    ),
    MilestoneSchedule.UNKNOWN: _("The promised time has ended, and nothing confirms whether it was done or not."),
    MilestoneSchedule.MET_EARLY: _("It was done, at least in part, before the promised time began."),
    MilestoneSchedule.MET_ON_TIME: _("It was done, at least in part, within the time promised last."),
    MilestoneSchedule.MET_LATE: _("It was done, at least in part, after the time promised last."),
    MilestoneSchedule.MET_UNDATED: _("It was done, at least in part; nobody had said by when."),
    MilestoneSchedule.MISSED: _("Evidence shows that it was not done."),
    MilestoneSchedule.CLOSED: _("Officials dropped it or put something else in its place."),
}
RATING_MEANINGS = {
    Rating.KEPT: _("What was promised was done by the date promised first."),
    Rating.KEPT_LATE: _("What was promised was done, after the date promised first."),
    Rating.PARTLY_KEPT: _("Part of what was promised was done."),
    Rating.NOT_KEPT: _("What was promised was not done."),
    Rating.ON_TRACK: _("It is under way, and the evidence fits what was promised."),
    Rating.IN_PROGRESS: _("It is under way; too little is known to say more."),
    Rating.OFF_TRACK: _("It is under way, and the evidence does not fit what was promised."),
    Rating.STALLED: _("Nothing has been seen to move, and nobody has called it off."),
    Rating.UNRATEABLE: _("It was said too vaguely, or what would show it is not public."),
    Rating.NOT_RATED: _("Nobody has rated it yet."),
}
