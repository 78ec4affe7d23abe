"""One generic runner: opens a run, finds the page, reads what was submitted, answers with a page or a redirect."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, g, redirect, request
from werkzeug.wrappers import Response

from app.config import Config
from app.data import clock
from app.data.sealing import Keys
from app.domain.names import Place
from app.engine.library import Library
from app.engine.vocabulary import Ask, CheckAnswers, Journey, LinkTo, Page, Para, Question, Stop, all_choices
from app.engine.walk import Heard
from app.services import answering, looking_up, outcomes, runs
from app.services.registrations import Request
from app.services.runs import OpenRun
from app.services.supply import RunWorld, Setting
from app.services.teacher_record.port import TeacherRecords
from app.web.journeys.asking import Said, question_page
from app.web.journeys.places import Whereabouts
from app.web.journeys.showing import Stage, check_page, done_page, stop_page
from app.web.render import render

# For journeys that have no words of their own for it: rounds, and any that is no longer in the library.
ALREADY_SENT = Stop(
    name="already_sent",
    heading="You have already sent these answers",
    blocks=(Para("You sent them on {sent on}."),),
    button=LinkTo("Back to your ECTs", place="your_ects"),
)
FORGOTTEN = Stop(
    name="forgotten",
    heading="We have deleted these answers",
    blocks=(Para("We keep answers for {days kept} days. You will need to start again."),),
    button=LinkTo("Back to your ECTs", place="your_ects"),
)

CHECK_ANSWERS = "check_answers"

Answering = Callable[[], Response]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the runner works with, made once for an app."""

    library: Library
    records: TeacherRecords
    keys: Keys


def parts() -> Parts:
    """The app’s parts."""
    found: Parts = current_app.extensions["journeys"]
    return found


def begins(slug: str) -> str:
    """The words of the button that begins a live journey."""
    found = parts().library.get(slug)
    assert found is not None
    return found.begin


def settings() -> Config:
    """The app’s settings."""
    found: Config = current_app.config["SETTINGS"]
    return found


def asked() -> Request:
    """Who asks, and in which request."""
    return Request(g.person.id, clock.now(), g.request_id)


def journey_of(row: runs.RunDetails) -> Journey:
    """The run’s journey. Raises runs.Over when it is no longer in the library."""
    found = parts().library.get(row.journey, row.variant)
    if found is None:
        raise runs.Over
    return found


def opened() -> OpenRun:
    """The request’s run, walked now. Raises runs.Over when it can’t be continued."""
    return runs.opened(g.run_row, journey_of(g.run_row), clock.now(), parts().keys)


def where(row: runs.RunDetails, record_id: str = "") -> Whereabouts:
    """Where a run’s pages are; `record_id` is the record they speak of, when it isn’t the one the run is about."""
    help_at, about = settings().support_email, record_id or row.subject_id or ""
    return Whereabouts(row.journey, row.variant, row.reference, row.school_urn, help_at, about)


def stage_of(run: OpenRun, heard: Heard) -> Stage:
    """What a page that comes after `heard` is shown against."""
    here = run.world.view(heard).here
    setting = Setting(run.row.kept_until, runs.DAYS_KEPT, settings().support_email)
    lexicon = run.world.lexicon(heard, run.answers, setting)
    found = here.id if here and not run.row.subject_id else ""
    return Stage(heard, run.world, lexicon, where(run.row, found), run.answers)


def show(run: OpenRun, name: str, said: Said | None = None, status: int = 200) -> Response:
    """A page that may be shown now; any other address leads to the furthest page."""
    page = run.walk.find(name)
    if page is None:
        return furthest(run, name)
    stage, back = stage_of(run, run.walk.heard_before(page)), back_from(run, page)
    changed = request.args.get("notice") == "changed"
    if isinstance(page, Stop):
        return render("journeys/stop.html", stop_page(page, stage, back, run.journey.tabs))
    if isinstance(page, CheckAnswers):
        view = check_page(page, stage, back, run.row.version, run.journey.tabs, changed=changed)
        return render("journeys/check_answers.html", view)
    answer = run.walk.heard.answer(name)
    shown = question_page(
        page,
        stage,
        said or Said(answer.values if answer else {}),
        back=back,
        version=run.row.version,
        tabs=run.journey.tabs,
        changing=is_changing(),
        changed=changed,
    )
    return render("journeys/question.html", shown, status)


def back_from(run: OpenRun, page: Page) -> str | None:
    """Back: check answers while changing one of them, else the page before, else where the journey is begun."""
    before, at = run.walk.before(page), where(run.row)
    if is_changing() and run.walk.complete:
        return at.page(run.walk.frontier.name)
    return at.page(before.name) if before else begun_at(at, run.journey)


def begun_at(at: Whereabouts, journey: Journey | None) -> str:
    """The address of the page where a journey is begun; of Your ECTs for one that doesn’t say."""
    place = journey.place if journey and journey.place else Place.YOUR_ECTS
    return at.link(LinkTo("", place=place))


def is_changing() -> bool:
    """Whether the page was opened by a Change link (or leads on from one)."""
    return request.values.get("changing") == "yes"


