"""The WSGI application that gunicorn serves (`make serve`)."""

import os
from contextlib import suppress

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster_portal.settings")

application = get_wsgi_application()

if not settings.DEBUG:
    from cluster_portal.serving import refuse_sample_accounts

    with suppress(DatabaseError):  # one that is away now may be back with the first request
        refuse_sample_accounts()
    connection.close()
