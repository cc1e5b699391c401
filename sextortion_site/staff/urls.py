"""Where staff sign in and look after their account, below the admin. Of allauth's addresses only
those that this site offers: no sign-up, and nothing that needs mail."""

from allauth.account import views as account
from django.contrib import admin
from django.urls import include, path

from sextortion_site.staff.sign_in import views

urlpatterns = [
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/sure/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/link/<str:token>/", views.open_link, name="staff-link"),
    path("account/choose-password/", views.choose_password, name="staff-password"),
    path("", admin.site.urls),
]
