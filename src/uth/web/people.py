"""Accounts (konti): log in and out, two steps, passwords, and the page that says who I am."""

from typing import Any

from allauth.account import views as account
from allauth.core import ratelimit
from allauth.mfa.base import views as two_steps
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from uth.actions import accounts, people
from uth.actions.handling import Refused
from uth.queries import people as who
from uth.web import gate, idleness
from uth.web.gate import enrolling, public, signed_in
from uth.web.signing_in import RULE, landing


class LogIn(account.LoginView):
    """E-mail and password; a demo lists its log-ins."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demo = who.demo_log_ins(at=gate.at(self.request)) if settings.UTH_DEMO else ()
        return super().get_context_data(**kwargs) | {
            "heading": "Log ind",
            "section": "login",
            "submit_label": "Log ind",
            "idled_out": self.request.session.pop(idleness.OUT, False),
            "typed_kept": idleness.TYPED in self.request.session,
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


class WelcomeForm(forms.Form):
    """What a new colleague chooses."""

    name = forms.CharField(
        label="Dit navn",
        max_length=200,
        help_text="Som dine kolleger kender det. Det står på det, du gør i sagerne.",
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Skriv dit navn."},
    )
    password = forms.CharField(
        label="Vælg en adgangskode",
        help_text=RULE,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Vælg en adgangskode."},
    )


class KeyForm(forms.Form):
    """What a key for a program is for."""

    label = forms.CharField(
        label="Hvad skal nøglen bruges til?",
        max_length=100,
        error_messages={"required": "Giv nøglen et navn, så du kan kende den igen."},
    )


LINK = "invitation"  # where the session keeps the link's secret, so that it leaves the address line


@public
@never_cache
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: looking does not use it up, so a mail filter cannot either."""
    request.session[LINK] = token
    return redirect("invitation")


@public
@never_cache
def invitation(request: HttpRequest) -> HttpResponse:
    """Choose a name and a password, or take the new role with the account one has."""
    limit = ratelimit.consume_or_429(request, action="invitation", config=INVITATION_LIMIT)
    if limit is not None:
        return limit
    token = str(request.session.get(LINK, ""))
    asked = who.invitation(token, by=gate.actor(request), at=gate.at(request))
    if asked is None:
        return render(request, "account/invitation_gone.html", {"heading": "Linket virker ikke"}, status=404)
    if asked.known and not asked.mine:
        return render(request, "account/invitation_known.html", {"heading": "Du har allerede en konto"})
    form = WelcomeForm(request.POST if request.method == "POST" else None)
    if asked.mine:
        form.fields.clear()
    if request.method == "POST" and form.is_valid() and _accepted(request, token, form):
        del request.session[LINK]
        messages.success(
            request, "Velkommen. Nu kan du logge ind." if not asked.mine else "Du har fået rollen."
        )
        return redirect("onwards" if asked.mine else "account_login")
    context = {"heading": "Velkommen", "asked": asked, "form": form, "submit_label": "Tag imod"}
    return render(request, "account/invitation.html", context)


INVITATION_LIMIT = {"invitation": "20/h/ip"}


def _accepted(request: HttpRequest, token: str, form: forms.Form) -> bool:
    try:
        people.accept_invitation(
            token,
            name=form.cleaned_data.get("name", ""),
            password=form.cleaned_data.get("password", ""),
            by=gate.actor(request),
            at=gate.at(request),
        )
    except Refused as refused:
        for field, sentence in refused.problems.items():
            form.add_error(field, sentence)
        return False
    return True


@signed_in
@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    """My keys for programs; a new one is shown once."""
    by, at = gate.actor(request), gate.at(request)
    form = KeyForm(request.POST or None)
    token = ""
    if request.method == "POST" and form.is_valid() and by.user_id is not None:
        token = people.new_api_token(user_id=by.user_id, label=form.cleaned_data["label"], by=by, at=at)
        form = KeyForm()
    page = who.account(by=by, at=at)
    context = {"heading": "Nøgler til programmer", "form": form, "token": token, "page": page}
    return render(request, "account/keys.html", context)


@signed_in
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Stop one of my keys."""
    if request.method == "POST":
        people.revoke_api_token(token_id, by=gate.actor(request), at=gate.at(request))
        messages.success(request, "Nøglen virker ikke længere.")
    return redirect("account_keys")


@enrolling
def onwards(request: HttpRequest) -> HttpResponse:
    """To the page where this person's work lies."""
    return redirect(landing(request))


urls = [
    path("konto/", me, name="mfa_index"),
    path("konto/invitation/", invitation, name="invitation"),
    path("konto/invitation/<str:token>/", open_invitation, name="open_invitation"),
    path("konto/noegler/", keys, name="account_keys"),
    path("konto/noegler/<int:token_id>/luk/", revoke, name="account_revoke"),
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
