"""Run the figures and print them as a table: ours, the floor beside it, the ratio, the target, and whether it is met."""

from __future__ import annotations

import sys

from bench import analysis_size, analysis_speed, demo_truth, drawing, million, scaling, search, serving, submissions

FIGURES = {
    "page": serving.page,
    "worker": serving.worker,
    "pages": serving.pages,
    "drawing": drawing.drawing,
    "million": million.million,
    "scaling": scaling.scaling,
    "search": search.search,
    "submissions": submissions.submissions,
    "analysis": analysis_speed.analysis,
    "weight": analysis_size.weight,
    "absurd": analysis_size.absurd,
    "memory": analysis_size.memory,
    "import": analysis_speed.importing,
    "demo": demo_truth.demo,
}


def main(names: list[str]) -> int:
    """Measure what was asked for (everything by default); return 2 for a name that is none."""
    unknown = set(names) - set(FIGURES)
    if unknown:
        print(f"no figure {', '.join(sorted(unknown))}; there are: {', '.join(FIGURES)}", file=sys.stderr)
        return 2
    print(f"{'figure':52}{'ours':>14}{'floor':>14}{'ratio':>8}  target")
    for name in names or FIGURES:
        for row in FIGURES[name]():
            print(row.line(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
