"""The site map: each app's `urls.py` is a chapter of it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, register_converter
from django.views.i18n import set_language

from cluster_portal import gallery, views
from cluster_portal.period_fields import HalfYearConverter, PeriodConverter

register_converter(PeriodConverter, "period")
register_converter(HalfYearConverter, "half_year")

handler400 = "cluster_portal.errors.bad_request"
handler429 = "members.limits.too_often"  # django-allauth asks it, too
handler500 = "cluster_portal.errors.server_error"

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("incidents.urls")),
    path("", include("meetings.urls")),
    path("", include("members.urls")),
    path("accounts/", include("members.urls_account")),
    path("", include("cluster_portal.well_known")),
    path("presence/", views.presence, name="presence"),
    path("service-worker.js", views.service_worker, name="service-worker"),
    path("language/", login_not_required(set_language), name="set_language"),
]
if settings.DEBUG:  # not covered: tests run without it, and add these addresses themselves
    urlpatterns += gallery.urlpatterns
