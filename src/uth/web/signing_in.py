"""Signing in (log ind): what we ask of allauth, in Danish, and the lines each step leaves in the audit."""

import time
from datetime import UTC, datetime
from typing import Any

import segno
from allauth.account import app_settings as account_settings
from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as code_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.conf import settings
from django.core.cache import cache
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from uth.actions import accounts
from uth.actions.accounts import Event
from uth.law.actor import NOBODY, user
from uth.law.terms import Role
from uth.queries.people import standing
from uth.web import gate, idleness

WRONG = "E-mail eller adgangskode passer ikke. Prøv igen, eller vælg »Glemt adgangskode«."
TOO_OFTEN = "Der er prøvet for mange gange. Vent fem minutter, eller vælg »Glemt adgangskode«."
WRONG_CODE = "Koden passer ikke. Skriv den kode, som appen viser lige nu."
# The first page a person wants, by role; the first match counts.
LANDINGS = (
    (gate.DESK, "/sager/"),
    (frozenset({Role.NATIONAL}), "/nationalt/"),
    (frozenset({Role.ADMIN}), "/administration/"),
)
MAILED: dict[str, Event] = {
    "account/email/password_changed": Event.PASSWORD_CHANGED,
    "account/email/password_reset": Event.PASSWORD_RESET,
    "mfa/email/totp_deactivated": Event.TWO_STEPS_OFF,
    "mfa/email/recovery_codes_generated": Event.RECOVERY_CODES_MADE,
}


class Accounts(DefaultAccountAdapter):
    """allauth's hooks: no sign-up, our mail, our audit."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Kontoen er lukket. Tal med jeres administrator.",
        "email_password_mismatch": WRONG,
        "enter_current_password": "Skriv din nuværende adgangskode.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "Adgangskoden passer ikke. Prøv igen.",
        "invalid_login": WRONG,
        "invalid_password_reset": "Linket virker ikke længere. Bed om et nyt.",
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "same_as_current": "Den nye adgangskode skal være en anden end den nuværende.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        """The two steps; a demo has one, and says so on its banner."""
        return [] if settings.UTH_DEMO else ["allauth.mfa.stages.AuthenticateStage"]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return landing(request)

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of this site, written without a host."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        _line(Event.SIGNED_IN, user.pk)
        request.session[idleness.BEGAN] = gate.at(request).timestamp()
        return super().post_login(request, user, **kwargs)

    def logout(self, request: HttpRequest) -> None:
        _line(Event.SIGNED_OUT, request.user.pk)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        accounts.sign_in_failed(email=str(credentials.get("email", "")), by=NOBODY, at=_now())

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        _line(Event.SIGN_IN_CLOSED, user.pk)
        return super().respond_user_inactive(request, user)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth writes no mail of its own: an unknown address is told nothing."""

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        if template_prefix in MAILED:
            _line(MAILED[template_prefix], user.pk)

    def set_password(self, user: Any, password: str) -> None:
        """Who was held out by somebody else's attempts gets in again by the mailed link."""
        super().set_password(user, password)
        self._delete_login_attempts_cached_email(self.request, email=user.email)

    def add_message(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Our pages say themselves what happened."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """What the limits count by: not the address itself."""
        return accounts.address_mark(truncate_ip(super().get_client_ip(request)), on=_now().date())

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who logged in just now need not prove it again."""
        records = get_authentication_records(self.request, self.request.user)
        limit = time.time() - account_settings.REAUTHENTICATION_TIMEOUT
        return not any(record["at"] > limit for record in records)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The stronger proof first."""
        found: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return sorted(found, key=lambda method: method["id"] == "reauthenticate")


class TwoSteps(DefaultMFAAdapter):
    """allauth's hooks for the two steps (totrinslogin): secrets lie sealed, the QR code is ours."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return accounts.seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        return accounts.open_secret(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        svg: str = segno.make(url, micro=False).svg_inline(scale=5, border=4, light="#fff", title="QR-kode")
        return svg

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        Accounts().send_notification_mail(template_prefix, user)


def landing(request: HttpRequest) -> str:
    """Where this person begins."""
    roles = standing(by=gate.actor(request), at=gate.at(request)).roles
    return next((url for wanted, url in LANDINGS if wanted & roles), "/konto/")


def _line(event: Event, user_id: int | None) -> None:
    assert user_id is not None  # noqa: S101 - the door knows who stands in it
    accounts.happened(event, user_id=user_id, by=user(user_id), at=_now())


def _now() -> datetime:
    return datetime.now(UTC)


def _words(form: Form, **labels: str) -> None:
    """Danish labels, and no placeholder that says the same."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        field.label = labels.get(name, field.label)
        field.help_text = ""
        field.error_messages["required"] = f"Udfyld »{field.label}«."


class LogIn(forms.LoginForm):
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, login="E-mail", password="Adgangskode")  # noqa: S106 - a label
        self.fields["login"].error_messages["invalid"] = "Skriv en e-mailadresse som navn@eksempel.dk."


class Confirm(forms.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, password="Adgangskode")  # noqa: S106


NEW = {
    "oldpassword": "Nuværende adgangskode",
    "password1": "Ny adgangskode",
    "password2": "Ny adgangskode igen",
}
RULE = "Mindst 12 tegn. Tre eller fire tilfældige ord er nemme at huske og svære at gætte."


class NewPassword(forms.ChangePasswordForm):
    """A new password for who knows the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, **NEW)
        self.fields["password1"].help_text = RULE


class PasswordAgain(forms.ResetPasswordKeyForm):
    """A new password for who got the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, **NEW)
        self.fields["password1"].help_text = RULE


class Forgotten(forms.ResetPasswordForm):
    """Where to send the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, email="E-mail")

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """The link is made when the mail is written; an unknown address is answered as a known one."""
        for found in self.users:
            accounts.ask_reset(user_id=found.pk, by=NOBODY, at=_now())
        return str(self.cleaned_data["email"])


class _Once:
    """A code counts once, for as long as the clock would take it."""

    SECONDS = 120
    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"uth.code.{self.user.pk}.{''.join(code.split())}", 1, self.SECONDS):
            raise TwoSteps().validation_error("incorrect_code")
        return code

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        accounts.happened(Event.CODE_FAILED, user_id=self.user.pk, by=NOBODY, at=_now())


class Code(_Once, code_forms.AuthenticateForm):
    """The second step: a code from the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, code="Kode")
        self.fields["code"].widget.attrs |= {"class": "short", "autocomplete": "one-time-code"}
        self.fields["code"].help_text = "Seks cifre fra appen på din telefon, eller en gendannelseskode."

    def save(self) -> None:
        super().save()
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            _line(Event.RECOVERY_CODE_USED, self.user.pk)


class CodeAgain(_Once, code_forms.ReauthenticateForm):
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, code="Kode")


class FirstCode(ActivateTOTPForm):
    """The first code from a new app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _words(self, code="Kode fra appen")
        self.fields["code"].widget.attrs |= {"class": "short", "inputmode": "numeric"}
        self.fields["code"].help_text = "Seks cifre. Koden skifter hvert halve minut."
