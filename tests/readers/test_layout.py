"""Templates laid out in lines: what stands between the lines does not show on the page."""

import pytest
from django.template import Context, Template


def rendered(source: str, **context) -> str:
    return Template("{% load layout %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("<b>\n  a\n</b>\n\n  <i>b</i>\n", "<b>a</b><i>b</i>"),
        ("a b\n  , c", "a b, c"),
        ("{% if x %}\n  {{ x }}\n{% else %}\n  none\n{% endif %}\n.", "1."),
        ("{% for each in many %}\n  {{ each }};\n{% endfor %}", "p q;r;"),
        ('a\n{{ " " }}<b>c</b>', "a <b>c</b>"),
        (
            '<a href="{{ x }}"\n  {% if x %}lang="en"{% endif %}\n  rel="next">\n  c\n</a>',
            '<a href="1" lang="en" rel="next">c</a>',
        ),
    ],
)
def test_oneline(source, page):
    assert rendered(f"{{% oneline %}}\n  {source}\n{{% endoneline %}}", x=1, many=["p q", "r"]) == page


def test_what_is_shown_keeps_its_lines():
    assert rendered("{% oneline %}\n  {{ words }}\n{% endoneline %}", words="one\n  two") == "one\n  two"


def test_around_it_nothing_changes():
    assert rendered("a\n{% oneline %}\n b\n{% endoneline %}\nc") == "a\nb\nc"
