"""The site's own settings, as strangers are served; the collected static files lie with the rest of the audit."""

from hkpolicy.settings import *

STATIC_ROOT = BASE_DIR / "var" / "audit" / "static"
