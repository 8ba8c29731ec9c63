"""`python -m analysis`: JSON lines in, a finding a line out; or a CSV file in, the same with columns of findings out."""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from tqdm import tqdm

from analysis.program import comments, findings
from analysis.program.ordered import batches, in_order

if TYPE_CHECKING:
    from analysis.analyser import Analyser

USAGE_ERROR = 2


def main(argv: list[str]) -> int:
    """Analyse what `argv` names and return 0, or 2 with a message on stderr when the input cannot be read."""
    args = _arguments().parse_args(argv)
    try:
        _run(args)
    except (comments.BadInput, OSError, LookupError) as error:
        if isinstance(error, BrokenPipeError):  # the reader has seen enough, as in `| head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        print(f"analysis: {error}", file=sys.stderr)
        return USAGE_ERROR
    return 0


def _arguments() -> argparse.ArgumentParser:
    """Return the parser of the program's options."""
    args = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Say what each comment holds: sentiment, suggestions, themes, personal data.",
        epilog='Without a file, reads JSON lines {"id", "text", "asked"?} from standard input. '
        "`python -m analysis group` groups mentions of the same need.",
    )
    args.add_argument("file", nargs="?", type=Path, help="a CSV file with a heading row")
    args.add_argument("--text-column", help="the CSV column that holds the comment")
    args.add_argument("--asked", choices=comments.PURPOSES, help="what the question was for")
    args.add_argument("-o", "--output", type=Path, help="write here instead of standard output")
    args.add_argument("--encoding", default="utf-8-sig", help="of the CSV file (default: UTF-8)")
    args.add_argument("--workers", type=_positive, default=os.cpu_count() or 1, help="processes (default: all cores)")
    args.add_argument("--scheduler", help="address of a Dask scheduler, tcp://..., instead of processes here")
    args.add_argument("--themes", type=Path, help="a JSON file of themes: name, words, examples")
    args.add_argument("--count-advice", action="store_true", help="advice to other customers is a suggestion too")
    return args


def _positive(value: str) -> int:
    """Return a whole number of at least 1."""
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _run(args: argparse.Namespace) -> None:
    """Analyse the input of `args` into its output."""
    if args.file and not args.text_column:
        raise comments.BadInput("Say which column holds the comments: --text-column NAME.")
    gc.set_threshold(
        50_000, 20, 20
    )  # findings hold no circles: looking for some every 700 objects costs a twentieth of the time
    work = partial(findings.rows if args.file else findings.lines, _analyser(args))
    given = (
        comments.from_csv(args.file, args.text_column, asked=args.asked, encoding=args.encoding)
        if args.file
        else comments.from_lines(sys.stdin.buffer, args.asked)
    )
    with _output(args.output) as out:
        made = _worked(args, work, given)
        shown = tqdm(made, unit=" comments", disable=not sys.stderr.isatty())
        if args.file:
            findings.write_rows(shown, out)
        else:
            out.writelines(shown)
        out.flush()


def _analyser(args: argparse.Namespace) -> Analyser:
    """Return the analyser with the themes and settings that were asked for."""
    from analysis.analyser import Analyser  # noqa: PLC0415 - after the arguments, so that --help is quick
    from analysis.text.themes import ThemeList  # noqa: PLC0415

    try:
        return Analyser(ThemeList.load(args.themes) if args.themes else None, args.count_advice)
    except (ValueError, KeyError, TypeError) as error:
        raise comments.BadInput(f"{args.themes} is not a list of themes: {error}") from None


def _output(path: Path | None) -> contextlib.AbstractContextManager[IO[str]]:
    """Open the output; a lone surrogate, which UTF-8 cannot hold, is written as its JSON escape."""
    if path:
        return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    return contextlib.nullcontext(sys.stdout)


def _worked(
    args: argparse.Namespace, work: Callable[[list[comments.Comment]], list[Any]], given: Iterable[comments.Comment]
) -> Iterator[Any]:
    """Yield the results in order: from this process, from several, or from a Dask cluster."""
    if args.scheduler:
        yield from _on_cluster(args.scheduler, work, given)
    elif args.workers == 1:
        for batch in batches(given):
            yield from work(batch)
    else:
        with ProcessPoolExecutor(args.workers) as pool:
            yield from in_order(work, given, pool, ahead=args.workers * 4)


def _on_cluster(
    address: str, work: Callable[[list[comments.Comment]], list[Any]], given: Iterable[comments.Comment]
) -> Iterator[Any]:
    """Yield the results of a Dask cluster's workers, which need this package installed."""
    try:
        from distributed import Client  # noqa: PLC0415 - an optional extra
    except ImportError:
        raise comments.BadInput("--scheduler needs Dask: pip install 'heed[scale]'.") from None
    with Client(address, timeout=30) as client:  # type: ignore[no-untyped-call]
        cores = max(sum(client.ncores().values()), 1)
        yield from in_order(work, given, client.get_executor(), ahead=cores * 4)
