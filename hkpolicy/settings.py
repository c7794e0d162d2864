"""Settings of the project. Everything that differs between machines comes through `env`; see .env.example.

Without DATABASE_URL, or with DEMO_DIR, everything lives in one folder and all settings have defaults: that is the demo.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from environs import validate
from kombu import Queue

from .broker import FILE_BROKER_URL, build_transport_options
from .env import (
    Env,
    check_hosts,
    check_mail_address,
    check_rate,
    compute_code_digest,
    load_or_create_secret,
    parse_origin,
)

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

DEBUG = env.bool("DEBUG", False)
PORT = env.int("PORT", 8000, validate=validate.Range(1, 65535))
DEMO_DIR = env.folder("DEMO_DIR", "" if env.str("DATABASE_URL", "") else "var/demo", base=BASE_DIR)
DATA_DIR = DEMO_DIR or BASE_DIR / "var"
LOCAL = DEBUG or DEMO_DIR is not None


def require_in_production(value):
    """Return `value` as the default of a demo or a developer's machine; elsewhere the setting is required."""
    return value if LOCAL else ...  # how environs says "required"


SECRET_KEY = env.str("SECRET_KEY", require_in_production(""))
if not SECRET_KEY:
    SECRET_KEY = load_or_create_secret(DATA_DIR / "secret_key")

SITE_URL = env.origin("SITE_URL", require_in_production(f"http://localhost:{PORT}"))
SITE_HOST = urlsplit(SITE_URL).hostname
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    [SITE_HOST, "localhost", "127.0.0.1", "[::1]"] if LOCAL else [SITE_HOST],
    subcast=str.strip,
    validate=check_hosts,
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [SITE_URL], subcast=parse_origin)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https:")
if SITE_URL.startswith("https:"):  # behind a proxy that ends TLS: makes links https
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "hkpolicy",
    "importer",
    "notifications",
    "experts",
    "initiatives",
    "newsroom",
    "readers",
    "record",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "auditlog",
    "hkpolicy.apps.AdminSiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "readers.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # its random padding hides the length of a token (Heal the Breach)
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsroom.middleware.AuditActorMiddleware",
    "newsroom.middleware.ControlCharactersMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "hkpolicy.urls"
WSGI_APPLICATION = "hkpolicy.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hkpolicy.context_processors.site_context",
            ]
        },
    }
]

FORM_RENDERER = "hkpolicy.forms.FastFormRenderer"
LOGIN_URL = "admin:login"
CSRF_FAILURE_VIEW = "hkpolicy.session_recovery.newsroom_csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a budget with a hundred figures is one form

DATABASES = {"default": env.database("DATABASE_URL", "", sqlite_file=DATA_DIR / "db.sqlite3", pooled=True)}
# For the web process alone (applied in hkpolicy/wsgi.py): imports, migrations and the worker have no limit.
WEB_STATEMENT_SECONDS = env.int("WEB_STATEMENT_SECONDS", 30, validate=validate.Range(0, 3600))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The log of the working copy is our own model; auditlog's own table is not created.
AUDITLOG_LOGENTRY_MODEL = "newsroom.WorkingChange"
AUDITLOG_STORE_JSON_CHANGES = True
AUDITLOG_USE_BASE_MANAGER = True
MIGRATION_MODULES = {"auditlog": None}

