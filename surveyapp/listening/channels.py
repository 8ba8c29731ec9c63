"""What pages call the ways by which responses come."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from surveyapp.models import TOLD

NAMES = {
    "web": _l("web page"), "qr": _l("QR code"), "email": _l("e-mail"), "kiosk": _l("kiosk"), "import": _l("imported"),
    TOLD: _l("told to a colleague"),
}  # fmt: skip
