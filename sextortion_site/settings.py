"""Settings, in sections: the place, the apps, requests, pages, data, people, headers, files.

Production is the default. What differs from one machine to the next is read from the
environment by ``env``; README.md lists the variables.
"""

import ipaddress
import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from sextortion_site import env

# --- The place ---------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.flag("DEBUG")

# Everything that the site writes: database, keys, collected files.
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")

SECRET_KEY = env.secret("SECRET_KEY", kept_in=DATA_DIR / "keys" / "secret_key")
SECRET_KEY_FALLBACKS = env.secrets_of_before("SECRET_KEY_FALLBACKS")

# Where gunicorn listens. SITE_URL is what readers type; behind a proxy the two differ.
HOST = env.host("HOST", "127.0.0.1")
PORT = env.whole_number("PORT", 8000, lowest=1, highest=65535)
# Read by gunicorn too; here so that a bad value names itself.
WEB_CONCURRENCY = env.whole_number("WEB_CONCURRENCY", os.cpu_count() or 1, lowest=1, highest=64)
SITE_URL = env.origin("SITE_URL", f"http://{f'[{HOST}]' if ':' in HOST else HOST}:{PORT}")
SITE_IS_HTTPS = SITE_URL.startswith("https://")
SITE_HOST = urlsplit(SITE_URL).hostname or ""

# What this process is for, and the addresses that it has by that.
URLCONFS = {
    "public": "sextortion_site.urls_public",
    "staff": "sextortion_site.urls_staff",
    "both": "sextortion_site.urls",
}
SITE_ROLE = env.one_of("SITE_ROLE", "both", URLCONFS)
# Where readers find the pages, if not here: a staff process leads editors there.
PUBLIC_URL = env.origin("PUBLIC_URL", "")

ALLOWED_HOSTS = [
    f"[{name}]" if ":" in name else name
    for name in (SITE_HOST, "localhost", "127.0.0.1", *env.hosts("ALLOWED_HOSTS"))
]

# --- The apps ----------------------------------------------------------------------------

INSTALLED_APPS = [
    "sextortion_site.staff.apps.StaffAdminConfig",  # the Django admin, at /staff/
    "sextortion_site.staff.apps.StaffConfig",  # before auth: it has a createsuperuser of its own
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # allauth: since when a passkey is there
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_prose_editor",
    "sextortion_site.apps.SiteConfig",
    "allauth",
    "allauth.account",  # signing in
    "allauth.mfa",  # second factors, passkeys, recovery codes
    "sextortion_site.delivery.apps.DeliveryConfig",
    "sextortion_site.safe_exit.apps.SafeExitConfig",
    "sextortion_site.consent.apps.ConsentConfig",
    "campaign.apps.CampaignConfig",
    "reporting.apps.ReportingConfig",
]

# --- Requests ----------------------------------------------------------------------------

MIDDLEWARE = [
    # Outermost: whatever the rest does, no cookie goes out that may not.
    "sextortion_site.consent.middleware.ConsentMiddleware",
    # https before anything else is said.
    "django.middleware.security.SecurityMiddleware",
    # Files under /static/ need none of what follows.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside all that writes a page, so that every answer gets its headers, errors included.
    "sextortion_site.delivery.headers.HeadersMiddleware",
    "sextortion_site.delivery.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Compresses what the rest has written.
    "sextortion_site.delivery.compression.CompressionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Refuses forms that another site posts. It needs no cookie, unlike Django's own, which
    # guards the admin only.
    "sextortion_site.delivery.same_origin.SameOriginMiddleware",
    # Lazy: on public pages nobody asks for the session, so no cookie and no Vary: Cookie.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sextortion_site.staff.csrf.StaffCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # Staff pages only: asks nothing of a request for readers.
    "allauth.account.middleware.AccountMiddleware",
    "sextortion_site.staff.sign_in.idle.IdleMiddleware",
    "sextortion_site.staff.sign_in.second_factor.SecondFactorMiddleware",
]

# Django looks for its own CSRF middleware by name; StaffCsrfMiddleware is a subclass of it.
SILENCED_SYSTEM_CHECKS = ["security.W003"]

ROOT_URLCONF = URLCONFS[SITE_ROLE]
# Every address, whatever the role: a page has its own also where it is edited and not shown.
WHOLE_URLCONF = URLCONFS["both"]
WSGI_APPLICATION = "sextortion_site.wsgi.application"
APPEND_SLASH = True

# --- Pages -------------------------------------------------------------------------------

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            # Its error pages stand before the readers', which lead to pages that are not here.
            *([BASE_DIR / "templates" / "staff_role"] if SITE_ROLE == "staff" else []),
            BASE_DIR / "templates",
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "campaign.context_processors.frame",
                "sextortion_site.staff.context_processors.staff",
            ],
        },
    },
]

