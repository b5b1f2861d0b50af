"""The site map: each app's `urls.py` is a chapter of it."""

from django.urls import include, path, register_converter

from cluster_portal.periods import HalfYearConverter, PeriodConverter

register_converter(PeriodConverter, "period")
register_converter(HalfYearConverter, "half_year")

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("incidents.urls")),
    path("", include("meetings.urls")),
    path("", include("members.urls")),
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
]
