"""The two marks (de to krydser) under what is sent without redaction: it has been read, and the machine's finds looked at."""

from typing import Any

from django import forms

from uth.actions.handling import Refused


class VouchedForm(forms.Form):
    """A text and perhaps a PDF that somebody vouches for. The second mark is asked for only when something was found."""

    document = forms.FileField(
        label="PDF",
        required=False,
        help_text="Højst 5 MB. Oplysninger om, hvem der har lavet filen, bliver fjernet.",
        widget=forms.FileInput({"accept": ".pdf"}),
    )
    overruled = forms.BooleanField(
        label="Jeg har set på de ord, der er nævnt ovenfor, og de er ikke personoplysninger", required=False
    )
    confirmed = forms.BooleanField(
        label="Jeg har læst det hele, også PDF'en, og ingen patient, rapportør eller medarbejder er nævnt",
        required=False,
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.order_fields([*(n for n in self.fields if n not in LAST), *LAST])
        if "overruled" not in self.data:
            self.fields["overruled"].widget = forms.HiddenInput()

    def content(self) -> bytes | None:
        """The PDF's bytes, if one was chosen."""
        file = self.cleaned_data.get("document")
        return file.read() if file else None

    def refuse(self, refused: Refused) -> None:
        """Show the action's sentences, each at its field; words that were found bring the second mark forth."""
        for name, sentence in refused.problems.items():
            self.add_error(name if name in self.fields else None, sentence)
            if "personoplysninger?" in sentence:
                self.fields["overruled"].widget = forms.CheckboxInput()


LAST = ("document", "overruled", "confirmed")
