"""Addressees (modtagere): which letters concern the people and the cases of some part of the organisation."""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat

from uth.records.cases import Case
from uth.records.organisations import Organisation
from uth.records.outbox import Letter
from uth.records.people import Invitation, Membership


def letters_below(paths: Iterable[str], letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Those about a case that lies there now, to somebody who is, was or is invited to be something there, or from there."""
    tops = tuple(paths)
    cases = Case.objects.filter(_below(tops, "organisation__path"))
    senders = Organisation.objects.filter(_below(tops, "path"))
    people = Membership.objects.filter(_below(tops, "organisation__path"))
    invited = Invitation.objects.filter(_below(tops, "organisation__path"))
    return letters.alias(sender=KeyTextTransform("sender", "body")).filter(
        Q(case__in=cases.values("pk"))
        | Q(kind=Letter.NATIONAL, case=None, sender__in=senders.values("key"))
        | Q(to__in=_references("user:", people, "user_id"))
        | Q(to__in=_references("invitation:", invited, "pk"))
    )


def _below(tops: tuple[str, ...], field: str) -> Q:
    within = Q(pk__in=[])
    for top in tops:
        within |= Q(**{f"{field}__startswith": top})
    return within


def _references(kind: str, rows: QuerySet[Any], field: str) -> QuerySet[Any, str]:
    """How an outbox names them."""
    named = Concat(Value(kind), Cast(field, CharField()), output_field=CharField())
    told: QuerySet[Any, str] = rows.annotate(reference=named).values_list("reference", flat=True)
    return told
