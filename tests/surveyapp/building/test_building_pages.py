"""A builder makes a survey, publishes it, hands it out, changes it and reads the results."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp.models import Finding, Question, Response, Service, Survey
from tests.support import make
from tests.support.pages import Browser


@pytest.fixture
def place(app: Flask) -> dict[str, Service]:
    """A tree of two regions."""
    with app.extensions["heed_database"].write() as unit:
        make.organisation(unit)
        root = make.root(unit)
        return {"root": root, "north": make.service(unit, "North", root), "south": make.service(unit, "South", root)}


def entered(app: Flask, *duties: str, services: list[Service] | None = None) -> Browser:
    """Somebody who has signed in."""
    browser = Browser(app)
    with app.extensions["heed_database"].write() as unit:
        here = None if services is None else [unit.merge(each) for each in services]
        person = make.person(unit, *duties, services=here)
    browser.sign_in(person)
    return browser


@pytest.fixture
def builder(app: Flask, place: dict[str, Service]) -> Browser:
    """A builder of the whole organisation."""
    return entered(app, "builder")


def begun(builder: Browser, template: str = "service and value", title: str = "How was your visit?") -> int:
    """A new survey; returns its id."""
    builder.get("/surveys/new")
    page = builder.submit(title=title, template=template)
    return int(page.path.split("/")[2])


def publish(builder: Browser, survey: int, **fields: str) -> None:
    builder.get(f"/surveys/{survey}")
    assert "is published" in builder.submit(f"/surveys/{survey}/publish", **fields)


def address(builder: Browser, survey: int) -> str:
    """Make an address for the root by web, and return its slug."""
    builder.get(f"/surveys/{survey}")
    page = builder.submit(f"/surveys/{survey}/links", channel="web")
    return str(page.one(".links a[href^='/s/']")["href"])


def test_the_template_is_ready_to_publish_and_to_answer(app: Flask, builder: Browser) -> None:
    survey = begun(builder)
    assert builder.page is not None
    assert len(builder.page.all(".questions > li")) == 5
    publish(builder, survey)
    slug = address(builder, survey)
    page = Browser(app).get(slug)
    assert page.title == "How was your visit?"
    assert page.said("legend")[0] == "How was our service?"
    assert "3 , as I expected" in page.said(".points label")
    assert "What could we do better? (optional)" in page.said("label.above")


def test_a_qr_code_is_an_svg_of_the_configured_address(builder: Browser) -> None:
    survey = begun(builder)
    publish(builder, survey)
    slug = address(builder, survey)
    assert builder.page is not None
    image = builder.page.one(".links img")
    assert image["alt"] == f"QR code of http://localhost{slug}"
    svg = builder.client.get(str(image["src"]))
    assert svg.mimetype == "image/svg+xml"
    assert f"<title>http://localhost{slug}</title>" in svg.get_data(as_text=True)


def test_a_second_address_for_the_same_service_and_channel_is_refused(builder: Browser) -> None:
    survey = begun(builder)
    publish(builder, survey)
    address(builder, survey)
    page = builder.submit(f"/surveys/{survey}/links", channel="web")
    assert "has an address for web already" in page
    assert len(page.all(".links li")) == 1


def test_from_nothing_every_kind_can_be_added_worded_and_reordered(builder: Browser) -> None:
    survey = begun(builder, "nothing")
    for kind in ("rating", "comment", "choice", "choices", "text", "contact"):
        builder.get(f"/surveys/{survey}/edit")
        builder.submit(f"/surveys/{survey}/questions", kind=kind)
        builder.submit(label=f"A {kind}?")
    assert builder.page is not None
    assert builder.page.said(".questions h3") == [
        "A rating?", "A comment?", "A choice?", "A choices?", "A text?", "A contact?",
    ]  # fmt: skip
    last = builder.page.all(".questions > li")[-1]
    page = builder.submit(f"#{last['id']} form[action$='/move']")
    assert page.said(".questions h3")[-2:] == ["A contact?", "A text?"]
    page = builder.submit(f"#{page.all('.questions > li')[0]['id']} form[action$='/remove']")
    assert "A rating?" not in page.said(".questions h3")
    publish(builder, survey)


def test_changing_the_scale_brings_names_for_its_points(builder: Browser) -> None:
    survey = begun(builder, "nothing")
    builder.submit(f"/surveys/{survey}/questions", kind="rating")
    builder.submit(label="Would you recommend us?", scale="0-10", purpose="nps")
    page = builder.follow("Edit Would you recommend us?")
    names = page.one("textarea[name=points]").get_text().split("\n")
    assert len([name for name in names if name]) == 11
    assert "extremely likely" in names


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"label": "How likely?", "purpose": "nps"}, "only worked out from 0 to 10"),
        ({"label": "How?", "points": "bad\ngood"}, "Name every point: 3, 4, 5 has no name yet"),
    ],
)
def test_what_stands_against_publishing_names_the_question(builder: Browser, fields: dict[str, str], says: str) -> None:
    survey = begun(builder, "nothing")
    builder.submit(f"/surveys/{survey}/questions", kind="rating")
    page = builder.submit(**fields)
    assert says in page
    builder.get(f"/surveys/{survey}")
    assert says in builder.post(f"/surveys/{survey}/publish", status=422)
    assert "Question 1" in builder.page.text if builder.page else False


def test_more_names_than_points_are_handed_back(builder: Browser) -> None:
    survey = begun(builder, "nothing")
    builder.submit(f"/surveys/{survey}/questions", kind="rating")
    page = builder.submit(status=422, label="How?", points="1\n2\n3\n4\n5\n6")
    assert "There are 6 names for 5 points" in page


def test_a_survey_without_questions_or_title_cannot_be_published(builder: Browser) -> None:
    survey = begun(builder, "nothing")
    builder.get(f"/surveys/{survey}")
    assert "Add at least one question" in builder.post(f"/surveys/{survey}/publish", status=422)
    builder.get("/surveys/new")
    assert "Give the survey a title" in builder.submit(status=422, title="")


def test_what_is_published_stays_while_the_draft_changes(app: Flask, builder: Browser) -> None:
    survey = begun(builder)
    publish(builder, survey)
    slug = address(builder, survey)
    builder.get(f"/surveys/{survey}")
    builder.submit(f"/surveys/{survey}/edit")
    builder.follow("Edit How was our service?")
    builder.submit(label="How were we?")
    assert Browser(app).get(slug).said("legend")[0] == "How was our service?"
    publish(builder, survey, change="same line")
    assert Browser(app).get(slug).said("legend")[0] == "How were we?"
    with app.extensions["heed_database"].read() as unit:
        versions = unit.get_one(Survey, survey).versions
        assert [version.questions[0].text("label", "en") for version in versions] == [
            "How was our service?", "How were we?",
        ]  # fmt: skip


def test_a_published_question_cannot_be_changed_moved_or_removed(app: Flask, builder: Browser) -> None:
    survey = begun(builder)
    publish(builder, survey)
    with app.extensions["heed_database"].read() as unit:
        question = unit.scalars(select(Question.id).order_by(Question.id)).first()
    builder.get(f"/surveys/{survey}")
    for path, fields in (("", {"label": "Changed"}), ("/move", {"way": "down"}), ("/remove", {})):
        page = builder.post(f"/surveys/{survey}/questions/{question}{path}", status=409, **fields)
        assert "does not change any more" in page
        builder.get(f"/surveys/{survey}")


def test_preview_and_trying_store_nothing(app: Flask, builder: Browser) -> None:
    survey = begun(builder)
    builder.get(f"/surveys/{survey}/preview")
    back = builder.submit("form[novalidate]", status=422)
    assert back.all(".summary"), "the rating is required"
    rating = str(back.all("[type=radio]")[0]["name"])
    assert "not stored" in builder.submit("form[novalidate]", **{rating: "4"})
    with app.extensions["heed_database"].read() as unit:
        assert unit.scalars(select(Response)).all() == []


def test_closing_and_opening_again(app: Flask, builder: Browser) -> None:
    survey = begun(builder)
    publish(builder, survey)
    slug = address(builder, survey)
    builder.submit(f"/surveys/{survey}/close")
    assert Browser(app).get(slug, status=410).title == "This survey has closed"
    builder.post(f"/surveys/{survey}/close", status=409)
    builder.get(f"/surveys/{survey}")
    builder.submit(f"/surveys/{survey}/reopen")
    assert Browser(app).get(slug).title == "How was your visit?"


def test_a_copy_is_a_draft_with_lines_of_its_own(app: Flask, builder: Browser) -> None:
    survey = begun(builder)
    publish(builder, survey)
    builder.get(f"/surveys/{survey}")
    page = builder.submit(f"/surveys/{survey}/copy")
    assert page.title == "Edit: How was your visit? (copy)"
    assert len(page.all(".questions > li")) == 5
    with app.extensions["heed_database"].read() as unit:
        lines = list(unit.scalars(select(Question.line)))
        assert len(set(lines)) == len(lines) == 10


def test_a_draft_can_be_thrown_away_but_not_the_only_one(builder: Browser) -> None:
    survey = begun(builder)
    builder.get(f"/surveys/{survey}")
    builder.post(f"/surveys/{survey}/discard", status=409)
    publish(builder, survey)
    builder.submit(f"/surveys/{survey}/edit")
    builder.get(f"/surveys/{survey}")
    assert "thrown away" in builder.submit(f"/surveys/{survey}/discard")
    assert "nothing was changed" in builder.post(f"/surveys/{survey}/publish", status=409).text.casefold()


def test_results_show_bars_with_counts_and_a_table_of_everything(app: Flask, place: dict[str, Service]) -> None:
    with app.extensions["heed_database"].write() as unit:
        survey = make.survey(unit)
        for rating in (5, 5, 4, 1):
            make.response(unit, survey, rating=rating, suggestion=f"=cmd|{rating}")
        number = survey.id
    lead = entered(app, "lead")
    page = lead.get(f"/surveys/{number}/results")
    assert "4 responses" in page
    assert "75 % in the top two" in page
    rows = [" ".join(row.get_text(" ").split()) for row in page.all(".bars tbody tr")]
    assert rows[-1] == "5, very good 50 % 2 50 %"
    assert rows[1] == "2, poor 0 % 0 0 %"
    assert "=cmd|4" in lead.get(f"/surveys/{number}/responses")
    file = lead.client.get(f"/surveys/{number}/results.csv")
    table = list(csv.reader(io.StringIO(file.get_data(as_text=True).lstrip("\ufeff"))))
    assert table[0] == [
        "response", "day", "service", "channel", "How was our service?", "Tell us about your experience.",
        "What could we do better?",
    ]  # fmt: skip
    assert [row[4] for row in table[1:]] == ["5", "5", "4", "1"]
    assert table[1][6] == "'=cmd|5", "a spreadsheet must not run it"


def test_results_follow_a_question_over_its_versions(app: Flask, place: dict[str, Service]) -> None:
    with app.extensions["heed_database"].write() as unit:
        survey = make.survey(unit)
        make.response(unit, survey, rating=5)
        line = survey.versions[0].questions[0].line
        reworded = make.QUESTIONS[0] | {"texts": {"en": {"label": "How were we?", "points": make.POINTS}}}
        make.publish(unit, survey, [(line, reworded)])
        make.response(unit, survey, rating=5)
        number = survey.id
    page = entered(app, "lead").get(f"/surveys/{number}/results")
    assert page.said(".result h2") == ["How were we?", "Tell us about your experience.", "What could we do better?"]
    assert "2 answered" in page


def test_a_lead_reads_the_answers_of_their_own_branch_only(app: Flask, place: dict[str, Service]) -> None:
    with app.extensions["heed_database"].write() as unit:
        survey = make.survey(unit)
        north, south = unit.merge(place["north"]), unit.merge(place["south"])
        survey.links[0].service = north
        make.response(unit, survey, at=north, suggestion="Northern words")
        make.response(unit, survey, at=south, suggestion="Southern words")
        number = survey.id
    lead = entered(app, "lead", services=[place["north"]])
    assert "1 response" in lead.get(f"/surveys/{number}/results")
    page = lead.get(f"/surveys/{number}/responses")
    assert "Northern words" in page
    assert "Southern words" not in page
    assert "Southern" not in lead.client.get(f"/surveys/{number}/results.csv").get_data(as_text=True)
    entered(app, "lead", services=[place["south"]]).get(f"/surveys/{number}/results", status=404)


def test_a_builder_who_is_no_lead_reads_comments_covered(app: Flask, builder: Browser) -> None:
    with app.extensions["heed_database"].write() as unit:
        survey = make.survey(unit)
        read = make.response(unit, survey, suggestion="Call Ann Example.")
        body = {"personal": [{"start": 5, "end": 16, "type": "name"}]}
        unit.add(Finding(comment_id=read.comments[0].id, analyser="a", body=body))
        make.response(unit, survey, suggestion="Not read by anybody.")
        number = survey.id
    page = builder.get(f"/surveys/{number}/responses")
    assert "Call [name]." in page
    assert "[not read yet]" in page
    assert "Ann Example" not in builder.client.get(f"/surveys/{number}/results.csv").get_data(as_text=True)


def test_a_confidential_survey_shows_nothing_below_its_minimum_and_nobody_one_by_one(
    app: Flask, place: dict[str, Service]
) -> None:
    with app.extensions["heed_database"].write() as unit:
        survey = make.survey(unit, confidential=True)
        for _ in range(9):
            make.response(unit, survey)
        number = survey.id
    lead = entered(app, "lead")
    assert "from 10 answers on" in lead.get(f"/surveys/{number}/results", status=403)
    with app.extensions["heed_database"].write() as unit:
        make.response(unit, unit.get_one(Survey, number))
    assert "10 responses" in lead.get(f"/surveys/{number}/results")
    lead.get(f"/surveys/{number}/responses", status=403)
    lead.get(f"/surveys/{number}/results.csv", status=403)


def test_confidence_is_not_taken_back_once_somebody_answered(app: Flask, builder: Browser) -> None:
    survey = begun(builder)
    publish(builder, survey)
    builder.get(f"/surveys/{survey}")
    assert "Confidential" in builder.submit(f"/surveys/{survey}/set-up", confidential="y", moment="during").said(
        ".badge"
    )
    builder.submit(f"/surveys/{survey}/set-up", confidential=None)
    builder.submit(f"/surveys/{survey}/set-up", confidential="y")
    with app.extensions["heed_database"].write() as unit:
        make.response(unit, unit.get_one(Survey, survey))
    assert "stays confidential" in builder.submit(f"/surveys/{survey}/set-up", confidential=None, status=409)
    builder.get(f"/surveys/{survey}")
    assert "before, during, after a visit" in builder.post(f"/surveys/{survey}/set-up", moment="never", status=422)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/edit",
        "/preview",
        "/results",
        "/responses",
        "/results.csv",
        "/questions/{question}",
        "/links/{link}/qr.svg",
    ],
)
def test_another_branchs_survey_is_not_there(app: Flask, place: dict[str, Service], path: str) -> None:
    with app.extensions["heed_database"].write() as unit:
        survey = make.survey(unit, at=unit.merge(place["south"]))
        survey.versions[0].number = None
        ids = {"question": survey.versions[0].questions[0].id, "link": survey.links[0].id}
        number = survey.id
    stranger = entered(app, "builder", services=[place["north"]])
    assert "How did we do?" not in stranger.get("/surveys")
    stranger.get(f"/surveys/{number}{path.format(**ids)}", status=404)


def test_a_question_is_reached_through_its_own_survey_only(app: Flask, builder: Browser) -> None:
    one, other = begun(builder), begun(builder)
    with app.extensions["heed_database"].read() as unit:
        question = unit.get_one(Survey, one).versions[0].questions[0].id
    builder.get(f"/surveys/{other}/questions/{question}", status=404)


def test_a_lead_looks_but_does_not_build(app: Flask, builder: Browser) -> None:
    survey = begun(builder)
    publish(builder, survey)
    lead = entered(app, "lead")
    page = lead.get(f"/surveys/{survey}")
    assert not page.all("main form")
    lead.get(f"/surveys/{survey}/edit", status=403)
    lead.post(f"/surveys/{survey}/close", status=403)


def test_titles_are_never_markup(builder: Browser) -> None:
    bad = "<script>alert(1)</script>"
    survey = begun(builder, title=bad)
    publish(builder, survey)
    for path in ("", "/results", "/responses"):
        page = builder.get(f"/surveys/{survey}{path}")
        assert bad in page.text
        assert not page.all("main script")


def test_an_empty_list_teaches_the_next_step(builder: Browser) -> None:
    assert "Build the first one" in builder.get("/surveys")
