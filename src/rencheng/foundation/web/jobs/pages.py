"""Pages of the jobs, for staff."""

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rencheng.foundation.jobs import api
from rencheng.foundation.jobs.api import JobCard
from rencheng.foundation.jobs.models import Job, State
from rencheng.foundation.web.access import staff_only
from rencheng.foundation.web.jobs.listing import JOBS, STATES
from rencheng.foundation.web.lists import QuerySetRows, list_page
from rencheng.kernel.errors import InputError


@require_safe
@staff_only
def jobs(request: HttpRequest) -> HttpResponseBase:
    """List the jobs, the newest first."""
    intro = _("What the house does in the background. A job goes on when its worker dies.")
    return list_page(request, JOBS, QuerySetRows(Job.objects.all()), context={"intro": intro})


@require_safe
@staff_only
def job(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """Show one job: how far it is, who asked for it, how it ended."""
    card = _card(job_id)
    language = get_language() or ""
    title = card.title.say(language)
    colour, state = STATES[card.state]
    return render(
        request,
        "web/jobs/job.html",
        {
            "job": card,
            "title": title,
            "message": card.message.say(language),
            "error": card.error.say(language),
            "colour": colour,
            "state": state,
            "trail": [{"url": reverse("jobs:list"), "label": _("Jobs")}, {"label": title}],
            "result": _facts(card),
        },
    )


@require_safe
@never_cache
@staff_only
def job_json(_request: HttpRequest, job_id: int) -> HttpResponseBase:
    """Say how a job stands, for `<rc-progress>` and programs."""
    card = _card(job_id)
    language = get_language() or ""
    words = card.error if card.state == State.FAILED else card.message
    said: dict[str, object] = {
        "id": card.id,
        "state": card.state,
        "title": card.title.say(language),
        "done": card.done,
        "message": words.say(language),
        "attempts": card.attempts,
    }
    if card.total is not None:
        said["total"] = card.total
    if card.url:
        said["url_when_done"] = card.url
    return JsonResponse(said)


@require_POST
@staff_only
def cancel(_request: HttpRequest, job_id: int) -> HttpResponseBase:
    """Ask a job to stop; one that has ended stays as it is."""
    _card(job_id)
    api.cancel(job_id)
    return HttpResponseRedirect(reverse("jobs:job", args=[job_id]))


def _card(job_id: int) -> JobCard:
    try:
        return api.card(job_id)
    except InputError as error:
        raise Http404(str(error)) from error


def _facts(card: JobCard) -> list[tuple[str, object]]:
    """Give what a job found, where that is a small table of names and values."""
    if not isinstance(card.result, dict):
        return []
    return [
        (name.replace("_", " "), value)
        for name, value in card.result.items()
        if isinstance(value, int | float | str) and not isinstance(value, bool)
    ]
