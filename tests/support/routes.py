"""Every route of the application with who may enter: a new route is a new name here."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from surveyapp.accounts import access
from tests.support.pages import Browser

EVERYBODY, SIGNED_IN = frozenset({access.EVERYBODY}), frozenset({access.SIGNED_IN})
ADMINISTRATOR = frozenset({"administrator"})
BUILDER = frozenset({"builder", "administrator"})
LEAD = frozenset({"lead", "administrator"})
COLLEAGUE, EXECUTIVE = frozenset({"colleague"}), frozenset({"executive"})


def each(room: str, who: frozenset[str], names: str) -> dict[str, frozenset[str]]:
    return {f"{room}.{name}": who for name in names.split()}


WHO: dict[str, frozenset[str]] = {
    "static": EVERYBODY,
    **each("security", EVERYBODY, "static login logout forgot_password reset_password"),
    **each("security", SIGNED_IN, "change_password"),
    **each("accounts", EVERYBODY, "invitation healthz readyz"),
    **each("accounts", SIGNED_IN, "start sessions end_session end_other_sessions"),
    **each("answering", EVERYBODY, "survey send ask_code take_code came_of_it says confirm_erasing erase"),
    **each(
        "building",
        BUILDER,
        "new begin edit texts add question move remove discard publish close reopen copy link set_up",
    ),
    **each("building", BUILDER | LEAD, "list show preview results results_csv responses qr"),
    **each("listening", LEAD, "list show say_kind say_sentiment say_themes undo"),
    **each("backlog", LEAD, "label unlabel rule unrule way choose_way drop_way different keep_declined ticked decide"),
    **each("backlog", LEAD | EXECUTIVE, "rules"),
    **each("backlog", LEAD | COLLEAGUE | EXECUTIVE, "board save_list remove_list"),
    **each("backlog", LEAD, "new choose chosen owner place promise decline reopen merge unmerge"),
    **each("backlog", LEAD, "sort skim find_home begin sort_one sort_group here"),
    **each("backlog", LEAD, "unowned own_it"),
    **each("backlog", LEAD | COLLEAGUE, "target done remark acts take_back leave end_leave link unlink"),
    **each("backlog", LEAD | COLLEAGUE | EXECUTIVE, "list show promises"),
    **each("quality", LEAD | EXECUTIVE, "show"),
    **each("quality", LEAD, "check answer take_back comment_of"),
    **each("quality", ADMINISTRATOR, "training_data"),
    **each("telling", LEAD, "home reply preview send take_back write_entry decide_entry"),
    **each(
        "telling",
        EVERYBODY,
        "write helped take_back_quote by_letter leave left you_said you_said_of embedded embedded_of",
    ),
    **each("trends", LEAD | EXECUTIVE, "show chart ask subscribe pdf decide_level take_back_level"),
    **each("trends", LEAD, "add_note remove_note answer figures take_in"),
    **each("trends", ADMINISTRATOR, "settle"),
    **each("hooks", ADMINISTRATOR, "list show new_secret act send_again"),
    **each("hooks", LEAD, "open_issue"),
    **each("metrics", EVERYBODY, "show"),
    **each("api", ADMINISTRATOR, "programs revoke"),
    **each("api", EVERYBODY, "openapi services surveys responses comments improvements improvement mentions chart"),
    **each("api", EVERYBODY, "promise done decline reopen owner link put_responses put_figures"),
    **each("recovery", EVERYBODY, "content"),
    **each("recovery", LEAD | COLLEAGUE, "list show attempt give verdict close reopen"),
    **each("recovery", LEAD, "own acknowledge release"),
    **each("recovery", ADMINISTRATOR, "rules change_rules named add_gesture offer_gesture"),
    **each("standards", SIGNED_IN, "list show agree disagree csv actions done reopen"),
    **each(
        "standards", LEAD, "new change take_back publish hide retire restore leave ask_again act hand take_back_action"
    ),
    **each("standards", EVERYBODY, "expect expect_of"),
    **each("sharing", SIGNED_IN, "tell recognition"),
    **each("sharing", EVERYBODY, "leave left"),
    **each("sharing", LEAD, "confirm set_aside take_back pass_on briefing briefing_pdf"),
    **each("sharing", LEAD | COLLEAGUE, "digest"),
    **each("admin", ADMINISTRATOR, "home services service close_service reopen_service"),
    **each(
        "admin", ADMINISTRATOR, "people new_person person invite_person hand_over deactivate_person reactivate_person"
    ),
    **each(
        "admin", ADMINISTRATOR, "teams team remove_team themes theme preview_theme shift_theme settings export download"
    ),
    **each("admin", ADMINISTRATOR, "jobs test_mail retry_letter decide_letter audit audit_csv"),
}
OPEN_TO_ALL = {"static", "security.static"}
"""Endpoints of files, which take no part in signing in."""


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OPEN_TO_ALL]


def who(rule: Rule) -> frozenset[str]:
    return WHO.get(rule.endpoint, frozenset())


def undecided(app: Flask) -> set[str]:
    """Every endpoint on which nobody has decided who may enter."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if access.allowed(app, rule.endpoint) is None}


def address(rule: Rule, values: dict[str, Any] | None = None) -> str:
    """An address of the rule, with `values` or made-up ones for its arguments."""
    made = {name: _made_up(rule, name) for name in rule.arguments} | (values or {})
    _domain, path = rule.build(made)
    return str(path)


def _made_up(rule: Rule, name: str) -> Any:
    converter = rule._converters[name]
    if type(converter).__name__ == "AnyConverter":
        return sorted(converter.items)[0]
    return 987_654 if getattr(converter, "num_convert", None) is int else "made-up"


def ask(browser: Browser, rule: Rule, path: str) -> Any:
    method = "POST" if "POST" in rule.methods else "GET"
    return browser.client.open(path, method=method)
