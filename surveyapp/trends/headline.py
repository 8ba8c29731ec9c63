"""The headline: are customers happier, were their suggestions answered, did acting help and where to look; three sentences."""

from __future__ import annotations

from collections.abc import Mapping

from surveyapp.trends import registry
from surveyapp.trends.charts import Chart, Material


def sentences(found: Mapping[str, Chart]) -> list[str]:
    """Return the three sentences of the charts at the front; the last says what helped, and where to look next."""
    return [
        found["rating"].sentence,
        found["answered"].sentence,
        f"{found['helped'].sentence} {found['where'].sentence}",
    ]


def of(material: Material) -> list[str]:
    """Return the three sentences of a frame."""
    return sentences({name: registry.make(material, name) for name in registry.FRONT})
