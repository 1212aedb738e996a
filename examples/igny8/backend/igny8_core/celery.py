import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "igny8_core.settings")
app = Celery("igny8_core")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

from igny8_core.worker import Alive  # noqa: E402

app.steps["worker"].add(Alive)
