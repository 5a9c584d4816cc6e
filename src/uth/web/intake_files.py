"""The question about files (bilag): a page of its own, the same in both forms."""

from typing import Any

from django import forms

from uth.actions.attachments import MOST_BYTES, MOST_FILES
from uth.web.intake_fields import Question


class ManyFiles(forms.FileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class Files(Question):
    """Files to go with the report; nobody needs any."""

    template = "intake/files.html"
    heading = "Vil du vedhæfte billeder eller dokumenter?"
    upload = forms.FileField(
        label="Vælg filer",
        required=False,
        help_text=f"Billeder (JPG, PNG, WebP), PDF, Word (.docx) eller tekst. Af et Word-dokument gemmer vi kun teksten. Højst {MOST_FILES} filer à "
        f"{MOST_BYTES // 1024 // 1024} MB.",
        widget=ManyFiles({"accept": ".jpg,.jpeg,.png,.webp,.pdf,.docx,.txt"}),
    )

    def names(self) -> list[str]:
        """Files do not lie among the answers."""
        return []

    def said(self) -> dict[str, Any]:
        """The report takes them from the shelf when it is sent."""
        return {}