# Style and script stand inside each page. The names are paths in static/; the first style
# declares the order of the layers, so the order of the rest does not matter.
PAGE_STYLES = [
    "css/layers.css",
    "css/reset.css",
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/frame.css",
    "css/sections.css",
    "css/rows.css",
    "css/forms.css",
    "css/pictures.css",
    "css/print.css",
    "safe_exit/safe_exit.css",
    "safe_exit/visit.css",
    "safe_exit/share.css",
    "consent/consent.css",
    "display/display.css",
]
# Leaving is the very first, so that nothing that fails can keep a reader here.
PAGE_HEAD_SCRIPTS = [
    "safe_exit/leave.js",
    "safe_exit/visit.js",
    "safe_exit/scripted.js",
    "consent/consent.js",
    "display/display.js",
]
PAGE_SCRIPTS = [
    "safe_exit/practice.js",
    "safe_exit/share.js",
    "campaign/copy_message.js",
    "campaign/count.js",
]
# What comes with the content of the pages that need it: {% own_style %} and {% own_script %}.
PAGE_OWN_STYLES = ["reporting/report.css", "reporting/mailbox.css"]
PAGE_OWN_SCRIPTS = [
    "reporting/conditions.js",
    "reporting/answers.js",
    "reporting/choices.js",
    "reporting/wording.js",
    "reporting/faults.js",
    "reporting/letters.js",
    "reporting/review.js",
    "reporting/report.js",
    "reporting/code.js",
    "reporting/mailbox.js",
    "reporting/work.js",
]

# The project's own templates draw its forms.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Where *Leave this site* goes when the editors have not chosen another place.
SAFE_EXIT_URL = env.text("SAFE_EXIT_URL", "https://www.bbc.co.uk/weather")
# Who is asked for the editors' choice; it answers "" where there is none.
SAFE_EXIT_CHOICE = "campaign.frame.leave_destination"

# Shown in /.well-known/security.txt: a mailto: or https: address. Without it there is no such file.
SECURITY_CONTACT = env.text("SECURITY_CONTACT")

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
FORMAT_MODULE_PATH = "sextortion_site.formats"

# --- Data --------------------------------------------------------------------------------

