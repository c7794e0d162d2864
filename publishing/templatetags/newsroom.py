"""Links of the newsroom's pages to its forms."""

from urllib.parse import urlencode, urlsplit

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def and_back(context, url: str) -> str:
    """The address of a form, whose *Save* comes back to this page; of this page's own form as it is."""
    request = context.get("request")
    parts = urlsplit(url)
    if request is None or not url or parts.path == request.path:
        return url
    query = "&".join(filter(None, (parts.query, urlencode({"next": request.get_full_path()}))))
    return parts._replace(query=query).geturl()
