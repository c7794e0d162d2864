"""Editions of initiatives and all that belongs to them: one table per type."""

from .announcements import AnnouncementEdition, FigureEdition
from .initiatives import ContextEdition, InitiativeEdition, VerdictEdition
from .milestones import MilestoneEdition, build_milestone_calendar, find_last_not_done
from .money import FundingEdition
from .outcomes import OutcomeEdition, parse_series
from .parties import AreaEdition, OrganisationEdition, PersonEdition

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
    "build_milestone_calendar",
    "find_last_not_done",
    "parse_series",
]
