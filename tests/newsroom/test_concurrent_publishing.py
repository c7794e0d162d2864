"""Order: ids of publications and changes commit in order, so a reader of the feed never misses one."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from newsroom.actions.publish import publish
from newsroom.documents.drafts import build_draft
from newsroom.models import Page
from record.models import Change, PageEdition, Publication
from tests.factories import PageFactory, UserFactory


def follow(stop, seen):
    """Read the feed: everything after the last id seen, until told to stop and nothing is left."""
    try:
        last = 0
        while True:
            stopping = stop.is_set()
            new = list(Change.objects.filter(id__gt=last).order_by("id").values_list("id", "publication_id")[:100])
            seen += new
            if new:
                last = new[-1][0]
            elif stopping:
                return
    finally:
        connection.close()


def publish_often(page_id, by, times):
    try:
        page = Page.objects.get(pk=page_id)
        for time in range(times):
            page.body_en = f"Words {time}"
            page.save()
            publish(drafts=[build_draft(page)], by=by)
    finally:
        connection.close()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize(("threads", "times"), [(16, 8), pytest.param(50, 20, marks=pytest.mark.exhaustive)])
def test_a_follower_of_the_feed_misses_no_id_while_many_threads_publish_often(threads, times):
    by = UserFactory(is_superuser=True)
    pages = [PageFactory() for _ in range(threads)]
    stop, seen = threading.Event(), []
    follower = threading.Thread(target=follow, args=(stop, seen))
    follower.start()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda page: publish_often(page.pk, by, times), pages))
    stop.set()
    follower.join()
    assert seen == list(Change.objects.order_by("id").values_list("id", "publication_id"))
    assert len(seen) == threads * times == Publication.objects.count()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_publish_the_same_at_once_append_it_once():
    by = UserFactory(is_superuser=True)
    page = PageFactory()
    barrier = threading.Barrier(2)

    def go(_):
        try:
            draft = build_draft(page)
            barrier.wait()
            return publish(drafts=[draft], by=by)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(type(outcome).__name__ for outcome in pool.map(go, range(2)))
    assert outcomes == ["Publication", "StaleDraft"]
    assert PageEdition.history.count() == 1


@pytest.mark.django_db
def test_publications_are_strictly_ordered_in_time_too():
    by = UserFactory(is_superuser=True)
    page = PageFactory()
    for words in ("one", "two", "three"):
        page.body_en = words
        page.save()
        publish(drafts=[build_draft(page)], by=by)
    instants = list(Publication.objects.order_by("id").values_list("published_at", flat=True))
    assert instants == sorted(set(instants))
