"""A client that uses pages as a browser without JavaScript would, and checks what must hold for every one of them."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask_security import hash_password
from werkzeug.test import TestResponse

from surveyapp.extensions import database
from surveyapp.models import Person

PASSWORD = "three unrelated words"
LABELLED = "input:not([type=hidden],[type=submit],[type=button],[type=image]), select, textarea"


class Page:
    """One answer: its status, its text and its parsed tree."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.path = response.request.path
        self.is_html = response.mimetype == "text/html"
        self.html = (
            response.get_data(as_text=True) if response.mimetype.startswith(("text/", "application/json")) else ""
        )
        self.tree = BeautifulSoup(self.html, "html5lib")

    def __contains__(self, words: str) -> bool:
        """Say whether a reader would find these words on the page."""
        return " ".join(words.split()) in self.text

    @property
    def text(self) -> str:
        """The page as a reader sees it, white space folded."""
        return " ".join((self.tree.body or self.tree).get_text(" ").split())

    @property
    def title(self) -> str:
        """The words of the one h1."""
        return self.one("h1").get_text(" ", strip=True)

    def all(self, selector: str) -> list[Tag]:
        """Every element that a CSS selector finds."""
        return list(self.tree.select(selector))

    def one(self, selector: str) -> Tag:
        """The one element that a CSS selector finds."""
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} elements for {selector!r} on {self.path}:\n{self.text[:800]}"
        return found[0]

    def said(self, selector: str) -> list[str]:
        """The text of each element found, white space folded."""
        return [" ".join(tag.get_text(" ").split()) for tag in self.all(selector)]


class Browser:
    """Flask's test client with pages instead of answers. It follows redirects and keeps the page it stands on."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.page: Page | None = None

    def get(self, path: str, *, status: int = 200) -> Page:
        """Open a page and check it; `status` is what is expected."""
        return self._arrive(self.client.get(path, follow_redirects=True), status)

    def post(self, path: str, *, status: int = 200, **fields: Any) -> Page:
        """Send fields to a path with the token of the page at hand, as no form on it may do: for forged requests."""
        token = self.page.tree.select_one("input[name=csrf_token]") if self.page else None
        data = {"csrf_token": token["value"]} | fields if token else fields
        return self._arrive(self.client.post(path, data=data, follow_redirects=True), status)

    def submit(
        self, which: str = "main form", /, *, press: str | None = None, status: int = 200, **fields: Any
    ) -> Page:
        """Fill in a form of the page at hand and send it, with everything a browser would send along.

        `which` is the form's action or a CSS selector; `press` is the name of the button to press, where it has one. A field that
        is not on the form fails the test; None unticks or leaves out.
        """
        assert self.page is not None, "open a page first"
        form = self._form(which)
        data = filled(form, fields, press)
        target = urljoin(self.page.path, str(form.get("action") or self.page.path))
        if str(form.get("method", "get")).lower() == "get":
            return self._arrive(self.client.get(target, query_string=data, follow_redirects=True), status)
        return self._arrive(self.client.post(target, data=data, follow_redirects=True), status)

    def follow(self, words: str, *, status: int = 200) -> Page:
        """Follow the link with these words."""
        assert self.page is not None, "open a page first"
        found = [tag for tag in self.page.all("a[href]") if words in " ".join(tag.get_text(" ").split())]
        assert found, f"no link {words!r} on {self.page.path}: {self.page.said('a[href]')}"
        return self.get(urljoin(self.page.path, str(found[0]["href"])), status=status)

    def sign_in(self, person: Person, password: str = PASSWORD) -> Page:
        """Sign in through the form. Somebody who has no password yet is given one; the person must be committed."""
        self._give_password(person)
        self.get("/login")
        page = self.submit(email=person.email, password=password)
        assert page.path != "/login", f"not signed in: {page.text[:400]}"
        return page

    def sign_out(self) -> Page:
        """Press the button in the page's head."""
        if self.page is None or not self.page.all("form[action='/logout']"):
            self.get("/sessions")
        return self.submit("/logout")

    def _give_password(self, person: Person) -> None:
        with self.app.app_context(), database().write() as session:
            row = session.get(Person, person.id)
            assert row is not None, "commit the person before signing in"
            row.password = row.password or hash_password(PASSWORD)

    def _form(self, which: str) -> Tag:
        assert self.page is not None
        if not which.startswith("/"):
            found = self.page.all(which)
        else:
            found = [
                form for form in self.page.all("form") if urlsplit(str(form.get("action"))).path == urlsplit(which).path
            ]
        assert found, f"no form {which!r} on {self.page.path}: {[form.get('action') for form in self.page.all('form')]}"
        return found[0]

    def _arrive(self, response: TestResponse, status: int) -> Page:
        page = Page(response)
        assert page.status == status, f"{page.status} instead of {status} at {page.path}: {page.text[:600]}"
        if page.is_html:
            check(page)
            self.page = page
        return page


