"""What a reader may ask of a list has limits: its address cannot make a query of any size."""

from django.http import QueryDict

from publishing.shapes.asked import Asked


def asked(**pairs):
    query = QueryDict(mutable=True)
    for name, values in pairs.items():
        query.setlist(name, values)
    return Asked.of(query, facets=("area", "body"))


def test_of_each_facet_the_first_twenty_count():
    many = [f"a{n}" for n in range(21)]
    assert asked(area=many, body=["b"]).chosen == {"area": many[:20], "body": ["b"]}


def test_of_what_is_chosen_and_of_words_the_first_two_hundred_characters_count():
    long = "a" * 201
    assert asked(area=[long]).chosen == {"area": [long[:200]]}
    assert asked(q=[long]).words == long[:200]
    assert asked(q=[f"  a \t b {long}"]).words == f"a b {long[:196]}"
