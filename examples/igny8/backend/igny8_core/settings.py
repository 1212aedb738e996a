"""All that differs from place to place comes from the environment; the defaults fit the example's infra stack."""

import os

from django.core.management.utils import get_random_secret_key

# Nothing signed has to outlive this process, so a key of its own does where none is given.
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY") or get_random_secret_key()
DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
# Asked by health checks and by proxies under many names; only 127.0.0.1 and the stack's network reach it.
ALLOWED_HOSTS = os.environ.get("DJANGO_ALLOWED_HOSTS", "*").split(",")

INSTALLED_APPS = ["content"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "igny8_core.urls"
WSGI_APPLICATION = "igny8_core.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TIME_ZONE = "UTC"
USE_TZ = True

# Seconds: a status page that hangs is worth less than one that says what hangs.
ANSWER_WITHIN = 2

POSTGRES_DB = os.environ.get("POSTGRES_DB", "igny8")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ.get("POSTGRES_HOST", "postgres"),
        "PORT": os.environ.get("POSTGRES_PORT", "5432"),
        "NAME": POSTGRES_DB,
        "USER": os.environ.get("POSTGRES_USER", "igny8"),
        "PASSWORD": os.environ.get("POSTGRES_PASSWORD", ""),
        # Seconds; by default each request opens a connection of its own, and notices at once that Postgres is gone.
        "CONN_MAX_AGE": float(os.environ.get("POSTGRES_KEEP", "0")),
        "OPTIONS": {"connect_timeout": ANSWER_WITHIN},
    }
}

REDIS_HOST = os.environ.get("REDIS_HOST", "redis")
REDIS_PORT = int(os.environ.get("REDIS_PORT", "6379"))
# Named after the database, so that two copies of the stack can share one Redis.
REDIS_PREFIX = POSTGRES_DB

CELERY_BROKER_URL = f"redis://{REDIS_HOST}:{REDIS_PORT}/0"
CELERY_TASK_DEFAULT_QUEUE = REDIS_PREFIX
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"

# Seconds from one run of the scheduled task to the next.
BEAT_INTERVAL = float(os.environ.get("IGNY8_BEAT_INTERVAL", "3"))
CELERY_BEAT_SCHEDULE = {
    "count-articles": {
        "task": "content.tasks.count_articles",
        "schedule": BEAT_INTERVAL,
        # A worker that comes back after a while drops the old orders instead of doing them all.
        "options": {"expires": BEAT_INTERVAL},
    }
}