def filled(form: Tag, fields: dict[str, Any], press: str | None) -> dict[str, Any]:
    """Return what a browser would send: the form's own values, then `fields` over them."""
    data: dict[str, list[str]] = {}
    names = set()
    for tag in form.select("input[name], select[name], textarea[name], button[name]"):
        name = str(tag["name"])
        names.add(name)
        for value in _values(tag, press):
            data.setdefault(name, []).append(value)
    unknown = set(fields) - names
    assert not unknown, f"no field {sorted(unknown)} on this form, which has {sorted(names)}"
    over = {name: value for name, value in fields.items() if value is not None}
    return {name: values for name, values in data.items() if name not in fields} | over


def _values(tag: Tag, press: str | None) -> list[str]:
    kind = tag.get("type", "")
    if tag.name == "textarea":
        return [tag.get_text()]
    if tag.name == "select":
        options = tag.select("option")
        chosen = [option for option in options if option.has_attr("selected")]
        chosen = chosen or ([] if tag.has_attr("multiple") else options[:1])
        return [str(option.get("value", option.get_text(strip=True))) for option in chosen]
    if tag.name == "button" or kind == "submit":
        return [str(tag.get("value", ""))] if press == tag["name"] else []
    if kind in {"checkbox", "radio"} and not tag.has_attr("checked"):
        return []
    return [] if kind == "file" else [str(tag.get("value", "on" if kind == "checkbox" else ""))]


def check(page: Page) -> None:
    """Fail for what no page of ours may have: see `faults`."""
    found = faults(page)
    assert not found, f"{page.path}: " + "; ".join(found)


def faults(page: Page) -> list[str]:
    """Name what is wrong with a page: its title, its one h1, labels, ids, inline style or script, forms without a token."""
    tree, found = page.tree, []
    if not (tree.title and tree.title.get_text(strip=True)):
        found.append("no title")
    if len(tree.select("h1")) != 1:
        found.append(f"{len(tree.select('h1'))} h1")
    found += [
        f"id {name!r} {n} times" for name, n in Counter(str(tag["id"]) for tag in tree.select("[id]")).items() if n > 1
    ]
    found += [f"inline style on {tag.name}" for tag in tree.select("[style], style")]
    found += [f"inline script {str(tag)[:60]}" for tag in tree.select("script:not([src])")]
    found += [f"handler {name}" for tag in tree.find_all(True) for name in tag.attrs if name.startswith("on")]
    found += [f"no label for {tag.get('name')}" for tag in tree.select(LABELLED) if not _label(tree, tag)]
    found += [f"no words on {str(tag)[:80]}" for tag in tree.select("a[href], button") if not _named(tag)]
    found += [f"no alt on {tag.get('src')}" for tag in tree.select("img:not([alt])")]
    if not (tree.html and tree.html.get("lang")):
        found.append("no language")
    return found


def _label(tree: BeautifulSoup, tag: Tag) -> bool:
    if tag.get("aria-label") or tag.get("aria-labelledby"):
        return True
    if parent := tag.find_parent("label"):
        return bool(parent.get_text(strip=True))
    label = tree.find("label", attrs={"for": tag.get("id")}) if tag.get("id") else None
    return bool(label and label.get_text(strip=True))


def _named(tag: Tag) -> bool:
    return bool(tag.get_text(strip=True) or tag.get("aria-label") or tag.select("img[alt]:not([alt=''])"))
