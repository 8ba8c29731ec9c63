"""The page client itself: it fails for what it is there to find, and sends what a browser would send."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse
from werkzeug.test import run_wsgi_app as _run
from werkzeug.wrappers import Request, Response

from tests.support.pages import Page, faults, filled

GOOD = '<!doctype html><html lang="en"><title>T</title><h1>H</h1><label>Name <input name="name"></label></html>'


def page(html: str) -> Page:
    request = Request.from_values("/")
    response = Response(html, mimetype="text/html")
    return Page(TestResponse(*_run(response, request.environ), request))


def test_a_good_page_has_no_fault():
    assert faults(page(GOOD)) == []


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        (("<title>T</title>", ""), "no title"),
        (("<h1>H</h1>", ""), "0 h1"),
        (("<h1>H</h1>", "<h1>H</h1><h1>I</h1>"), "2 h1"),
        (('lang="en"', ""), "no language"),
        (("<label>Name ", ""), "no label for name"),
        (("<h1>", '<p id="a"></p><p id="a"></p><h1>'), "id 'a' 2 times"),
        (("<h1>", '<h1 style="color:red">'), "inline style on h1"),
        (("<h1>", "<script>1</script><h1>"), "inline script <script>1</script>"),
        (("<h1>", '<h1 onclick="x()">'), "handler onclick"),
        (("<h1>", '<a href="/"></a><h1>'), 'no words on <a href="/"></a>'),
        (("<h1>", '<img src="a.png"><h1>'), "no alt on a.png"),
    ],
)
def test_a_planted_fault_is_named(planted, fault):
    assert faults(page(GOOD.replace(*planted))) == [fault]


FORM = """<form><input type=hidden name=token value=t><input name=name value=Ada><textarea name=words>
Hello</textarea><select name=one><option value=1>A<option value=2 selected>B</select>
<input type=checkbox name=box value=x checked><input type=checkbox name=box value=y>
<button name=act value=go>Go</button><button name=act value=stop>Stop</button></form>"""


def test_a_form_is_sent_as_a_browser_would_send_it():
    form = BeautifulSoup(FORM, "html5lib").form
    assert filled(form, {"name": "Grace"}, None) == {
        "token": ["t"], "name": "Grace", "words": ["Hello"], "one": ["2"], "box": ["x"],
    }  # fmt: skip
    assert "box" not in filled(form, {"box": None}, None)


def test_a_field_that_is_not_there_fails_the_test():
    with pytest.raises(AssertionError, match="no field"):
        filled(BeautifulSoup(FORM, "html5lib").form, {"surname": "x"}, None)