SQLITE = "django.db.backends.sqlite3"
DATABASE = env.database("DATABASE_URL", {"ENGINE": SQLITE, "NAME": DATA_DIR / "site.sqlite3"})
DATABASE.setdefault("OPTIONS", {})
if DATABASE["ENGINE"] == SQLITE:
    # Readers go on while an editor saves, and a writer waits for another instead of failing.
    DATABASE["OPTIONS"] |= {
        "timeout": 5,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    # A reader is not kept waiting longer than this while the database is down, or the network to
    # it swallows what is sent (milliseconds). deploy/gunicorn.conf.py limits what it does itself.
    DATABASE["OPTIONS"] |= {"connect_timeout": 2, "tcp_user_timeout": 4000}
    # Each thread keeps its connection, and looks before it uses it again whether a restart of the
    # database has cut it. (psycopg's pool let the first reader after a restart wait in vain.)
    DATABASE |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DATABASES = {"default": DATABASE}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Reports -----------------------------------------------------------------------------

# The keys that reports are sealed to. reporting/keystore says which file is whose.
REPORT_KEYS_DIR = DATA_DIR / "keys" / "reporting"
# The public signing key that their list has to be signed with: 64 hex digits. Without it the one
# that lies beside the list counts.
REPORT_MANIFEST_KEY = env.public_key("REPORT_MANIFEST_KEY")
# What references are hashed with, and six words are drawn with. The same on every server, backed
# up, and never changed: with another, no mailbox of before opens.
REPORT_SECRET = env.secret("REPORT_SECRET", kept_in=DATA_DIR / "keys" / "report_secret")
# Where a report lies until the database has it. A folder on a local disk, for this account alone.
REPORT_SPOOL_DIR = env.private_folder("REPORT_SPOOL_DIR", DATA_DIR / "spool")

# With less room than this on its disk, in bytes, unchecked reports are told to try again later:
# a flood must not keep the others out. 10,000 reports of 103 kB fit.
REPORT_SPOOL_RESERVE = 1024**3

# Off: the page shows the other ways to report, and what is sent all the same is not taken.
REPORT_FORM_IS_OPEN = env.flag("REPORT_FORM_IS_OPEN", True)
# The largest report that is read, in bytes: the whole form filled with plain letters, and more.
REPORT_MAX_BYTES = 64 * 1024
# When officers read reports, said after "on duty", such as "every day from 8am to 8pm".
REPORT_DUTY_HOURS = env.text("REPORT_DUTY_HOURS")
# Where the help beside a question leads. A link whose name is not here is left out.
REPORT_HELP_ADDRESSES = {
    "emergency": "tel:999",
    "crisis": "/support/",
    "parents": "/parents/",
    "friends": "/friends/",
    "schools": "/schools/",
    "remove": "/remove-the-picture/",
    "paid": "/already-paid/",
    "evidence": "/keep-the-evidence/",
    "tell_someone": "/tell-someone/",
}

# --- People who sign in ------------------------------------------------------------------

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

STAFF_PREFIX = "/staff/"

# The boxes of the staff's first page, in this order. Each shows what its reader may see.
STAFF_PANELS = [
    "reporting.panels.queue",
    "campaign.admin.panels.drafts",
    "campaign.admin.panels.scheduled",
    "campaign.admin.panels.due",
    "campaign.admin.panels.feedback",
    "sextortion_site.staff.admin.panels.accounts",
    "sextortion_site.staff.admin.panels.audit_trail",
]

# What can be changed, on the staff's first page: what is needed most often comes first.
STAFF_ORDER = [
    "campaign.Page",
    "campaign.Image",
    "campaign.Service",
    "campaign.Route",
    "campaign.Figure",
    "campaign.Law",
    "campaign.AppGuide",
    "campaign.WarningSign",
    "campaign.Tip",
    "campaign.Resource",
    "campaign.Feedback",
    "campaign.Visit",
    "campaign.Section",
    "campaign.Topic",
    "campaign.SiteSettings",
    "staff.Account",
    "staff.AuditEntry",
]

LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "admin:index"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
CSRF_FAILURE_VIEW = "sextortion_site.staff.sign_in.views.csrf_failure"

# allauth: a name and a password, then a second factor; or a passkey alone. It sends no mail and
# keeps no address of a machine, so its limits by address are off: an account has its own lock.
ACCOUNT_ADAPTER = "sextortion_site.staff.sign_in.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "sextortion_site.staff.sign_in.forms.SignInForm",
    "change_password": "sextortion_site.staff.sign_in.forms.NewPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; allauth checks that they fit
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60  # seconds
MFA_ADAPTER = "sextortion_site.staff.sign_in.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Campaign site"
MFA_TOTP_TOLERANCE = 1  # of 30 seconds: clocks of phones differ
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SITE_IS_HTTPS  # this machine alone has plain http
MFA_FORMS = {
    "authenticate": "sextortion_site.staff.sign_in.forms.CodeForm",
    "reauthenticate": "sextortion_site.staff.sign_in.forms.CodeAgainForm",
    "add_webauthn": "sextortion_site.staff.sign_in.passkey_forms.NewPasskeyForm",
    "login_webauthn": "sextortion_site.staff.sign_in.passkey_forms.PasskeyAloneForm",
    "authenticate_webauthn": "sextortion_site.staff.sign_in.passkey_forms.PasskeyStepForm",
    "reauthenticate_webauthn": "sextortion_site.staff.sign_in.passkey_forms.PasskeyAgainForm",
}

# The largest form that is read: an editor's longest page, many times over.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# No file is taken but where a screen for staff asks for one, and none touches a disk.
FILE_UPLOAD_HANDLERS = ["sextortion_site.staff.uploads.OnlyWhereAskedFor"]
DATA_UPLOAD_MAX_NUMBER_FILES = 1

# These cookies belong to the staff pages: no reader ever gets one. consent/register.py lists them.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    ("__Secure-sessionid", "__Secure-csrftoken") if SITE_IS_HTTPS else ("sessionid", "csrftoken")
)
SESSION_ENGINE = "sextortion_site.staff.sign_in.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds; sign_in/idle.py ends it earlier
CSRF_COOKIE_AGE = None  # until the browser is closed, like the session
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = STAFF_PREFIX
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# The default puts messages into a cookie for the whole site.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Headers -----------------------------------------------------------------------------

try:
    SITE_IS_ON_LOOPBACK = ipaddress.ip_address(SITE_HOST).is_loopback
except ValueError:
    SITE_IS_ON_LOOPBACK = SITE_HOST == "localhost" or SITE_HOST.endswith(".localhost")

SECURE_SSL_REDIRECT = SITE_IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked over plain http by the machine itself
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SITE_IS_HTTPS else None
SECURE_HSTS_SECONDS = 63_072_000 if SITE_IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SITE_IS_HTTPS
# `no-referrer` would turn the Origin of our own forms into `null`.
SECURE_REFERRER_POLICY = "same-origin"

# Public pages: nothing but what stands inside the page. The hashes of style and script are
# added by delivery.csp, which also gives the staff pages their own policy.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "img-src": [SELF, "data:"],  # editors' pictures; the icon
        "connect-src": [SELF],  # in-site navigation, and the word to the server on leaving
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["safe-exit"],  # makes a page of this site's own answers, nothing else
    },
}
STAFF_CONTENT_SECURITY_POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, NONCE],  # the nonce is for the editor's import map
    # The one style that the rich text editor (Tiptap, in django-prose-editor) puts in itself.
    "style-src": [SELF, "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-src": [SELF],  # previews
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}

# --- Files -------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}

# --- Logs --------------------------------------------------------------------------------

# Errors go to standard error. A record names neither address nor browser of a reader, and
# debug pages, which would show what was sent, are off unless DEBUG asks for them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "ERROR"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        # Anyone can send a wrong Host or too many fields, and each would fill the log with
        # tracebacks.
        "django.security": {"handlers": ["nowhere"], "propagate": False},
    },
}
