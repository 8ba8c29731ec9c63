"""Laying an operational figure under a chart over months: it may explain what is above, and is never scored."""

from __future__ import annotations

from matplotlib.figure import Figure

from analysis.charts.lines import Line, draw_panel
from analysis.charts.style import palette

HEIGHT, FOOT, HEAD = 1.3, 0.12, 0.42
"""Inches that the panel adds, and of these its foot and the room for its name."""


def lay_under(above: Figure, panel: Line, *, dark: bool = False) -> Figure:
    """Add a panel with the same months under a chart that has been drawn over them, and return the chart."""
    axes = above.axes[0]
    across, up = above.get_size_inches()
    above.set_size_inches(across, up + HEIGHT)
    part = HEIGHT / (up + HEIGHT)
    below = above.add_axes((0.1, part * FOOT, 0.8, part * (1 - FOOT - HEAD)), sharex=axes)
    below.set_in_layout(False)
    draw_panel(below, panel, palette(dark=dark), running=True)
    below.tick_params(labelbottom=False)
    left = 0.0
    for _round in range(2):  # figures wider than those above need room at the left
        above.get_layout_engine().set(rect=(left, part, 1 - left, 1 - part))  # type: ignore[union-attr,call-arg]
        above.draw_without_rendering()
        box = axes.get_position()
        below.set_position((box.x0, part * FOOT, box.width, part * (1 - FOOT - HEAD)))
        edge = below.get_tightbbox().x0 / above.bbox.width  # type: ignore[union-attr]
        left = max(left, left - edge)
    return above
