"""Links from the newsroom's pages to its forms."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def with_next(context, url: str) -> str:
    """Return a form's URL with a `next` that leads back here after *Save*; this page's own URL as it is."""
    request = context.get("request")
    parts = urlsplit(url)
    if not request or not url or parts.path == request.path:
        return url
    asked = request.GET.copy()
    if "next" in asked:
        asked["next"] = _drop_nested_next(asked["next"])
    here = f"{request.path}?{asked.urlencode(safe='/')}" if asked else request.path
    query = "&".join(filter(None, (parts.query, urlencode({"next": here}))))
    return parts._replace(query=query).geturl()


def _drop_nested_next(address: str) -> str:
    """Drop the `next` of a URL: two steps back are enough, and URLs would grow with every step."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != "next"]
    return parts._replace(query=urlencode(kept)).geturl()
