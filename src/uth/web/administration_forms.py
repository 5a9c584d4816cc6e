"""The forms of the administration (administrationens formularer)."""

from typing import Any

from django import forms

from uth.actions.people import roles_at
from uth.law.terms import Role
from uth.queries import administration as seen
from uth.web.fields import DayMonthYearField
from uth.web.rendering import Option

ROLE_HELP = {
    Role.INTAKE: "Ser nye rapporter, fordeler, overdrager og afviser.",
    Role.HANDLER: "Behandler sager, spørger rapportøren, anonymiserer og videregiver.",
    Role.RISK_MANAGER: "Alt det, en initialmodtager og en sagsbehandler kan, og ser adgangsloggen.",
    Role.ADMIN: "Bestemmer, hvem der har adgang. Ser ingen sager.",
    Role.NATIONAL: "Læser de videregivne, anonymiserede sager og beder om analyser og planer.",
    Role.READER: "Læser de anonymiserede rapporter og intet andet. Til den myndighed, de stilles til rådighed for.",
}


class InviteForm(forms.Form):
    """Who, where and as what."""

    email = forms.EmailField(
        label="E-mail",
        help_text="Arbejdsmailen. Den bliver personens brugernavn.",
        error_messages={"required": "Skriv en e-mail.", "invalid": "Skriv en e-mail som navn@eksempel.dk."},
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    organisation = forms.ChoiceField(label="Enhed", help_text="Rollen gælder enheden og alt under den.")
    role = forms.ChoiceField(label="Rolle", widget=forms.RadioSelect)

    def __init__(self, units: tuple[seen.Unit, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, units)


class RoleForm(forms.Form):
    """One more role for somebody."""

    organisation = forms.ChoiceField(label="Enhed")
    role = forms.ChoiceField(label="Rolle", widget=forms.RadioSelect)
    since = DayMonthYearField(label="Første dag", required=False, help_text="Lad stå tom for i dag.")
    until = DayMonthYearField(
        label="Sidste dag", required=False, help_text="Lad stå tom, hvis den ikke er kendt."
    )

    def __init__(self, units: tuple[seen.Unit, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, units)


class EndForm(forms.Form):
    """When a role ends."""

    last_day = DayMonthYearField(
        label="Sidste dag", required=False, help_text="Lad stå tom for at afslutte nu."
    )


class HeirForm(forms.Form):
    """Who takes over."""

    to_user = forms.ChoiceField(label="Ny sagsbehandler", error_messages={"required": "Vælg en kollega."})

    def __init__(self, heirs: tuple[seen.Heir, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "to_user", [("", "Vælg"), *((str(h.id), h.name) for h in heirs)])


class UnitForm(forms.Form):
    """A new part."""

    below = forms.ChoiceField(label="Ligger under")
    name = forms.CharField(label="Navn", max_length=200, error_messages={"required": "Skriv enhedens navn."})

    def __init__(self, units: tuple[seen.Unit, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "below", [(u.key, "– " * u.depth + u.name) for u in units])


class SubjectForm(forms.Form):
    """Whose data."""

    cpr = forms.CharField(
        label="CPR-nummer",
        max_length=20,
        widget=forms.TextInput({"class": "short", "autocomplete": "off", "inputmode": "numeric"}),
        error_messages={"required": "Skriv CPR-nummeret."},
    )

    def clean_cpr(self) -> str:
        typed = "".join(c for c in self.cleaned_data["cpr"] if c.isalnum())
        if len(typed) != 10:
            raise forms.ValidationError("Et CPR-nummer har ti cifre. Skriv det som 010203-1234.")
        return typed


class KeyForm(forms.Form):
    """A sender's key."""

    sender = forms.CharField(
        label="Myndighedens kode", max_length=80, help_text="For eksempel 0461 eller DK-84."
    )
    name = forms.CharField(label="Myndighedens navn", max_length=200)
    key_id = forms.CharField(
        label="Nøglens nummer", max_length=64, help_text="Afsenderen oplyser det, for eksempel k2."
    )
    public_key = forms.CharField(
        label="Offentlig nøgle",
        max_length=100,
        help_text="44 tegn. Få den ad en anden vej end mail, eller ring og sammenlign de første otte tegn.",
    )


def _choose(form: forms.Form, units: tuple[seen.Unit, ...]) -> None:
    """Units and roles as choices, with what each role may do under it."""
    _choices(form, "organisation", [(u.key, "– " * u.depth + u.name) for u in units])
    known = dict.fromkeys(role for unit in units for role in roles_at("national" if unit.national else ""))
    _choices(form, "role", [(str(role), Option(role.danish, hint=ROLE_HELP[role])) for role in known])
    form.fields["role"].error_messages["required"] = "Vælg en rolle."


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = choices