def to_page(run: OpenRun, name: str, *, changing: bool = False, notice: str = "") -> Response:
    """Redirect to one of the run’s pages."""
    onwards = changing and name != CHECK_ANSWERS
    return redirect(where(run.row).page(name, changing=onwards, notice=notice), 303)


def furthest(run: OpenRun, wanted: str = "", *, notice: str = "") -> Response:
    """Redirect to the furthest page. Whoever wanted check answers goes from gap to gap until they are back there."""
    return to_page(run, run.walk.frontier.name, changing=wanted == CHECK_ANSWERS, notice=notice)


def submit(run: OpenRun, name: str) -> Response:
    """Keep an answer, or send them all. A page that may not be shown now changes nothing."""
    page = run.walk.find(name)
    if isinstance(page, CheckAnswers):
        return _send(run, page)
    if page is None and name == CHECK_ANSWERS:
        return _not_sent(run)  # the same press again may just have been the one that sent them
    if not isinstance(page, Ask):
        return furthest(run, name)
    heard = run.walk.heard_before(page)
    submitted = request.form.to_dict(flat=False)
    reading = answering.read(page.question, submitted, heard, run.world)
    if reading.faults:
        return show(run, name, Said(submitted=submitted, faults=reading.faults), 422)
    return _keep(run, page.question, reading, heard)


def _keep(run: OpenRun, question: Question, reading: answering.Reading, heard: Heard) -> Response:
    values = dict(reading.kept)
    if question.action:
        trn = values.get("trn") or run.world.view(heard).trn
        values |= looking_up.run(question.action, trn, reading.passing, parts().records, clock.now())
    try:
        newer = runs.answer(
            run,
            question.name,
            values,
            version=version(),
            person_id=g.person.id,
            now=clock.now(),
            keys=parts().keys,
            forget=_forgotten(question, values),
        )
    except runs.Stale:
        return to_page(run, question.name, changing=is_changing(), notice="changed")
    changing = is_changing()
    return to_page(newer, newer.walk.after(question.name, changing=changing).name, changing=changing)


def _forgotten(question: Question, values: dict[str, str]) -> tuple[str, ...]:
    """Pages whose answers go with the choices made."""
    chosen = (c for f in question.fields for c in all_choices(f) if values.get(f.name) == c.value)
    return tuple(page for choice in chosen for page in choice.forgets)


def version() -> int:
    """The run’s version when the form was shown; one that can’t be read counts as none."""
    said = request.form.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1


def _send(run: OpenRun, page: CheckAnswers) -> Response:
    holds = stage_of(run, run.walk.heard).say(page.holding)
    if request.form.get("holding", holds) != holds:
        return to_page(run, page.name, notice="changed")
    try:
        outcomes.send(run, version(), asked(), parts().keys)
    except (runs.Stale, outcomes.Incomplete):
        return _not_sent(run)
    return redirect(where(run.row).page("confirmation"), 303)


def _not_sent(run: OpenRun) -> Response:
    """Sent already by another request: the confirmation. Else the page that needs looking at, with the reason on it."""
    row = runs.find(run.row.reference, (run.row.school_id,))
    if row is None or row.status != "open":
        return redirect(where(run.row).page("confirmation"), 303)
    newer = runs.opened(row, run.journey, clock.now(), parts().keys)
    return furthest(newer, CHECK_ANSWERS, notice="changed" if newer.walk.complete else "")


def confirmed(row: runs.RunDetails, *, again: bool) -> Response:
    """The confirmation of a finished run, or when a question page of it is opened again, a page that says so."""
    if row.status != "finished" or row.kept_until <= clock.now():
        raise runs.Over
    journey = journey_of(row)
    sent = outcomes.sent(row, parts().keys, journey.subject)
    stage = sent_stage(row, sent.heard, sent.world, sent.reference)
    if again:
        back = begun_at(stage.where, journey)
        return render(
            "journeys/stop.html", stop_page(journey.again or ALREADY_SENT, stage, back, journey.tabs)
        )
    return render("journeys/done.html", done_page(journey.done, stage, journey.tabs))


def sent_stage(row: runs.RunDetails, heard: Heard, world: RunWorld, reference: str) -> Stage:
    """What the confirmation is shown against: the answers as they were sent."""
    setting = Setting(row.kept_until, runs.DAYS_KEPT, settings().support_email, reference, row.finished_at)
    return Stage(heard, world, world.lexicon(heard, {}, setting), where(row, row.result_id or ""))


def over(row: runs.RunDetails) -> Response:
    """The page of a run whose answers are gone: 410, with a way to start again. One that was sent leads to what it
    made."""
    journey = parts().library.get(row.journey, row.variant)
    if row.result_id is not None and journey is not None and journey.again and journey.again.button:
        return redirect(where(row, row.result_id).link(journey.again.button), 303)
    world = RunWorld(outcomes.Reads.afresh(row, clock.now()))
    stage = sent_stage(row, Heard(world, {}, {}), world, "")
    gone = journey.over if journey and journey.over else FORGOTTEN
    page = stop_page(gone, stage, begun_at(stage.where, journey), "school")
    return render("journeys/stop.html", page, 410)
