"""Deliveries: written with the act that caused them, built when they leave, tried again, given up, paused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from surveyapp.accounts.audit import record
from surveyapp.backlog import ledger, linked, outcomes, owning
from surveyapp.db import now
from surveyapp.hooks import backoff, endpoints, guard, noticing, opening, sending, signing
from surveyapp.hooks.kinds import EVENTS
from surveyapp.models import (
    Act,
    Finding,
    HookDelivery,
    HookEndpoint,
    Improvement,
    Letter,
    Mention,
    Promise,
    Response,
    WorkLink,
)
from surveyapp.pipeline import clock
from surveyapp.pipeline.erase import erase
from surveyapp.pipeline.hear import Hearing
from tests.support import make
from tests.support.receiver import answer, nobody, receiver

HERE = ["127.0.0.1/32"]
CONFIG = {"PUBLIC_URL": "https://heed.example.org", "HOOKS_ALLOW": HERE}
NEED = "Please add more chairs by the lake."


@pytest.fixture
def heard(database):
    """A database whose endpoints are told things, with an organisation."""
    noticing.install(database)
    with database.write() as session:
        make.organisation(session)
        make.root(session)
    return database


def endpoint(database, url, *events, **fields):
    with database.write() as session:
        made = HookEndpoint(
            name="Tracker", url=url, events=list(events or EVENTS), secret=signing.new_secret(), **fields
        )
        session.add(made)
        session.flush()
        return made


def rows(database, **where):
    with database.read() as session:
        return list(session.scalars(select(HookDelivery).filter_by(**where).order_by(HookDelivery.id)))


def events(database):
    return [each.event for each in rows(database)]


def soon(database):
    """Let everything that waits be due."""
    with database.write() as session:
        for each in session.scalars(select(HookDelivery).filter_by(state="waiting")):
            each.next_at = now() - timedelta(seconds=1)


def opened(database, **fields):
    """An improvement that nobody is told of."""
    with database.session(write=True) as session:
        made = make.improvement(session, **fields)
        session.commit()
        return made.id


def test_a_response_is_told_of_when_it_was_heard_by_ids_and_rating(heard):
    endpoint(heard, "https://x.example/", "response.received", "mention.new", "improvement.opened")
    with heard.write() as session:
        response = make.response(session, make.survey(session), rating=2, suggestion=NEED)
    assert events(heard) == []  # the customer waited for nothing
    Hearing(heard, holder="test").hear_all()
    assert sorted(events(heard)) == ["improvement.opened", "mention.new", "response.received"]
    with receiver() as there:
        move(heard, there.url)
        assert sending.run(heard, CONFIG) == {"sent": 3, "failed": 0}
    told = {each["type"]: each for each in there.bodies}
    data = told["response.received"]["data"]
    assert data["response"] == response.id and data["rating"] == {"value": 2, "low": 1, "high": 5}
    assert told["mention.new"]["data"]["kind"] == "suggestion"
    assert told["improvement.opened"]["data"]["url"].startswith("https://heed.example.org/backlog/")
    assert not any(b"chairs" in body or b"lake" in body for _headers, body, _path in there.got)


def move(database, url):
    with database.write() as session:
        for each in session.scalars(select(HookEndpoint)):
            each.url = url


def test_words_go_only_where_they_are_ticked_with_personal_data_covered(heard):
    said = "Please add chairs. Call me on 07700 900123 about it."
    with heard.write() as session:
        make.response(session, make.survey(session), suggestion=said)
    with receiver() as there:
        endpoint(heard, there.url, "response.received", "mention.new", words=True)
        Hearing(heard, holder="test").hear_all()
        sending.run(heard, CONFIG)
    whole = next(each for each in there.bodies if each["type"] == "response.received")
    text = whole["data"]["comments"][0]["text"]
    assert "Please add chairs" in text and "07700" not in text and "[" in text
    assert "07700" not in str(there.bodies)


def test_a_title_that_quotes_personal_data_goes_covered(heard):
    with heard.write() as session:
        make.response(session, make.survey(session), suggestion="Please call me on 07700 900123 about more chairs.")
    with receiver() as there:
        endpoint(heard, there.url, "improvement.opened", "improvement.linked", words=True)
        Hearing(heard, holder="test").hear_all()
        with heard.read() as session:
            founded = session.scalars(select(Improvement.id)).one()
        ask(heard, founded)
        sending.run(heard, CONFIG)
    told = [each["data"]["title"] for each in there.bodies if each["data"]["improvement"] == founded]
    assert len(told) == 2 and all("07700" not in each and "900123" not in each and "[" in each for each in told)


def test_a_confidential_survey_is_never_announced_and_its_words_stay(heard):
    endpoint(heard, "https://x.example/", "response.received", "mention.new", words=True)
    with heard.write() as session:
        make.response(session, make.survey(session, confidential=True), rating=1, suggestion=NEED)
    Hearing(heard, holder="test").hear_all()
    assert set(events(heard)) == {"mention.new"}
    with receiver() as there:
        move(heard, there.url)
        sending.run(heard, CONFIG)
    assert "text" not in there.bodies[0]["data"]


def test_imported_history_is_no_news(heard):
    endpoint(heard, "https://x.example/")
    with heard.write() as session:
        make.response(session, make.survey(session), suggestion=NEED, channel="import")
    Hearing(heard, holder="test").hear_all()
    assert events(heard) == []


def test_what_is_found_in_an_old_comment_is_no_news_but_what_a_person_files_is(heard):
    endpoint(heard, "https://x.example/", "mention.new")
    with heard.write() as session:
        old = make.response(
            session, make.survey(session), suggestion=NEED, received_at=now() - timedelta(days=31)
        ).comments[0]
        place = {"comment_id": old.id, "kind": "suggestion", "service_id": old.service_id}
        into = make.improvement(session).id
        session.add(Mention(start=0, end=6, improvement_id=into, **place))
        session.flush()
        assert session.scalar(select(func.count()).select_from(HookDelivery)) == 0
        session.add(Mention(start=7, end=12, improvement_id=into, by=make.person(session).id, **place))
    assert events(heard) == ["mention.new"]


def test_urgent_words_are_told_of_by_ids(heard):
    endpoint(heard, "https://x.example/", "comment.urgent")
    with heard.write() as session:
        comments = [make.response(session, make.survey(session), suggestion=NEED).comments[0] for _ in range(2)]
        for comment, urgent in zip(comments, (["danger"], []), strict=True):
            session.add(Finding(comment_id=comment.id, analyser="test", body={"urgent": urgent}))
    assert [each.thing_id for each in rows(heard, event="comment.urgent")] == [comments[0].id]


def act_all(session, improvement, person, day):
    owning.own(session, improvement, person, by=person.id)
    ledger.set_promise(session, improvement, day, sentence="Chairs by May.", reason="", by=person.id, today=day)
    outcomes.decline(session, improvement, reason="No room.", by=person.id)
    outcomes.reopen(session, improvement, reason="Room!", by=person.id)
    outcomes.done(session, improvement, what="Six chairs stand there.", since=day, by=person.id)
    record(session, person, "told", improvement, state="done", letters=3)
    owning.remark(session, improvement, "Nobody is to hear of this.", by=person.id)


def test_each_act_on_an_improvement_is_told_in_its_own_words(heard):
    made = endpoint(heard, "https://x.example/", *(each for each in EVENTS if each != "improvement.opened"))
    with heard.write() as session:
        person = make.person(session, "lead")
        act_all(session, make.improvement(session), person, now().date())
    names = ["owned", "promised", "declined", "reopened", "done", "told"]
    assert events(heard) == [f"improvement.{name}" for name in names]
    with receiver() as there:
        move(heard, there.url)
        sending.run(heard, CONFIG)
    told = {each["type"]: each["data"] for each in there.bodies}
    assert told["improvement.owned"]["fields"] == {"owner": [None, person.id]}
    assert told["improvement.promised"]["fields"]["due_on"] == now().date().isoformat()
    assert told["improvement.told"]["fields"]["letters"] == 3
    assert all(each["by"] == person.id and each["state"] == "done" for each in told.values())
    assert "chairs" not in str(told).lower()
    with heard.write() as session:
        assert session.get(HookEndpoint, made.id).failing_since is None


def test_ticked_words_are_those_that_customers_read(heard):
    with receiver() as there:
        endpoint(heard, there.url, words=True)
        with heard.write() as session:
            act_all(session, make.improvement(session), make.person(session, "lead"), now().date())
        sending.run(heard, CONFIG)
    told = {each["type"]: each["data"] for each in there.bodies}
    assert told["improvement.promised"]["words"] == "Chairs by May."
    assert (
        told["improvement.done"]["words"] == "Six chairs stand there."
        and told["improvement.done"]["title"] == "More chairs"
    )
    assert "Nobody is to hear" not in str(told)


def test_what_was_undone_was_never_told(heard):
    endpoint(heard, "https://x.example/")
    with heard.session(write=True) as session:
        make.improvement(session)
        assert session.scalar(select(func.count()).select_from(HookDelivery)) == 1
        session.rollback()
    assert events(heard) == []


def test_only_what_is_ticked_is_told_and_only_while_it_runs(heard):
    endpoint(heard, "https://a.example/", "improvement.done")
    endpoint(heard, "https://b.example/", paused_for="person")
    endpoint(heard, "https://c.example/", removed_at=now())
    opened(heard)
    assert events(heard) == []


def test_a_post_is_signed_and_keeps_its_id_over_all_tries(heard):
    with receiver(answer(500), answer(204)) as there:
        made = endpoint(heard, there.url, "improvement.opened")
        opened(heard)
        assert sending.run(heard, CONFIG) == {"sent": 0, "failed": 1}
        row = rows(heard)[0]
        assert (row.state, row.status, row.tries) == ("waiting", 500, 1) and row.next_at > now() + timedelta(seconds=40)
        assert sending.run(heard, CONFIG) == {"sent": 0, "failed": 0}  # it is not due yet
        soon(heard)
        assert sending.run(heard, CONFIG) == {"sent": 1, "failed": 0}
    row = rows(heard)[0]
    assert (row.state, row.status, row.tries, row.error) == ("delivered", 204, 2, "")
    ids = {headers["webhook-id"] for headers, _body, _path in there.got}
    assert ids == {row.message} == {each["id"] for each in there.bodies} and there.bodies[0]["version"] == 1
    for headers, body, _path in there.got:
        assert signing.verify(headers, body, made.secret, at=int(now().timestamp()))


def test_a_delivery_is_marked_before_it_leaves(heard):
    seen = []
    with receiver(lambda handler: (seen.extend(rows(heard)), answer()(handler))) as there:
        endpoint(heard, there.url, "improvement.opened")
        opened(heard)
        sending.run(heard, CONFIG)
    assert [(each.state, each.tries) for each in seen] == [("handed over", 1)]


def test_after_a_crash_it_goes_out_again_with_the_same_id(heard, monkeypatch):
    with receiver() as there:
        endpoint(heard, there.url, "improvement.opened")
        opened(heard)
        with monkeypatch.context() as patched:
            patched.setattr(sending.wire, "post", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                sending.run(heard, CONFIG)
        assert sending.run(heard, CONFIG) == {"sent": 0, "failed": 0}  # somebody may still be sending it
        with heard.write() as session:
            session.scalars(select(HookDelivery)).one().handed_over_at = now() - sending.LOST * 2
        assert sending.run(heard, CONFIG)["sent"] == 1
    assert rows(heard)[0].tries == 2


def test_after_ten_tries_it_is_given_up_and_can_be_sent_again(heard):
    made = endpoint(heard, nobody(), "improvement.opened")
    opened(heard)
    for _ in range(backoff.MOST_TRIES):
        sending.run(heard, CONFIG)
        soon(heard)
    row = rows(heard)[0]
    assert (row.state, row.tries, row.error) == ("given up", 10, "it refuses connections")
    with heard.write() as session:
        endpoints.send_again(session, session.get(HookEndpoint, made.id), row.id, by=make.person(session).id)
    with receiver() as there:
        move(heard, there.url)
        assert sending.run(heard, CONFIG)["sent"] == 1
    assert there.bodies[0]["id"] == row.message


def test_an_endpoint_that_fails_is_left_alone_for_the_round(heard):
    with receiver(answer(500)) as there, receiver() as fine:
        endpoint(heard, there.url, "improvement.opened")
        endpoint(heard, fine.url, "improvement.opened")
        for _ in range(3):
            opened(heard)
        assert sending.run(heard, CONFIG) == {"sent": 3, "failed": 1}
    assert (len(there.got), len(fine.got)) == (1, 3)


def test_an_endpoint_that_fails_for_days_is_paused_and_administrators_are_told(heard):
    with heard.write() as session:
        grace, lead = make.person(session, "administrator", name="Grace"), make.person(session, "lead")
        emails = grace.email, lead.email
    made = endpoint(heard, nobody(), "improvement.opened", failing_since=now() - timedelta(days=4))
    opened(heard)
    sending.run(heard, CONFIG)
    with heard.read() as session:
        assert session.get(HookEndpoint, made.id).paused_for == "failing"
        letters = list(session.scalars(select(Letter)))
    assert [each.to for each in letters] == [emails[0]] and "Tracker" in letters[0].subject
    soon(heard)
    assert sending.run(heard, CONFIG) == {"sent": 0, "failed": 0} and len(rows(heard, state="waiting")) == 1


def test_one_success_forgives_what_failed_before(heard):
    with receiver() as there:
        made = endpoint(heard, there.url, "improvement.opened", failing_since=now() - timedelta(days=2))
        opened(heard)
        sending.run(heard, CONFIG)
    with heard.read() as session:
        assert session.get(HookEndpoint, made.id).failing_since is None


def test_one_that_is_gone_is_paused_at_once(heard):
    with receiver(answer(410)) as there:
        made = endpoint(heard, there.url, "improvement.opened")
        opened(heard)
        sending.run(heard, CONFIG)
    with heard.read() as session:
        assert session.get(HookEndpoint, made.id).paused_for == "gone"


def test_a_redirect_counts_as_a_failure_and_says_what_to_do(heard):
    with receiver(answer(301, Location="http://169.254.169.254/")) as there:
        endpoint(heard, there.url, "improvement.opened")
        opened(heard)
        sending.run(heard, CONFIG)
    assert "enter the address at which it takes posts" in rows(heard)[0].error and len(there.got) == 1


def test_a_network_that_is_not_allowed_any_more_gets_nothing(heard):
    with receiver() as there:
        endpoint(heard, there.url, "improvement.opened")
        opened(heard)
        assert sending.run(heard, CONFIG | {"HOOKS_ALLOW": []}) == {"sent": 0, "failed": 1}
    assert there.got == [] and "HEED_HOOKS_ALLOW" in rows(heard)[0].error


def test_without_the_guard_it_would_have_gone_there(heard, monkeypatch):
    """The planted fault: the test above would find a guard that lets everything through."""
    monkeypatch.setattr(guard, "public", lambda _address: True)
    monkeypatch.setattr(guard, "INSECURE", "")
    real = guard.check
    monkeypatch.setattr(guard, "check", lambda url, _allowed: real(url, guard.networks(HERE)))
    with receiver() as there:
        endpoint(heard, there.url, "improvement.opened")
        opened(heard)
        assert sending.run(heard, CONFIG | {"HOOKS_ALLOW": []})["sent"] == 1
    assert len(there.got) == 1


def test_erased_words_are_in_no_delivery(heard):
    with heard.write() as session:
        response = make.response(session, make.survey(session), rating=2, suggestion=NEED)
    with receiver() as there:
        endpoint(heard, there.url, "response.received", "mention.new", "improvement.opened", words=True)
        Hearing(heard, holder="test").hear_all()
        with heard.write() as session:
            erase(session, session.get_one(Response, response.id))
        assert sending.run(heard, CONFIG) == {"sent": 1, "failed": 0}
    assert sorted(each.state for each in rows(heard)) == ["delivered", "withdrawn", "withdrawn"]
    assert "chairs" not in str(there.bodies) and "erased" in there.bodies[0]["data"]["title"]


def test_what_the_receiver_answers_is_not_kept(heard):
    with receiver(answer(500, b"You sent: secret words")) as there:
        endpoint(heard, there.url, "improvement.opened")
        opened(heard)
        sending.run(heard, CONFIG)
    assert rows(heard)[0].error == "it has trouble of its own"


def test_both_secrets_sign_while_one_is_changed_for_the_other(heard):
    with receiver() as there:
        made = endpoint(heard, there.url, "improvement.opened")
        with heard.write() as session:
            fresh = endpoints.rotate(session, session.get(HookEndpoint, made.id), by=make.person(session).id)
        opened(heard)
        sending.run(heard, CONFIG)
    headers, body, _path = there.got[0]
    at = int(now().timestamp())
    assert fresh != made.secret and all(signing.verify(headers, body, key, at=at) for key in (made.secret, fresh))
    with heard.write() as session:
        row = session.get(HookEndpoint, made.id)
        row.both_until = now() - timedelta(seconds=1)
        assert sending.keys(row) == [fresh]


def promised(session, first, **fields):
    made = make.improvement(session, **fields)
    made.promises.append(Promise(due_on=first, sentence="Soon."))
    session.flush()
    return made.promises[0].id


def test_a_promise_that_broke_is_told_of_once(heard):
    made = endpoint(heard, "https://x.example/", "promise.broken")
    today = date(2026, 5, 4)
    with heard.write() as session:
        broken = promised(session, today - timedelta(days=1))
        promised(session, today)  # due today: nobody has broken anything
        promised(session, today - timedelta(days=30))  # old news
        promised(session, today - timedelta(days=1), state="done", in_effect_since=today - timedelta(days=2))
        assert noticing.broken(session, today) == 1
        assert noticing.broken(session, today + timedelta(days=1)) == 1  # yesterday's is not told again; today's is
    assert {(each.endpoint_id, each.thing_id) for each in rows(heard)} >= {(made.id, broken)}


def test_the_log_is_cleared_after_a_month(heard):
    endpoint(heard, "https://x.example/", "improvement.opened")
    endpoint(heard, "https://old.example/", removed_at=now() - timedelta(days=40))
    for _ in range(2):
        opened(heard)
    with heard.write() as session:
        first = session.scalars(select(HookDelivery).order_by(HookDelivery.id)).first()
        first.state, first.ended_at = "delivered", now() - timedelta(days=31)
    assert sending.watch(heard, CONFIG) == {"broken promises": 0}
    assert [each.state for each in rows(heard)] == ["waiting"]
    with heard.read() as session:
        assert session.scalar(select(func.count()).select_from(HookEndpoint)) == 1


def test_before_setup_there_is_nothing_to_watch(database):
    assert "skipped" in sending.watch(database, CONFIG)
    assert {"webhooks", "webhook log"} <= set(clock.TASKS)


def ask(database, improvement_id):
    with database.write() as session:
        hook = opening.offered(session)[0]
        person = make.person(session, "lead")
        opening.ask(session, session.get_one(Improvement, improvement_id), hook.id, by=person.id)


def test_an_issue_is_opened_elsewhere_and_linked(heard):
    with heard.write() as session:
        improvement = make.improvement(session, "More chairs").id
    with receiver(answer(201, b'{"url": "https://tracker.example.org/issues/12"}')) as there:
        endpoint(heard, there.url, "improvement.linked")
        ask(heard, improvement)
        sending.run(heard, CONFIG)
    said = there.bodies[0]
    assert (
        said["type"] == "improvement.linked" and said["data"]["title"] == "More chairs" and said["data"]["weight"] == 0
    )
    with heard.read() as session:
        made = session.scalars(select(WorkLink)).one()
        assert (made.url, made.by, made.improvement_id) == ("https://tracker.example.org/issues/12", None, improvement)
        assert session.scalar(select(Act.by).where(Act.verb == "link")) is None
    assert rows(heard, event="improvement.linked")[0].error == ""


@pytest.mark.parametrize(
    "body",
    [b"", b"ok", b"[]", b'{"url": 7}', b'{"link": "https://x"}', b'{"url": "javascript:alert(1)"}', b'{"url": "https://a\\u0000b"}',
     b'{"url": "' + b"https://x/" + b"y" * 1000 + b'"}', b"[" * 60_000, b"\xff\xfe"],
)  # fmt: skip
def test_an_answer_without_an_address_links_nothing_and_says_so(heard, body):
    with heard.write() as session:
        improvement = make.improvement(session).id
    with receiver(answer(200, body)) as there:
        endpoint(heard, there.url, "improvement.linked")
        ask(heard, improvement)
        sending.run(heard, CONFIG)
    row = rows(heard, event="improvement.linked")[0]
    assert row.state == "delivered" and row.error
    with heard.read() as session:
        assert linked.links(session, session.get_one(Improvement, improvement)) == []


def test_mentions_that_were_moved_are_told_as_they_are_now(heard):
    endpoint(heard, "https://x.example/", "mention.new")
    with heard.write() as session:
        make.response(session, make.survey(session), suggestion=NEED)
    Hearing(heard, holder="test").hear_all()
    with heard.write() as session:
        mention = session.scalars(select(Mention)).one()
        mention.improvement_id = other = make.improvement(session, "Seats").id
    with receiver() as there:
        move(heard, there.url)
        sending.run(heard, CONFIG)
    assert there.bodies[0]["data"]["improvement"] == other
