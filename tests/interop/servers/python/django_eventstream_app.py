"""Django with django-eventstream under daphne: ids of its own, stored events, and keep-alives as events."""

import json
import os

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DATABASE"]}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    EVENTSTREAM_STORAGE_CLASS="django_eventstream.storage.DjangoModelStorage",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django_eventstream"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="for a test on the loopback",
)
django.setup()

from django.core.management import call_command
from django_eventstream import get_current_event_id, send_event

call_command("migrate", verbosity=0)


@csrf_exempt
def publish(request):
    said = json.loads(request.body)
    send_event("builds", said["type"], json.loads(said["data"]))
    return JsonResponse({"id": get_current_event_id(["builds"])})


urlpatterns = [
    path("events", include("django_eventstream.urls"), {"channels": ["builds"]}),
    path("publish", publish),
]
app = get_asgi_application()
