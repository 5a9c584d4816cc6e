"""The server's entry point (WSGI)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uth.config.settings")
application = get_wsgi_application()
