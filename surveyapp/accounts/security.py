"""Signing in: Flask-Security for the forms and passwords, with server-side sessions, limits and mail of our own.

A session of Flask is a signed cookie, which a copy outlives; so the cookie carries a token, each request looks its row up,
and signing out revokes it. Tokens in headers and "remember me" cookies, which Flask-Security also knows, are not accepted.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, Request, g, request
from flask import session as cookie
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_login import user_logged_in, user_logged_out
from flask_security import (
    LoginForm,
    MailUtil,
    Security,
    SQLAlchemySessionUserDatastore,
    password_changed,
    password_reset,
    views,
)
from flask_security.utils import set_request_attr
from sqlalchemy.orm import Session, scoped_session

from surveyapp.accounts import access, audit, outbox, sessions
from surveyapp.extensions import SAFE_METHODS, database, limiter, session
from surveyapp.models import Duty, Person

TOKEN = "token"  # noqa: S105 - the name of a key in the cookie
SETTINGS: dict[str, Any] = {
    "SECURITY_REGISTERABLE": False,
    "SECURITY_CONFIRMABLE": False,  # its link writes on GET; an invitation or a reset proves the address instead
    "SECURITY_RECOVERABLE": True,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_RETURN_GENERIC_RESPONSES": True,  # nobody learns which addresses have an account
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {  # OWASP's advice: 19 MiB, two passes, one lane
        "argon2__memory_cost": 19456, "argon2__time_cost": 2, "argon2__parallelism": 1,
    },
    "SECURITY_PASSWORD_LENGTH_MIN": 12,
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/login",
    "SECURITY_POST_CHANGE_VIEW": "/",
    "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=2),
    "SECURITY_FRESHNESS": timedelta(minutes=-1),  # leaves out /verify, which nothing here asks for
    "SECURITY_API_ENABLED_METHODS": ["session"],
    "SECURITY_EMAIL_HTML": False,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "SECURITY_CLI_USERS_NAME": False,
    "SECURITY_CLI_ROLES_NAME": False,
    "SECURITY_MSG_PASSWORD_RESET_REQUEST": (
        "If %(email)s has an account here, a letter with a link to choose a new password is on its way.", "info",
    ),
    "SECURITY_MSG_GENERIC_AUTHN_FAILED": ("The address and the password do not match. Try again, or choose a new password.", "error"),
    "SECURITY_MSG_INVALID_RESET_PASSWORD_TOKEN": ("That link has been used or is not whole. Ask for a new one here.", "error"),
}  # fmt: skip


STATED = {
    "static": frozenset({access.EVERYBODY}),
    "security.static": frozenset({access.EVERYBODY}),
    "security.login": frozenset({access.EVERYBODY}),
    "security.logout": frozenset({access.EVERYBODY}),
    "security.forgot_password": frozenset({access.EVERYBODY}),
    "security.reset_password": frozenset({access.EVERYBODY}),
    "security.change_password": frozenset({access.SIGNED_IN}),
}
"""Who may enter the routes that libraries bring."""


class SignInForm(LoginForm):
    """Address and password. No "remember me": its cookie would know nothing of the session's row."""

    remember = None


class Cookies(SecureCookieSessionInterface):
    """Flask's sessions; who brings no cookie, as no customer does, costs no signer. Pages alone renew a cookie's term."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the session of a request."""
        none = self.get_cookie_name(app) not in request.cookies
        return self.session_class() if none and app.secret_key else super().open_session(app, request)

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Say whether an answer carries the cookie.

        A picture, or a script's ping, that was asked for before a page and answered after it would bring the older cookie back, and
        with it messages that have been read.
        """
        beside = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate" and "HX-Request" not in request.headers
        return session.modified if beside else super().should_set_cookie(app, session)


class People(SQLAlchemySessionUserDatastore):
    """Flask-Security's view of the people, through the request's session."""

    def __init__(self, request_session: scoped_session[Session]) -> None:
        super().__init__(request_session, Person, Duty)

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> Person | None:
        """Find a person who may sign in here, and let go of the transaction.

        What follows is a check of a password, which is slow on purpose; held meanwhile, SQLite's write lock would make
        every customer who presses Send wait for it. Nothing has been written yet.
        """
        found = super().find_user(case_insensitive=case_insensitive, **kwargs)
        welcome = isinstance(found, Person) and sessions.may_sign_in(session(), found)
        session.commit()
        return found if welcome and isinstance(found, Person) else None


class OutboxMail(MailUtil):
    """Flask-Security's letters, put into the outbox with the rest of the request's work."""

    def send_mail(  # noqa: PLR0917 - Flask-Security's signature
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        """Leave the letter for the outbox to send."""
        outbox.post(session(), to=str(recipient), subject=str(subject), body=body or "")


def install(app: Flask) -> None:
    """Add signing in, signing out and passwords to the app."""
    for name, value in SETTINGS.items():
        app.config.setdefault(name, value)
    security = Security(app, People(session), login_form=SignInForm, mail_util_cls=OutboxMail)
    # Duties decide here (access.py), not Flask-Principal's needs, for which it would load every customer's session.
    security.principal.identity_loaders.clear()
    app.session_interface = Cookies()
    app.login_manager.user_loader(_load)  # type: ignore[attr-defined]
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]
    user_logged_in.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)
    password_changed.connect(_password_replaced, app)
    password_reset.connect(_password_replaced, app)
    app.extensions["heed_security"] = security
    app.view_functions.update(LIMITED)


def _tried_account() -> str:
    return "account:" + request.form.get("email", "").strip().lower()[:255]


_QUARTER = "Too many tries. Wait a quarter of an hour and try again."
_FAILED: dict[str, Any] = {
    "methods": ["POST"], "deduct_when": lambda answer: answer.status_code != 302, "error_message": _QUARTER,
}  # fmt: skip
_by_account = limiter.limit("10 per 15 minutes", key_func=_tried_account, **_FAILED)
_by_address = limiter.limit("50 per 15 minutes", **_FAILED)
_letters = limiter.limit("10 per 15 minutes", methods=["POST"], error_message=_QUARTER)
LIMITED = {
    "security.login": _by_address(_by_account(views.login)),
    "security.forgot_password": _letters(views.forgot_password),
    "security.reset_password": _letters(views.reset_password),
}
"""Flask-Security's views, slowed down for whoever guesses; wrapped once, because the limiter counts every wrapping."""


def _load(_identity: str) -> Person | None:
    token = cookie.get(TOKEN)
    if not isinstance(token, str) or not token or "database_down" in g:
        return None
    found = sessions.find(session(), token)
    if found is None or found[1].fs_uniquifier != _identity:
        return None
    row, person = found
    if request.method in SAFE_METHODS:  # anything else holds SQLite's only write lock already
        sessions.touch(database(), row)
    set_request_attr("fs_authn_via", "session")
    set_request_attr("fs_paa", cookie.get("fs_paa", 0))
    return person


def _signed_in(_app: Flask, user: Person, **_more: Any) -> None:
    cookie.permanent = True
    cookie[TOKEN] = sessions.begin(session(), user)
    audit.record(session(), user, "signed in", user)


def _signed_out(_app: Flask, user: Person, **_more: Any) -> None:
    token = cookie.pop(TOKEN, None)
    if isinstance(token, str):
        sessions.end(session(), token)
    if isinstance(user, Person):
        audit.record(session(), user, "signed out", user)


def _password_replaced(_app: Flask, user: Person, **_more: Any) -> None:
    sessions.revoke_all(session(), user, but=cookie.get(TOKEN))
    audit.record(session(), user, "chose a new password", user)
