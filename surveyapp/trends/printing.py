"""Setting the page for paper: WeasyPrint, tagged as PDF/UA-1 wants it, and locked to our own pictures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext

from surveyapp.errors import HeedError
from surveyapp.trends.charts import Chart

STYLE = """
@page { size: A4; margin: 18mm 16mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt; color: #566066; } }
body { font: 10.5pt/1.45 "DejaVu Sans", sans-serif; color: #1d2528; }
h1 { font-size: 20pt; margin: 0 0 2mm; line-height: 1.15; }
h2 { font-size: 12.5pt; margin: 0 0 2mm; line-height: 1.3; }
.quiet { color: #566066; margin: 0 0 1mm; font-size: 9pt; }
.headline p { font-size: 12pt; margin: 0 0 3mm; }
.headline { border-bottom: 0.4mm solid #d8d4ca; padding-bottom: 3mm; margin-bottom: 6mm; }
section { margin-bottom: 8mm; }
section > .quiet, h2, img { break-after: avoid; break-inside: avoid; }
img { width: 92%; display: block; margin: 0 auto; }
.how { font-size: 8.5pt; color: #566066; }
.how p, .legend li { margin: 0 0 1mm; }
.legend { font-size: 8.5pt; padding: 0; list-style: none; columns: 2; column-gap: 6mm; }
"""


class NoPress(HeedError):
    """What sets pages is not installed."""

    status = 501


def pdf(html: str, charts: Iterable[Chart]) -> bytes:
    """Return a page as PDF/UA-1; each `<img src="chart:NAME">` is drawn, and nothing else is fetched from anywhere."""
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 - heavy, and needs Pango
    except (ImportError, OSError) as error:
        raise NoPress(
            gettext(
                "PDFs need the package heed[pdf] and the library Pango. Ask an administrator to install both; until then, print the page."
            )
        ) from error
    pictures = {f"chart:{each.name}": each for each in charts}
    fetch = fetcher(pictures)
    made = HTML(string=html, base_url="chart:", url_fetcher=fetch).write_pdf(
        stylesheets=[CSS(string=STYLE, url_fetcher=fetch)], pdf_variant="pdf/ua-1"
    )
    return bytes(made or b"")


def fetcher(pictures: dict[str, Chart]) -> Any:
    """Return what hands WeasyPrint the pictures at hand and raises ValueError for every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class Own(URLFetcher):  # type: ignore[misc]
        """Our pictures, and nothing from the network or the disk."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            """Draw a picture."""
            from analysis.charts.style import draw  # noqa: PLC0415

            if url not in pictures:
                raise ValueError(f"{url} is not one of this page's pictures")
            drawn = draw(pictures[url].draw(False, False), "svg")
            return URLFetcherResponse(url, drawn, {"Content-Type": "image/svg+xml"})

    return Own()
