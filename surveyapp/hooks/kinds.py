"""The events that a webhook can be told of, by the names under which they travel."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

EVENTS = {
    "response.received": _l("A response came in and has been heard"),
    "mention.new": _l("A suggestion or complaint was filed"),
    "improvement.opened": _l("An improvement was opened"),
    "improvement.owned": _l("Somebody owns it, or nobody any more"),
    "improvement.promised": _l("A date was promised, changed or withdrawn"),
    "improvement.done": _l("It was done"),
    "improvement.declined": _l("It was declined"),
    "improvement.reopened": _l("It was opened again"),
    "improvement.merged": _l("It was merged into another"),
    "improvement.unmerged": _l("It was taken out of a merge"),
    "improvement.undone": _l("Somebody took an act of theirs back"),
    "improvement.told": _l("Customers were told by letter"),
    "improvement.linked": _l("A lead asks for an issue (answer with its address)"),
    "promise.broken": _l("A promise broke"),
    "comment.urgent": _l("A comment is urgent"),
    "standard.missed": _l("A month missed a standard"),
    "standard.action": _l("Somebody is to do something about it"),
}
"""Name -> what it says on the page where an administrator ticks it."""
TEST = "test"
"""What the test button sends; it needs no tick."""
ISSUE = "improvement.linked"
BROKEN = "promise.broken"
ACTS = {
    "own": "improvement.owned",
    "handed over": "improvement.owned",
    "promise": "improvement.promised",
    "done": "improvement.done",
    "declined": "improvement.declined",
    "keep declined": "improvement.declined",
    "reopen": "improvement.reopened",
    "merge": "improvement.merged",
    "unmerge": "improvement.unmerged",
    "undo": "improvement.undone",
    "told": "improvement.told",
}
"""A verb of the audit, where the act was done to an improvement -> its event."""
