from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import feeds, views
from .pages import announcements, charts, track


class Month(StringConverter):
    """A month from 01 to 12, as an int."""

    regex = "0[1-9]|1[0-2]"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{int(value):02}"


class Year(StringConverter):
    """A year from 0001 to 9999, all that a date can represent, as an int."""

    regex = "(?!0000)[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{int(value):04}"


register_converter(Month, "month")
register_converter(Year, "year")

urlpatterns = [
    path("initiatives/", views.initiatives, name="initiatives"),
    path("initiatives/<slug:name>/", views.initiative, name="initiative"),
    path("initiatives/<slug:name>/changes.atom", feeds.changes, name="initiative-changes-feed"),
    path("initiatives/<slug:name>/milestones.ics", feeds.milestones_of, name="initiative-milestones-feed"),
    path("milestones.ics", feeds.milestones, name="milestones-feed"),
    path("milestones/", views.milestones, name="milestones"),
    path("milestones/in-window/", views.milestones, {"kind": "in_window"}, name="milestones-in-window"),
    path("milestones/met/", views.milestones, {"kind": "met"}, name="milestones-met"),
    path("milestones/missed/", views.milestones, {"kind": "missed"}, name="milestones-missed"),
    path("milestones/overdue/", views.milestones, {"kind": "overdue"}, name="milestones-overdue"),
    path("milestones/unknown/", views.milestones, {"kind": "unknown"}, name="milestones-unknown"),
    path("milestones/calendar/", views.calendar, name="calendar"),
    path("milestones/calendar/<year:year>/<month:month>/", views.calendar, name="calendar-month"),
    path("announcements/", announcements.announcements, name="announcements"),
    path("announcements/<slug:name>/", views.announcement, name="announcement"),
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:name>/", views.organisation, name="organisation"),
    path("people/", views.people, name="people"),
    path("people/<slug:name>/", views.person, name="person"),
    path("areas/", views.areas, name="areas"),
    path("areas/<slug:name>/", views.area, name="area"),
    path("context/<slug:name>/", views.context, name="context"),
    path("charts/<slug:name>.<slug:form>", charts.chart, name="chart"),
    path("track-record/", track.track, name="track-record"),
    path("track-record/cases/", track.cases, name="cases"),
]
