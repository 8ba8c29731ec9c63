"""The page of trends, and each chart as a picture or as its figures."""

from __future__ import annotations

from typing import Any

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from surveyapp.accounts.access import allow
from surveyapp.errors import NotFound
from surveyapp.extensions import session
from surveyapp.trends import (
    asking_pages,
    counts,
    figure_pages,
    files,
    guard,
    level_pages,
    marks,
    note_pages,
    pictures,
    print_pages,
    registry,
    room,
    segments,
    surroundings,
)
from surveyapp.trends.charts import Chart, Material
from surveyapp.trends.frame import GRAINS, PURPOSES, SPANS, Frame
from surveyapp.trends.room import READERS, blueprint

__all__ = ["asking_pages", "blueprint", "figure_pages", "level_pages", "print_pages"]

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.get("/trends")
@allow(*READERS)
def show() -> ResponseReturnValue:
    """Show the page for a frame."""
    frame, opened = room.asked(), request.args.get("more") == "1"
    material = Material(session(), frame)
    names = [] if room.too_small(frame) else [*registry.FRONT, *(registry.MORE if opened else ())]
    found = {name: registry.make(material, name) for name in names}
    around = surroundings.of(material, found) if found else {}
    return render_template(
        "trends/show.html", frame=frame, charts=found, front=[found[name] for name in registry.FRONT if found],
        more=[found[name] for name in registry.MORE if name in found], opened=opened, before=_before(material, found),
        nodes=room.scope().tree(session()), spans=SPANS, grains=GRAINS if not frame.least else guard.GRAINS, purposes=_purposes(frame),
        notes=marks.notes(session(), frame), query=frame.query, leads=room.reads_comments(), left_out=guard.said(frame),
        groups=segments.offered(session(), frame.service, guarded=bool(frame.least)),
        form=note_pages.NoteForm(formdata=None, data={"day": frame.today}), **around,
    )  # fmt: skip


@blueprint.get("/trends/<name>.<any(svg, png, csv, xlsx):kind>")
@allow(*READERS)
def chart(name: str, kind: str) -> ResponseReturnValue:
    """Send one chart as a picture or as its figures. The same data are drawn once: a browser that has them is told so."""
    frame = room.asked()
    if name not in registry.CHARTS or room.too_small(frame):
        raise NotFound(gettext("There is no such chart."))
    look = (request.args.get("dark") == "1", request.args.get("narrow") == "1")
    mark = room.mark(frame, name, kind, look)
    answer = make_response()
    answer.set_etag(mark)
    answer.headers["Cache-Control"] = "private, no-cache"
    if request.if_none_match.contains(mark):
        return answer.make_conditional(request)
    answer.set_data(_file(frame, name, kind, mark, look))
    answer.mimetype = TYPES[kind]
    if kind != "svg":
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{frame.today.isoformat()}.{kind}"'
    return answer


def _file(frame: Frame, name: str, kind: str, mark: str, look: tuple[bool, bool]) -> bytes:
    def made() -> Chart:
        return registry.make(Material(session(), frame), name)

    if kind == "csv":
        return files.csv(made())
    if kind == "xlsx":
        return files.xlsx(made(), _about(frame))
    return pictures.kept(room.pictures_folder(), pictures.version(session()), mark, lambda: _drawn(made(), kind, look))


def _drawn(made: Chart, kind: Any, look: tuple[bool, bool]) -> bytes:
    from analysis.charts.style import draw  # noqa: PLC0415 - matplotlib takes a second

    return draw(made.draw(*look), kind)


def _about(frame: Frame) -> str:
    return gettext(
        "%(where)s, %(first)s to %(last)s", where=" · ".join(filter(None, (frame.service.name, str(frame.segment or "")))),
        first=frame.named(0), last=frame.named(-1),
    )  # fmt: skip


def _before(material: Material, found: dict[str, Chart]) -> dict[str, str]:
    """Return what each chart said of the span before, where that was asked for; nothing of a group too small by itself."""
    if not (material.frame.compare and found) or room.too_small(material.frame.before):
        return {}
    return {name: registry.make(material.before, name).sentence for name in found}


def _purposes(frame: Frame) -> list[str]:
    """Return the purposes that have been rated under a node, and the one at hand."""
    known = counts.rated(session(), frame) | {frame.purpose}
    return [purpose for purpose in PURPOSES if purpose in known]
