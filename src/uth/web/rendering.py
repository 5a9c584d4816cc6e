"""How forms are drawn (formularernes udseende): our templates first, Django's own where we have none."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.template.loader import select_template

OURS = "uth/forms/"
DJANGOS = "django/forms/"


class Renderer(TemplatesSetting):
    """Draw every form, field and widget in the design system's markup.

    Asking for ours by a name of its own keeps Django's widgets from winning silently by the order of
    INSTALLED_APPS. `django.forms` must still be installed, for the few templates we leave as they are.
    """

    def get_template(self, template_name: str) -> Any:
        """Find our template for this name, else Django's."""
        if template_name.startswith(DJANGOS):
            return select_template([OURS + template_name.removeprefix(DJANGOS), template_name])
        return select_template([template_name])


class Option(str):
    """The words of a radio button or checkbox, with a hint under them."""

    __slots__ = ("hint",)

    hint: str

    def __new__(cls, words: str, hint: str = "") -> "Option":
        """Make the words, and keep the hint beside them."""
        option = super().__new__(cls, words)
        option.hint = hint
        return option
