"""The page of jobs and mail."""

from __future__ import annotations

from flask import Response, after_this_request, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_security import current_user

from surveyapp.accounts import audit, outbox, screen
from surveyapp.admin import running
from surveyapp.admin.forms import TestMailForm
from surveyapp.admin.room import administrators, blueprint
from surveyapp.errors import NotFound
from surveyapp.extensions import database, session
from surveyapp.models import Letter


@blueprint.get("/jobs")
@administrators
def jobs() -> ResponseReturnValue:
    """Show what the clock did, what waits, and the latest letters."""
    return _page(TestMailForm(formdata=None, email=current_user.email))


@blueprint.post("/jobs/test-mail")
@administrators
def test_mail() -> ResponseReturnValue:
    """Send a letter now, after it has been committed, and show on the page what came of it."""
    form = TestMailForm()
    if not form.validate_on_submit():
        return _page(form), 422
    send = outbox.mailer(current_app.config)
    if send is None:
        flash(gettext("No mail server is named yet: set HEED_MAIL_SERVER and start the server again."), "error")
        return redirect(url_for("admin.jobs"))
    subject = gettext("A test letter from %(name)s", name=screen.organisation_name())
    letter = outbox.post(session(), to=form.email.data, subject=subject, body=gettext("Mail works."))
    session.flush()
    _send_after_commit(letter.id, send)
    return redirect(url_for("admin.jobs"))


@blueprint.post("/jobs/letters/<int:letter_id>/retry")
@administrators
def retry_letter(letter_id: int) -> ResponseReturnValue:
    """Let a failed letter wait again."""
    letter = session.get(Letter, letter_id)
    if letter is None:
        raise NotFound(gettext("There is no such letter."))
    outbox.retry(session(), letter)
    flash(gettext("The letter goes out with the next round."), "success")
    return redirect(url_for("admin.jobs"))


@blueprint.post("/jobs/letters/<int:letter_id>/<any(again, arrived):decided>")
@administrators
def decide_letter(letter_id: int, decided: str) -> ResponseReturnValue:
    """Decide about a letter of which nobody can know whether it arrived: send it again, or take it for sent."""
    letter = outbox.hanging(session(), letter_id)
    if decided == "again":
        outbox.send_again(letter)
        flash(gettext("The letter goes out with the next round."), "success")
    else:
        outbox.call_arrived(letter)
        flash(gettext("Taken for sent."), "success")
    audit.record(session(), current_user, f"letter {decided}", letter)
    return redirect(url_for("admin.jobs"))


def _send_after_commit(letter_id: int, send: outbox.Send) -> None:
    @after_this_request
    def send_it(answer: Response) -> Response:
        if answer.status_code < 400:
            outbox.send_one(database(), send, letter_id)
        return answer


def _page(form: TestMailForm) -> str:
    return render_template(
        "admin/jobs.html",
        form=form,
        jobs=running.jobs(session()),
        waiting=running.waiting(session()),
        letters=running.letters(session()),
        hangs=outbox.hangs,
    )
