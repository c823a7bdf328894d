"""The form in which staff says who looks after a data set."""

from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rencheng.foundation.guard.api import staff_names
from rencheng.foundation.memory.catalogue import api as catalogue
from rencheng.foundation.memory.catalogue.api import Care

LONGEST: Final = 2_000


class StewardForm(forms.Form):
    """Steward, note, open question, and whether the data set was looked through today."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    steward = forms.TypedChoiceField(
        label=_("Steward"),
        help_text=_("Who answers questions about this data set."),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"class": "select"}),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "textarea", "rows": 4}),
    )
    open_question = forms.CharField(
        label=_("Open question"),
        help_text=_("What nobody knows yet; leave empty when it is answered."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"class": "textarea", "rows": 4}),
    )
    reviewed = forms.BooleanField(
        label=_("I have looked this data set through today"), required=False
    )

    def __init__(self, care: Care, data: QueryDict | None = None) -> None:
        initial = {
            "seen": care.version,
            "steward": care.steward_id,
            "note": care.note,
            "open_question": care.open_question,
        }
        super().__init__(data, initial=initial)
        choices: list[tuple[int | str, str]] = [("", "—"), *staff_names().items()]
        steward = self.fields["steward"]
        if isinstance(steward, forms.TypedChoiceField):
            steward.choices = choices

    def keep(self, data_set: str, *, by: int) -> Care:
        """
        Store what the form says as the next version.

        Raises
        ------
        ConflictError
            If somebody else has written since the form was opened.
        """
        said = self.cleaned_data
        return catalogue.take_care(
            data_set,
            seen=said["seen"],
            by=by,
            steward_id=said["steward"],
            note=said["note"],
            open_question=said["open_question"],
            reviewed=said["reviewed"],
        )
