"""Where staff sign in and look after their account, below the admin. Of allauth's addresses only
those that this site offers: no sign-up, and nothing that needs mail."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.contrib import admin
from django.urls import include, path

from sextortion_site.staff.sign_in import factor_views, views

SECOND_FACTOR = [
    path("", mfa.index, name="mfa_index"),
    path("step/", mfa.authenticate, name="mfa_authenticate"),
    path("sure/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("app/", app.activate_totp, name="mfa_activate_totp"),
    path("app/off/", factor_views.remove_app, name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("passkeys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/new/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/sign-in/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/sure/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/off/", factor_views.remove_passkey, name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/sure/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", views.change_password, name="account_change_password"),
    path("account/second-factor/", include(SECOND_FACTOR)),
    path("account/link/<str:token>/", views.open_link, name="staff-link"),
    path("account/choose-password/", views.choose_password, name="staff-password"),
    path("", admin.site.urls),
]
