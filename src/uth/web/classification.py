"""Classification (klassifikation): a type more for a case, chosen from the whole to the part with its meaning beside it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from uth.actions import handling
from uth.actions.handling import Refused
from uth.law.clock import danish_day
from uth.law.procedure import NotAllowed
from uth.law.taxonomy import NOT_OFFICIAL, Code, Taxonomy, taxonomy
from uth.law.terms import Act, ActualHarm, PossibleHarm, Severity
from uth.queries import access
from uth.queries.access import CasePage
from uth.web.case_words import type_name
from uth.web.gate import actor, at, desk
from uth.web.guidance import beside_act
from uth.web.handling import frame, seen, why_not
from uth.web.rendering import Option

NEITHER = ("", Option("Ingen af dem passer", hint="Så bliver det ikke en del af typen."))


def option(code: Code) -> tuple[str, Option]:
    """A code as a radio button: its name, what it means, an example."""
    return code.key, Option(code.name, hint=f"{code.definition} Eksempel: {code.example}")


class GroupForm(forms.Form):
    """What was it about?"""

    gruppe = forms.ChoiceField(
        label="Hvad handlede hændelsen om?",
        widget=forms.RadioSelect,
        error_messages={"required": "Vælg den gruppe, der passer bedst."},
    )

    def __init__(self, *given: object, known: Taxonomy) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self.fields["gruppe"].choices = [option(code) for code in known.main_groups.values()]  # type: ignore[attr-defined]


class FoldedRadio(forms.RadioSelect):
    """Radio buttons in groups: the first one open, the others folded until one of theirs is chosen."""

    template_name = "uth/forms/widgets/folded_radio.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Say which groups hold the choice."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        context["widget"]["opened"] = [
            group for group, options, _ in groups if any(option["selected"] for option in options)
        ]
        return context


class PartForm(forms.Form):
    """What went wrong, and in which piece of work?"""

    problem = forms.ChoiceField(label="Hvad gik galt?", widget=FoldedRadio, required=False)
    proces = forms.ChoiceField(label="I hvilken del af arbejdet?", widget=FoldedRadio, required=False)

    def __init__(self, *given: object, known: Taxonomy, group: str) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        code = known.main_groups[group]
        for name, usual, every in (
            ("problem", code.problems, known.usual_problems(group)),
            ("proces", code.processes, known.usual_processes(group)),
        ):
            self.fields[name].choices = grouped(code.name, usual, every)  # type: ignore[attr-defined]


def grouped(group: str, usual: Sequence[str], every: Sequence[Code]) -> list[tuple[str, object]]:
    """The usual ones first, then the others, and always a way past."""
    first = [option(code) for code in every if code.key in usual]
    others = [option(code) for code in every if code.key not in usual]
    if not first:
        return [NEITHER, *others]
    return [(f"Oftest ved »{group}«", [*first, NEITHER]), ("Vis de andre", others)]


@desk
def add_type(request: HttpRequest, case_id: int) -> HttpResponse:
    """First the main group, then problem and process; the type is kept with those the case has."""
    page = access.open_case(case_id, by=actor(request), at=at(request))
    if refused := why_not(page, Act.CLASSIFY):
        messages.info(request, refused)
        return redirect(f"/sager/{case_id}/")
    known = taxonomy(danish_day(at(request)))
    group = request.GET.get("gruppe", "")
    if group not in known.main_groups:
        chosen = GroupForm(
            request.GET if "gruppe" in request.GET or "valgt" in request.GET else None, known=known
        )
        return _show(request, page, chosen, known, "Vælg en type", method="get")
    form = PartForm(request.POST if request.method == "POST" else None, known=known, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            return _keep(request, page, group, form)
        except Refused as refusal:
            for sentence in refusal.problems.values():
                form.add_error(None, sentence)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    return _show(request, page, form, known, known.main_groups[group].name, method="post")


def _keep(request: HttpRequest, page: CasePage, group: str, form: PartForm) -> HttpResponse:
    code = code_of(group, form.cleaned_data["problem"], form.cleaned_data["proces"])
    handling.classify(
        page.id,
        codes=[*page.codes, code],
        actual=ActualHarm(page.actual_harm),
        possible=PossibleHarm(page.possible_harm) if page.possible_harm else None,
        decided=Severity(page.severity) if page.severity else None,
        seen=seen(request),
        by=actor(request),
        at=at(request),
    )
    messages.success(request, f"Typen »{type_name(code)}« er tilføjet.")
    return redirect(f"/sager/{page.id}/klassificer/")


def code_of(group: str, problem: str, process: str) -> str:
    """The type's spelling. A process without a problem cannot be spelled, so it waits for one."""
    if process and not problem:
        raise Refused(problem="Vælg også, hvad der gik galt, når du vælger en del af arbejdet.")
    return ".".join(filter(None, (group, problem, process)))


def _show(
    request: HttpRequest, page: CasePage, form: forms.Form, known: Taxonomy, heading: str, *, method: str
) -> HttpResponse:
    context = frame(request, page) | {
        "form": form,
        "guidance": beside_act(Act.CLASSIFY, on=danish_day(at(request)), form=form),
        "heading": heading,
        "method": method,
        "not_official": "" if known.official else NOT_OFFICIAL,
    }
    context["crumbs"] = [
        ("Sager", "/sager/"),
        (f"Sag {page.number}", f"/sager/{page.id}/"),
        ("Klassificér", f"/sager/{page.id}/klassificer/"),
        ("Vælg en type", ""),
    ]
    return render(request, "case/type.html", context, status=400 if form.errors else 200)


urls = [path("sager/<int:case_id>/klassificer/type/", add_type, name="type")]
