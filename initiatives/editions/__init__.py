"""Editions of initiatives and all that belongs to them: one table per type."""

from .actors import AreaEdition, OrganisationEdition, PersonEdition
from .announcements import AnnouncementEdition, FigureEdition
from .initiatives import ContextEdition, InitiativeEdition, VerdictEdition
from .milestones import MilestoneEdition, calendar_of, last_not_done
from .money import FundingEdition
from .outcomes import OutcomeEdition, series_of

__all__ = [
    "AnnouncementEdition",
    "AreaEdition",
    "ContextEdition",
    "FigureEdition",
    "FundingEdition",
    "InitiativeEdition",
    "MilestoneEdition",
    "OrganisationEdition",
    "OutcomeEdition",
    "PersonEdition",
    "VerdictEdition",
    "calendar_of",
    "last_not_done",
    "series_of",
]
