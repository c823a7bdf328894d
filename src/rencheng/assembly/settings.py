"""Django settings of the house. What may differ between places is read in `config`."""

from pathlib import Path

from rencheng.assembly import config

HOME = config.home()
HOME.mkdir(parents=True, exist_ok=True)
PACKAGE = Path(__file__).resolve().parent.parent

# The services of this house, in the order of the menu. Each module has SERVICE: Service.
RENCHENG_SERVICES = [
    "rencheng.services.monitor",
]

# How the city speaks to this house; each module has SERVICE: Service too.
RENCHENG_CONNECTORS = [
    "rencheng.sensing.files",
]

SECRET_KEY = config.secret_key(HOME)
DEBUG = False
ALLOWED_HOSTS = config.hosts()
ROOT_URLCONF = "rencheng.assembly.urls"
WSGI_APPLICATION = "rencheng.assembly.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks_db",
    "ninja",
    "rencheng.foundation.places",
    "rencheng.foundation.memory",
    "rencheng.foundation.guard",
    "rencheng.foundation.jobs",
    "rencheng.foundation.web",
    *RENCHENG_CONNECTORS,
    *RENCHENG_SERVICES,
    "rencheng.assembly",
]

MIDDLEWARE = [
    "rencheng.foundation.web.requests.RequestNumber",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "rencheng.foundation.web.middleware.HouseMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rencheng.foundation.web.context.house",
            ],
        },
    },
]

DATABASES = {"default": config.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "guard.Account"
LOGIN_URL = "web:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [str(PACKAGE / "foundation" / "web" / "locale")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = str(HOME / "static")
(HOME / "static").mkdir(exist_ok=True)  # whitenoise complains where there is none
# Served from where the apps keep them; the bundle's chunks carry their own hashes.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/rencheng/chunks/.+-[\w-]{8}\.\w+$"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOADS = HOME / "uploads"

CSRF_FAILURE_VIEW = "rencheng.foundation.web.errors.form_expired"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = config.behind_tls()
SECURE_HSTS_SECONDS = 31_536_000 if config.behind_tls() else 0
SECURE_SSL_REDIRECT = config.behind_tls()
# Those who watch over the house ask from inside, past the proxy that ends TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if config.behind_tls() else None
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # our own middleware writes X-Frame-Options and frame-ancestors
    "security.W005",  # other hosts of the city's domain are not ours to bind
    "security.W021",  # nor is the browsers' preload list
]
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s [%(request_number)s] %(name)s: %(message)s"}
    },
    "filters": {"request": {"()": "rencheng.foundation.web.requests.WithRequestNumber"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["request"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"rencheng": {"level": "INFO"}},
}
