"""A customer erases what they wrote, by their code; and it stays erased when the form is sent once more."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from surveyapp.models import Comment, Response
from tests.support import make
from tests.support.pages import Browser


def test_erasing_takes_one_confirmation_and_is_for_good(app: Flask) -> None:
    phone = Browser(app)
    with app.extensions["heed_database"].write() as unit:
        slug = make.survey(unit).links[0].slug
    form = phone.get(f"/s/{slug}")
    rating, experience = str(form.all("[type=radio]")[0]["name"]), str(form.all("textarea")[0]["name"])
    code = phone.submit("form[data-survey]", **{rating: "1", experience: "My name is Ann."}).one("output").get_text()
    phone.get(f"/r/{code}")
    assert "stops working" in phone.follow("Erase my answer")
    with app.extensions["heed_database"].read() as unit:
        assert unit.scalars(select(Response)).all(), "asking erases nothing"
    assert phone.submit(f"/r/{code}/erase").title == "Erased"
    with app.extensions["heed_database"].read() as unit:
        assert unit.scalars(select(Response)).all() == unit.scalars(select(Comment)).all() == []
    assert "no answer under this code" in phone.get(f"/r/{code}", status=404)
    phone.page = form
    back = phone.submit("form[data-survey]", status=409, **{rating: "1", experience: "My name is Ann."})
    assert "sent before and then erased" in back
    assert phone.submit("form[data-survey]").title == "Thank you", "anew, as a new answer, if they want to"
