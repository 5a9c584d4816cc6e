"""Words and marks for the templates (skabelonmærker): Danish dates, deadlines, icons, error links."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, Field
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from uth.law import routing
from uth.law.text import day_in_words

register = template.Library()

ALERT_WORDS = {"info": "Information", "success": "Udført", "warning": "Vær opmærksom", "error": "Fejl"}
ALERT_KINDS = {"debug": "info"}
SOON = 14


@register.filter
def danish_date(value: date | datetime | None) -> str:
    """3. juni 2026."""
    if value is None or value == "":
        return ""
    return day_in_words(_local_day(value))


@register.filter
def danish_moment(value: date | datetime | None) -> str:
    """3. juni 2026 kl. 14.05; without the hour where only a day is known."""
    if not isinstance(value, datetime):
        return danish_date(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{danish_date(local)} kl. {local:%H.%M}"


@register.simple_tag
def days_left(forward_by: date, today: date | None = None) -> int:
    """Whole days until the deadline; below zero when it has passed."""
    return (_local_day(forward_by) - (today or timezone.localdate())).days


def deadline_words(days: int) -> tuple[str, str]:
    """The words and the tone of a deadline; calm, whoever is late."""
    if days < 0:
        return f"frist overskredet {_days(-days)}", "warning"
    if days == 0:
        return "frist i dag", "warning"
    return f"{_days(days)} tilbage", "info" if days <= SOON else "plain"


@register.inclusion_tag("parts/deadline.html")
def deadline(forward_by: date, today: date | None = None) -> dict[str, str]:
    """A badge that says how long there is."""
    words, tone = deadline_words(days_left(forward_by, today))
    return {"words": words, "tone": tone}


@register.simple_tag
def icon(name: str, label: str = "", **attributes: str) -> SafeString:
    """One icon of the sheet; silent to a screen reader unless it has a label."""
    classes = f"icon-svg {attributes.get('class', '')}".strip()
    place = f"{static('uth/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}" focusable="false"><use href="{}"></use></svg>',
            classes,
            label,
            place,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', classes, place
    )


@register.simple_tag
def question(field: BoundField, **attributes: Any) -> SafeString:
    """Draw one field with its label as the page's heading."""
    context = {"field": field, "as_heading": attributes.get("heading") or field.label}
    return SafeString(render_to_string("uth/forms/field.html", context))


@register.filter
def error_target(field: BoundField) -> str:
    """The id a link in the error summary should lead to: the first box of a group."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


@register.filter
def summary_words(field: BoundField, error: str) -> str:
    """An error as the summary says it: with the question before it, when the sentence alone does not tell which."""
    if str(error) != str(Field.default_error_messages["required"]):
        return str(error)
    label = str(field.label)
    return f"{label} {error}" if label.endswith(("?", ".", "!")) else f"{label}: {error}"


@register.filter
def order_unread(received: date) -> bool:
    """Whether nobody has read the order that said, that day, who receives: the page then says so."""
    return routing.order_unread(received)


@register.filter
def first_target(form: BaseForm) -> str:
    """The id of the form's first field, for errors that belong to the whole form."""
    visible = form.visible_fields()
    return error_target(visible[0]) if visible else "main-content"


@register.filter
def alert_word(kind: str) -> str:
    """What an alert's icon says to a screen reader."""
    return ALERT_WORDS.get(kind, ALERT_WORDS["info"])


@register.simple_tag
def alert_kind(level_tag: str) -> str:
    """The alert that fits a message's level."""
    return ALERT_KINDS.get(level_tag, level_tag or "info")


@register.simple_block_tag
def alert(content: SafeString, kind: str = "info", heading: str = "", live: bool = False) -> SafeString:
    """An alert box around what stands between {% alert %} and {% endalert %}."""
    context = {"kind": kind, "heading": heading, "live": live, "body": content}
    return SafeString(render_to_string("parts/alert.html", context))


@register.simple_tag
def query_with(request: Any, *pairs: Any) -> str:
    """This page's query with some parameters changed: {% query_with request "side" 2 %}."""
    query = request.GET.copy() if request else None
    if query is None:
        return "?" + "&".join(f"{name}={value}" for name, value in _in_pairs(pairs))
    for name, value in _in_pairs(pairs):
        query[name] = value
    return f"?{query.urlencode()}"


def _in_pairs(flat: Iterable[Any]) -> Iterable[tuple[str, Any]]:
    entries = iter(flat)
    return zip(map(str, entries), entries, strict=True)


def _local_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return value


def _days(count: int) -> str:
    return "1 dag" if count == 1 else f"{count} dage"
