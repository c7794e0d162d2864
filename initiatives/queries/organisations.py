"""Lists of organisations, people and policy areas: of which kind, and how often the record names each."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from record.models import Edition, Link
from record.queries import Moment, count_facets, editions_at, filter_words

from ..editions import AreaEdition, InitiativeEdition, MilestoneEdition, OrganisationEdition, PersonEdition
from .calendar import schedule_expression

COUNTED_RELATIONS = {  # the relations that are counted, by type
    OrganisationEdition: ("lead", "partner"),
    PersonEdition: ("said_by", "delivered_by"),
    AreaEdition: ("area",),
}


def find_bodies(
    edition_class: type[Edition], moment: Moment, *, words="", kinds: Collection[str] = (), sort=""
) -> QuerySet:
    """Return editions that match the search words and kinds. sort: "most" (most often named first), else by slug."""
    rows = filter_words(editions_at(edition_class, moment), words)
    rows = rows.filter(kind__in=kinds) if kinds else rows
    if sort != "most":
        return rows.order_by("slug", "id")
    links = _find_naming_links(edition_class, moment).filter(named=OuterRef("content_id")).values("named")
    many = links.annotate(many=Count("content_id", distinct=True)).values("many")
    return rows.annotate(many=Coalesce(Subquery(many), 0)).order_by("-many", "slug", "id")


def count_bodies_by_kind(
    edition_class: type[Edition], moment: Moment, *, words="", chosen: Collection[str] = ()
) -> dict[str, dict]:
    """Count editions by kind, see `count_facets`: {"": {"": total}, "kind": {kind: number}}."""
    rows = filter_words(editions_at(edition_class, moment), words)
    conditions = {"kind": Q(kind__in=chosen)} if chosen else {}
    return count_facets(rows, conditions=conditions, options={"kind": "kind"})


def count_namings_by_relation(edition_class: type[Edition], rows, moment: Moment) -> dict:
    """Return {content_id: {relation: number of things that name it so}}. One query."""
    found: dict = defaultdict(dict)
    links = _find_naming_links(edition_class, moment).filter(named__in=[each.content_id for each in rows])
    numbers = links.values("named", "relation").annotate(many=Count("content_id", distinct=True))
    for named, relation, many in numbers.values_list("named", "relation", "many"):
        found[named][relation] = many
    return found


def count_led_promises(organisations, moment: Moment) -> dict:
    """Return {content_id: {schedule: number of promises}} for the initiatives each organisation leads. One query."""
    leads = [each.content_id for each in organisations]
    led = editions_at(InitiativeEdition, moment).filter(lead__in=leads)
    lead = led.filter(content_id=OuterRef("root_content_id")).values("lead")[:1]
    rows = editions_at(MilestoneEdition, moment).filter(kind="promise", root_content_id__in=led.values("content_id"))
    rows = rows.annotate(lead=Subquery(lead), word=schedule_expression(on=moment.day)).exclude(word="closed")
    found: dict = defaultdict(dict)
    for organisation, word, many in rows.values_list("lead", "word").annotate(many=Count("id")):
        found[organisation][word] = many
    return found


def _find_naming_links(edition_class: type[Edition], moment: Moment) -> QuerySet:
    return Link.objects.at(moment.instant).filter(relation__in=COUNTED_RELATIONS[edition_class])
