from django.urls import path

from content.views import articles
from igny8_core.status import status

urlpatterns = [
    path("api/v1/system/status/", status),
    path("api/v1/content/", articles),
]
