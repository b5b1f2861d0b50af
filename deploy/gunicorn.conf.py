"""How gunicorn serves the portal; GUNICORN_CMD_ARGS goes before what stands here."""

workers = 3
accesslog = None  # the portal writes its own, with the visitor's real address: cluster_portal/logs.py
umask = 0o077
