"""The pages of django-allauth that the portal uses; sign-up and e-mail management are left out."""

from allauth.account import views
from allauth.usersessions.views import list_usersessions
from django.urls import include, path, re_path

from members.views import own_email

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("email/", own_email.email_change, name="account_email"),
    path("email/confirm/<str:key>/", own_email.email_confirm, name="account_email_confirm"),
    path("sessions/", list_usersessions, name="usersessions_list"),
    path("2fa/", include("allauth.mfa.urls")),
]
