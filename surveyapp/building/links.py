"""Addresses at which a survey is answered, one per service and channel, and their QR codes."""

from __future__ import annotations

import io
import re
import secrets
import unicodedata

import segno
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.accounts.audit import record
from surveyapp.errors import Conflict, Invalid, NotFound
from surveyapp.models import CHANNELS, Person, Service, Survey, SurveyLink

HANDED_OUT = tuple(channel for channel in CHANNELS if channel not in {"import", "told-to-us"})
LETTERS = "23456789cdfghjkmnpqrtvwxy"


def add(
    session: Session,
    survey: Survey,
    service: Service,
    channel: str,
    *,
    by: Person | None = None,
    slug: str | None = None,
) -> SurveyLink:
    """Make an address. Raises Invalid for a channel that none is handed out for, Conflict where there is one already."""
    if channel not in HANDED_OUT:
        raise Invalid(f"An address is handed out by one of: {', '.join(HANDED_OUT)}.", field="channel")
    if any(link.service_id == service.id and link.channel == channel for link in survey.links):
        raise Conflict(f"{service.name} has an address for {channel} already.")
    link = SurveyLink(service_id=service.id, slug=slug or _free_slug(session, service.name), channel=channel)
    survey.links.append(link)
    record(session, by, "linked", survey, service=service.id)
    return link


def of(survey: Survey, link_id: int) -> SurveyLink:
    """Return one address of a survey. Raises NotFound."""
    found = next((link for link in survey.links if link.id == link_id), None)
    if found is None:
        raise NotFound("This survey has no such address.")
    return found


def qr(address: str) -> bytes:
    """Return the QR code of an address as an SVG file, sharp at any size, with the quiet zone that readers need."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=4, scale=8, light="#fff", title=address)
    return out.getvalue()


def _free_slug(session: Session, name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "survey"
    while True:
        slug = f"{stem}-{''.join(secrets.choice(LETTERS) for _ in range(4))}"
        if session.scalar(select(SurveyLink.id).where(SurveyLink.slug == slug)) is None:
            return slug
