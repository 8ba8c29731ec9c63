"""The HTML of an edition's questions, the same for customers and for a builder's preview."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template
from markupsafe import Markup

from surveyapp.questions import KINDS, Edition, Form


def render_questions(edition: Edition, form: Form | None = None, wrong: Mapping[int, str] | None = None) -> Markup:
    """Return the questions with what was given filled in and what is wrong said beside it."""
    page = render_template(
        "questions/form.html", edition=edition, form=Form() if form is None else form, wrong=wrong, kinds=KINDS
    )
    return Markup(page)  # noqa: S704 - a template's output, escaped there
