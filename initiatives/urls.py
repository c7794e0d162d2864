from django.urls import path, register_converter
from django.urls.converters import StringConverter

from . import feeds
from .views import announcements, charts, initiatives, track_record


class MonthConverter(StringConverter):
    """A month from 01 to 12, as an int."""

    regex = "0[1-9]|1[0-2]"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{int(value):02}"


class YearConverter(StringConverter):
    """A year from 0001 to 9999, all that a date can represent, as an int."""

    regex = "(?!0000)[0-9]{4}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{int(value):04}"


register_converter(MonthConverter, "month")
register_converter(YearConverter, "year")

urlpatterns = [
    path("initiatives/", initiatives.initiative_list, name="initiatives"),
    path("initiatives/<slug:name>/", initiatives.initiative_detail, name="initiative"),
    path("initiatives/<slug:name>/changes.atom", feeds.initiative_changes_feed, name="initiative-changes-feed"),
    path("initiatives/<slug:name>/milestones.ics", feeds.initiative_milestone_feed, name="initiative-milestones-feed"),
    path("milestones.ics", feeds.milestone_feed, name="milestones-feed"),
    path("milestones/", initiatives.milestone_list, name="milestones"),
    path("milestones/in-window/", initiatives.milestone_list, {"kind": "in_window"}, name="milestones-in-window"),
    path("milestones/met/", initiatives.milestone_list, {"kind": "met"}, name="milestones-met"),
    path("milestones/missed/", initiatives.milestone_list, {"kind": "missed"}, name="milestones-missed"),
    path("milestones/overdue/", initiatives.milestone_list, {"kind": "overdue"}, name="milestones-overdue"),
    path("milestones/unknown/", initiatives.milestone_list, {"kind": "unknown"}, name="milestones-unknown"),
    path("milestones/calendar/", initiatives.milestone_calendar, name="calendar"),
    path("milestones/calendar/<year:year>/<month:month>/", initiatives.milestone_calendar, name="calendar-month"),
    path("announcements/", announcements.announcement_list, name="announcements"),
    path("announcements/<slug:name>/", initiatives.announcement_detail, name="announcement"),
    path("organisations/", initiatives.organisation_list, name="organisations"),
    path("organisations/<slug:name>/", initiatives.organisation_detail, name="organisation"),
    path("people/", initiatives.person_list, name="people"),
    path("people/<slug:name>/", initiatives.person_detail, name="person"),
    path("areas/", initiatives.area_list, name="areas"),
    path("areas/<slug:name>/", initiatives.area_detail, name="area"),
    path("context/<slug:name>/", initiatives.context_detail, name="context"),
    path("charts/<slug:name>.<slug:form>", charts.chart_file, name="chart"),
    path("track-record/", track_record.track_record_detail, name="track-record"),
    path("track-record/cases/", track_record.case_list, name="cases"),
]
