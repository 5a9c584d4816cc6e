"""One-time links (engangslinks): made when the mail is written, so that no secret lies in the outbox."""

from collections.abc import Callable

from django.contrib.auth.tokens import default_token_generator
from django.utils.http import int_to_base36

from uth.records.people import Invitation, User, invitation_token


def values_for(template: str, to: str) -> dict[str, str]:
    """What a notice with a one-time link needs besides the letter's own values."""
    make = LINKS.get(template)
    return make(to.partition(":")[2]) if make else {}


def _reset(number: str) -> dict[str, str]:
    user = User.objects.get(pk=number)
    return {"path": f"/konto/glemt/{int_to_base36(user.pk)}-{default_token_generator.make_token(user)}/"}


def _invitation(number: str) -> dict[str, str]:
    return {"path": f"/konto/invitation/{invitation_token(Invitation.objects.get(pk=number))}/"}


LINKS: dict[str, Callable[[str], dict[str, str]]] = {
    "password_reset": _reset,
    "invitation": _invitation,
}
