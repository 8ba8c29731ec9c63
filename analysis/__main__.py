"""The program: `python -m analysis < comments.jsonl > findings.jsonl`; `python -m analysis group` groups mentions."""

from __future__ import annotations

import sys


def main(argv: list[str]) -> int:
    """Run the sub-command that `argv` names and return the exit status."""
    if argv[:1] == ["group"]:
        from analysis.program import group  # noqa: PLC0415 - each sub-command loads only what it needs

        return int(group.main(argv[1:]))
    from analysis.program import analyse  # noqa: PLC0415

    return analyse.main(argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
