"""Accounts (konti): log in and out, two steps, passwords, and the page that says who I am."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as two_steps
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, re_path

from uth.actions import accounts
from uth.queries import people as who
from uth.web import gate
from uth.web.gate import enrolling, public, signed_in
from uth.web.signing_in import landing


class LogIn(account.LoginView):
    """E-mail and password; a demo lists its log-ins."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = who.demo_log_ins(at=gate.at(self.request)) if settings.UTH_DEMO else ()
        return super().get_context_data(**kwargs) | {
            "heading": "Log ind",
            "section": "login",
            "submit_label": "Log ind",
            "demo_log_ins": demo,
            "demo_password": settings.UTH_DEMO_PASSWORD,
        }


class Enrol(totp.ActivateTOTPView):
    """Set up the app on the telephone; with its line in the same transaction."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            by = gate.actor(self.request)
            accounts.happened(
                accounts.Event.TWO_STEPS_ON, user_id=by.user_id, by=by, at=gate.at(self.request)
            )
            return super().form_valid(form)


@enrolling
def me(request: HttpRequest) -> HttpResponse:
    """Who am I here, and what can I change."""
    page = who.account(by=gate.actor(request), at=gate.at(request))
    return render(request, "account/me.html", {"heading": "Min konto", "page": page})


@enrolling
def onwards(request: HttpRequest) -> HttpResponse:
    """To the page where this person's work lies."""
    return redirect(landing(request))


urls = [
    path("konto/", me, name="mfa_index"),
    path("konto/videre/", onwards, name="onwards"),
    path("konto/log-ind/", public(LogIn.as_view()), name="account_login"),
    path("konto/log-ind/kode/", public(two_steps.authenticate), name="mfa_authenticate"),
    path("konto/log-ud/", public(account.logout), name="account_logout"),
    path("konto/lukket/", public(account.account_inactive), name="account_inactive"),
    path("konto/glemt/", public(account.password_reset), name="account_reset_password"),
    path("konto/glemt/sendt/", public(account.password_reset_done), name="account_reset_password_done"),
    path(
        "konto/glemt/faerdig/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^konto/glemt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("konto/bekraeft/", enrolling(account.reauthenticate), name="account_reauthenticate"),
    path("konto/bekraeft/kode/", enrolling(two_steps.reauthenticate), name="mfa_reauthenticate"),
    path("konto/adgangskode/", signed_in(account.password_change), name="account_change_password"),
    path("konto/totrin/", enrolling(Enrol.as_view()), name="mfa_activate_totp"),
    path("konto/totrin/fra/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("konto/gendannelse/", signed_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "konto/gendannelse/nye/",
        signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]
