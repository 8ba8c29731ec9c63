"""Reading comments: what comes in, and what is said about a line that cannot be read."""

import pytest

from analysis.program.comments import BadInput, from_csv, from_lines


def test_lines_become_comments_and_blank_lines_are_passed_over():
    found = list(
        from_lines([b'{"id": "a", "text": "More seats"}\n', b"\n", b'{"text": "ok", "asked": "experience"}\n'])
    )
    assert [(one.id, one.text, one.asked) for one in found] == [("a", "More seats", None), (3, "ok", "experience")]


def test_the_asked_option_holds_for_lines_that_do_not_say():
    found = list(from_lines([b'{"text": "a"}', b'{"text": "b", "asked": null}'], "suggestion"))
    assert [one.asked for one in found] == ["suggestion", None]


def test_a_byte_order_mark_does_no_harm():
    assert next(from_lines([b'\xef\xbb\xbf{"text": "ok"}'])).text == "ok"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"hello", "Line 2 is not JSON"),
        (b'["a"]', "Line 2 is not an object"),
        (b'{"id": 1}', "Line 2 has no text"),
        (b'{"text": 5}', "Line 2 has no text"),
        (b'{"text": "caf\xe9"}', "Line 2 is not UTF-8"),
        (b'{"text": "a", "asked": "everything"}', 'Line 2: "asked" is'),
    ],
)
def test_a_bad_line_is_named(line, complaint):
    with pytest.raises(BadInput, match=complaint):
        list(from_lines([b'{"text": "fine"}', line]))


def test_a_csv_column_is_read_with_its_row(tmp_path):
    file = tmp_path / "survey.csv"
    file.write_text('Branch,What else?\nNorth,"Two\nlines"\nSouth,\n', encoding="utf-8-sig")
    found = list(from_csv(file, "What else?", asked="suggestion"))
    assert [(one.id, one.text, one.row["Branch"]) for one in found] == [(1, "Two\nlines", "North"), (2, "", "South")]


def test_a_column_that_is_not_there_is_named_beside_those_that_are(tmp_path):
    file = tmp_path / "survey.csv"
    file.write_text("Branch,Answer\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"no column 'Comment'.*'Branch', 'Answer'"):
        list(from_csv(file, "Comment", asked=None))


def test_a_csv_in_another_encoding_is_said_so(tmp_path):
    file = tmp_path / "survey.csv"
    file.write_bytes("Answer\ncafé\n".encode("cp1252"))
    with pytest.raises(BadInput, match="--encoding"):
        list(from_csv(file, "Answer", asked=None))
    assert next(from_csv(file, "Answer", asked=None, encoding="cp1252")).text == "café"
