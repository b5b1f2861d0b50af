"""How gunicorn serves the portal; GUNICORN_CMD_ARGS goes before what stands here."""

import gc

workers = 3
# A slow line waits in a thread of its own and holds nobody up; sync workers would be killed over it after 30 s.
worker_class = "gthread"
threads = 4
# (Not loaded before forking: then a reload, `kill -HUP`, would go on with the program of before.)
accesslog = None  # the portal writes its own, with the visitor's real address: cluster_portal/logs.py
umask = 0o077


def post_worker_init(worker):
    _mask_keys(worker)
    _read_the_program()
    _settle_garbage()


def _mask_keys(worker):
    """What gunicorn itself says of a request it could not answer names no key of a link.

    In the worker: what is imported before the fork is still the program of before after a reload.
    """
    from cluster_portal.secret_addresses import Masked

    worker.log.error_log.addFilter(Masked())


def _read_the_program():
    """Now, and not while the first visitor waits: all pages and what they write files with, most of a second."""
    from django.urls import get_resolver

    _ = get_resolver().url_patterns


def _settle_garbage():
    """Of the program itself nothing becomes garbage: looking through it again and again cost a tenth of each page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 20, 20)
