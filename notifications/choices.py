"""Vocabularies of reminders: stored values, and translated labels."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReminderKind(TextChoices):
    """The events that reminder rules cover."""

    WINDOW_OPENS = "window_opens", _("A milestone's window opens")
    WINDOW_CLOSES = "window_closes", _("A milestone's window closes")
    PAST_WINDOW = "past_window", _("A milestone is overdue or unknown")
    TARGET_DATE = "target_date", _("An outcome's target date")
    OBSERVATION_OVERDUE = "observation_overdue", _("An observation of an outcome is overdue")
    DIGEST = "digest", _("Several in one mail: due on one day, or past when first seen")


class DeliveryState(TextChoices):
    """The state of a row in the ledger."""

    PENDING = "pending", _("Pending")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    DIGESTED = "digested", _("Told in a digest")
    OVERTAKEN = "overtaken", _("Overtaken by a later one")
    SILENCED = "silenced", _("Silenced")
    FAILED = "failed", _("Failed")


class NotSentReason(TextChoices):
    """Reasons why a reminder was not sent as a mail of its own."""

    SAME_DAY = "same_day", _("others fell due on the same day: one mail tells them all")
    FIRST_SEEN = "first_seen", _("its date was past when the rule first saw it")
    LATER = "later", _("a later one about the same thing goes out instead")
    BEFORE_SEEN = "before_seen", _("its day had passed when the rule first saw the date")
    JUST_TOLD = "just_told", _("a digest told of it less than one round before")
    UNREADABLE = "unreadable", _("what is stored of it cannot be read: the log says why")
    SEARCHED = "searched", _("a search found nothing, and that still holds")
    RESOLVED = "resolved", _("it is resolved")
    NOT_PUBLIC = "not_public", _("it is not published, or was withdrawn")
    HELD_BACK = "held_back", _("it is held back, or was deleted")
    MOVED = "moved", _("its date has moved")
    NOT_THEIRS = "not_theirs", _("somebody else is reminded of it now")
    UNREACHABLE = "unreachable", _("the account is inactive or has no mail address")
    RULE_OFF = "rule_off", _("the rule was changed, or is switched off")
    ANSWERED = "answered", _("it was answered, or taken back, meanwhile")
    EMPTY = "empty", _("nothing is left to be checked")
