"""The document is kept: whatever is made up from it, right or wrong, is answered in a way and a shape that it names."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode

from surveyapp.api.views import contract
from tests.support import make
from tests.support.program import Program, token

QUIET = [
    HealthCheck.function_scoped_fixture,
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
]


@pytest.fixture
def program(app, unit):
    given_ = token(unit)
    make.response(unit, make.survey(unit), suggestion="More chairs, please.")
    make.improvement(unit)
    unit.commit()
    return Program(app, given_)


@pytest.mark.parametrize("name", [each.name for each in contract.OPERATIONS])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
def test_what_is_generated_from_the_document_meets_it(program, name, mode):
    schema = schemathesis.openapi.from_dict(program.document)
    operation = next(
        each.ok() for each in schema.get_all_operations() if each.ok().definition.raw["operationId"] == name
    )
    raw = operation.definition.raw
    if mode is GenerationMode.NEGATIVE and not (raw["parameters"] or raw.get("requestBody")):
        pytest.skip("nothing can be wrong with it")

    @settings(max_examples=12, deadline=None, suppress_health_check=QUIET, phases=[Phase.generate], derandomize=True)
    @given(data=st.data())
    def holds(data):
        case = data.draw(operation.as_strategy(generation_mode=mode))
        sent = {"data" if isinstance(case.body, bytes) else "json": case.body} if raw.get("requestBody") else {}
        answer = program.client.open(
            f"/api/v1{case.formatted_path}", method=case.method, query_string=dict(case.query or {}),
            headers={"Authorization": f"Bearer {program.token}"}, **sent,
        )  # fmt: skip
        assert answer.status_code < 500, answer.get_data(as_text=True)
        described = program.document["paths"][operation.path][operation.method]["responses"]
        ((kind, shape),) = described[str(answer.status_code)]["content"].items()
        assert answer.mimetype == kind
        Draft202012Validator(shape["schema"]).validate(answer.get_json(force=True))

    holds()
