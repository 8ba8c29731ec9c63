"""Letters: rows first, sent once, and never twice after a crash."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from surveyapp.accounts import outbox
from surveyapp.models import Letter
from tests.support.postbox import postbox


def post(database, *subjects):
    with database.write() as session:
        for subject in subjects:
            outbox.post(session, to="ada@example.org", subject=subject, body="Grüße from the harbour.")


def states(database):
    with database.read() as session:
        return [(row.state, row.error) for row in session.scalars(select(Letter).order_by(Letter.id))]


def test_a_letter_reaches_the_mail_server(database):
    post(database, "Your account")
    with postbox() as box:
        assert outbox.run(database, box.settings) == {"sent": 1, "failed": 0}
        assert outbox.run(database, box.settings) == {"sent": 0, "failed": 0}  # only once
    assert box.got[0].rcpt_tos == ["ada@example.org"]
    assert b"Subject: Your account" in box.got[0].content


def test_without_a_mail_server_letters_wait(database):
    post(database, "One")
    assert "HEED_MAIL_SERVER" in outbox.run(database, {"MAIL_SERVER": ""})["skipped"]
    assert states(database) == [("waiting", "")]


def test_a_letter_is_marked_before_the_server_gets_it(database):
    post(database, "One")
    seen = []
    outbox.send_waiting(database, lambda *_letter: seen.extend(states(database)))
    assert seen == [("handed over", "")]


def test_a_crash_while_sending_does_not_send_twice(database):
    post(database, "One")

    def crash(*_letter):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        outbox.send_waiting(database, crash)
    sent = []
    assert outbox.send_waiting(database, lambda *letter: sent.append(letter)) == (0, 0)
    assert sent == [] and states(database) == [("handed over", "")]


def test_a_failure_keeps_its_reason_and_does_not_stop_the_others(database):
    post(database, "One", "Two")

    def send(_to, subject, _body):
        if subject == "One":
            raise ConnectionRefusedError("nobody listens")

    assert outbox.send_waiting(database, send) == (1, 1)
    assert states(database) == [("failed", "ConnectionRefusedError: nobody listens"), ("sent", "")]


def test_a_failed_letter_can_wait_again(database):
    post(database, "One")
    with database.write() as session:
        letter = session.scalars(select(Letter)).one()
        letter.state, letter.error = "failed", "no"
        outbox.retry(session, letter)
    assert states(database) == [("waiting", "")]


def test_a_line_break_in_a_subject_is_no_header(database):
    post(database, "Hello\r\nBcc: everybody@example.org")
    with postbox() as box:
        outbox.run(database, box.settings)
    assert box.got[0].rcpt_tos == ["ada@example.org"] and b"\nBcc:" not in box.got[0].content
