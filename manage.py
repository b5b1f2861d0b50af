#!/usr/bin/env python
"""Django's command-line entry point."""

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster_portal.settings")
    try:
        _read = settings.DEBUG
    except ImproperlyConfigured as wrong:  # told to whoever sets the portal up; a traceback would hide it
        sys.exit(str(wrong))
    execute_from_command_line(sys.argv)
