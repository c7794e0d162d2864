"""Lay a template out in lines without a trace on the page."""

import re

from django import template
from django.template.base import NodeList, TextNode

register = template.Library()

MARKS = re.compile(r"[<>]|\s*\n\s*")


class OneLineNode(template.Node):
    """Node whose own text was joined to one line when the template was compiled."""

    def __init__(self, nodelist: NodeList):
        self.nodelist = nodelist

    def render(self, context) -> str:
        return self.nodelist.render(context)


@register.tag("oneline")
def parse_oneline(parser, token) -> OneLineNode:
    """Join the lines within: no line break or indentation leaves a space on the page.

    Only this template's own text is joined; what it shows or includes stays as it is. Where a space is wanted at the
    end of a line, write {{ " " }}.
    """
    nodelist = parser.parse(["endoneline"])
    parser.delete_first_token()
    join_template_lines(nodelist.get_nodes_by_type(TextNode))
    return OneLineNode(nodelist)


def join_template_lines(texts: list[TextNode]) -> None:
    """Remove every line break, but put a space for one between the attributes of an element."""
    in_tag = False

    def join(found: re.Match) -> str:
        nonlocal in_tag
        if found[0] in "<>":
            in_tag = found[0] == "<"
            return found[0]
        return " " if in_tag else ""

    for each in texts:
        each.s = MARKS.sub(join, each.s)
