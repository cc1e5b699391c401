"""Taking second factors off, one at a time and never the last."""

from typing import Any

from allauth.core.internal.httpkit import authenticated_user
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.views import DeactivateTOTPView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import View


class OneAtATime(View):
    """Nobody takes off another factor of the account between the look whether one is left and the
    deletion."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            get_user_model()._default_manager.select_for_update().get(
                pk=authenticated_user(request).pk
            )
            return super().post(request, *args, **kwargs)  # type: ignore[misc]  # of allauth's views


class RemoveApp(OneAtATime, DeactivateTOTPView):
    """An app with codes; its form looks whether it is the last."""


class RemovePasskey(OneAtATime, RemoveWebAuthnView):
    """Not the last second factor, which allauth looks at for apps with codes alone."""

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if adapter.can_delete_authenticator(self.get_object()):
            return super().form_valid(form)
        messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")


remove_app = RemoveApp.as_view()
remove_passkey = RemovePasskey.as_view()