REDIS_URL = env.redis("REDIS_URL", "")
CACHES = {
    "default": {
        "BACKEND": "hkpolicy.cache.OptionalRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hant", _("Traditional Chinese")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
REQUIRED_LANGUAGES = env.list(
    "REQUIRED_LANGUAGES", [], subcast=str.strip, validate=validate.ContainsOnly([code for code, _name in LANGUAGES])
)
REQUIRE_SECOND_PERSON = env.bool("REQUIRE_SECOND_PERSON", False)  # for every publication
USE_I18N = True
FORMAT_MODULE_PATH = "hkpolicy.formats"
USE_TZ = True
TIME_ZONE = "Asia/Hong_Kong"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = LOCAL  # a demo serves files in place; the image collects and compresses them
if LOCAL:
    STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns if it is missing
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "media"

MAIL = env.mail("EMAIL_URL", f"file://{DEMO_DIR / 'mail'}" if DEMO_DIR else require_in_production("console:"))
globals().update(MAIL)
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", require_in_production("tracker@example.org"), validate=check_mail_address
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
CONTACT_EMAIL = env.str("CONTACT_EMAIL", DEFAULT_FROM_EMAIL, validate=check_mail_address)

API_ANON_RATE = env.str("API_ANON_RATE", None, validate=check_rate)
RELEASE = compute_code_digest(BASE_DIR)  # part of every ETag: a new release invalidates cached answers
REST_FRAMEWORK = {
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": API_ANON_RATE},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "drf_standardized_errors.handler.exception_handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
VOCABULARIES = {  # each becomes an enum of its own in the API schema
    "record": "Language Precision TextState UpdateType YearKind",
    "initiatives": "Aggregation AnnouncementKind Claim Clarity Confidence ContextKind Direction FundingStage"
    " MilestoneKind ObservationStatus OutcomeStatus Payer Qualifier RatedBy Rating Result Stage Supports"
    " TargetKind Tier Vintage",
    "experts": "Stance ThemeKind",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Hong Kong policy tracker",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": False,
    "ENUM_NAME_OVERRIDES": {
        "Action": "record.choices.ChangeAction",
        "Schedule": "initiatives.choices.MilestoneSchedule",
        **{name: f"{app}.choices.{name}" for app, names in VOCABULARIES.items() for name in names.split()},
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "hkpolicy.api.schema_hooks.add_description",
    ],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}
DRF_STANDARDIZED_ERRORS = {"EXCEPTION_HANDLER_CLASS": "readers.api.exceptions.ProblemHandler"}

CELERY_BROKER_URL = REDIS_URL or FILE_BROKER_URL
CELERY_BROKER_TRANSPORT_OPTIONS = (
    # Longer than the second a worker's BRPOP waits. Senders of wake-ups do not retry: the next sweep will.
    {"socket_timeout": 2, "socket_connect_timeout": 1, "max_retries": 0}
    if REDIS_URL
    else build_transport_options(DATA_DIR / "broker")
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_DEFAULT_QUEUE = "hkpolicy"
PUBLISHING_QUEUE = "hkpolicy-publishing"  # so that scheduled publications never wait behind mail
CELERY_TASK_QUEUES = [Queue(name) for name in (CELERY_TASK_DEFAULT_QUEUE, PUBLISHING_QUEUE)]
CELERY_TASK_ROUTES = {"newsroom.tasks.*": {"queue": PUBLISHING_QUEUE}}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "hkpolicy.celery:StatelessBeatScheduler"
BEAT_PULSE_FILE = DATA_DIR / "beat-pulse"
REMINDER_SWEEP_SECONDS = env.int("REMINDER_SWEEP_SECONDS", 30 if DEMO_DIR else 300, validate=validate.Range(1))
CELERY_BEAT_SCHEDULE = {
    "carry out what is scheduled": {
        "task": "newsroom.tasks.run_due_schedules",
        "schedule": 20.0,
        "options": {"expires": 20.0},
    },
    "sweep the news": {
        "task": "notifications.tasks.run_news_sweep",
        "schedule": float(REMINDER_SWEEP_SECONDS),
        "options": {"expires": float(REMINDER_SWEEP_SECONDS)},
    },
    "sweep the reminders": {
        "task": "notifications.tasks.run_reminder_sweep",
        "schedule": float(REMINDER_SWEEP_SECONDS),
        "options": {"expires": float(REMINDER_SWEEP_SECONDS)},  # so that wake-ups do not pile up while no worker runs
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}

ENV_NAMES = set(env.dump())  # every variable read
