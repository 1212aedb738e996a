import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "igny8_core.settings")
application = get_wsgi_application()

# Django loads this with the first request only; the status needs the migrations known at the start.
import igny8_core.urls  # noqa: E402,F401
