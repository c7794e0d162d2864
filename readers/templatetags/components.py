"""Block components: boxes for use on any page. All states are shown at /en/gallery/."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_block_tag
def card(content, heading="", kind=""):
    """Show a boxed section. Block component; see the gallery."""
    title = format_html('<h3 class="card-title">{}</h3>', heading) if heading else ""
    return format_html('<section class="card {}">{}{}</section>', kind, title, content)


@register.simple_block_tag
def notice(content, kind="plain"):
    """Show a remark that the reader must not miss. Block component."""
    return format_html('<div class="notice notice-{}">{}</div>', kind, content)


@register.simple_block_tag
def lane(content, heading, kind):
    """Show one of the three lanes: said, shown, calendar. Block component."""
    return format_html('<div class="lane lane-{}"><h4 class="lane-title">{}</h4>{}</div>', kind, heading, content)


@register.simple_block_tag
def badge(content, kind=""):
    """Show a badge. Block component."""
    return format_html('<span class="badge badge-{}">{}</span>', kind, mark_safe(content.strip()))
