"""The analyser: one comment in, one finding out. Holds only its settings, so that it travels to other processes cheaply."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from analysis.finding import Finding, Kind, Sentence
from analysis.text import kinds, people, personal, sentiment, suggestions, themes, urgent
from analysis.text.language import detect
from analysis.text.plain_reader import Reader, readers
from analysis.text.sentences import split

ENGLISH = "en"


def _version() -> str:
    """Return a version that changes with any rule or weight, so that a stored finding says what made it."""
    digest = hashlib.sha256()
    for folder in ("", "data"):
        files = [file for file in resources.files("analysis.text").joinpath(folder).iterdir() if file.is_file()]
        for file in sorted(files, key=lambda one: one.name):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"heed-1.{digest.hexdigest()[:10]}"


ANALYSER = _version()


@dataclass(frozen=True)
class Analyser:
    """Analyses comments with an organisation's themes (None: the starter list); `count_advice` takes advice to other
    customers for a suggestion too."""

    themes: themes.ThemeList | None = None
    count_advice: bool = False
    version: str = field(default=ANALYSER, init=False)

    def analyse(self, text: str, asked: str | None = None) -> Finding:
        """Return the finding of one comment; `asked` is its question's purpose: "suggestion", "experience" or None."""
        language = detect(text)
        if language != ENGLISH and (language or any(letter.isalpha() for letter in text)):
            reader = readers().get(language or "")
            return self._plainly(text, language, reader, asked)
        spans = split(text)
        readings = [sentiment.read(text[start:end], asked) for start, end in spans]
        sentences = _sentences(text, spans, readings, asked)
        return Finding(
            language,
            sentiment.of_readings(readings),
            self.version,
            sentences=sentences,
            suggestions=suggestions.extract(text, sentences, count_advice=self.count_advice),
            themes=(self.themes or themes.default_themes()).match(text),
            personal=personal.find(text),
            people=people.find(text, sentences),
            urgent=urgent.find(text, sentences),
        )

    def _plainly(self, text: str, language: str | None, reader: Reader | None, asked: str | None) -> Finding:
        """Return the finding in another language: what its reader says, or, where there is none, personal data alone."""
        if reader is None:
            return Finding(language, None, self.version, personal=personal.find(text))
        spans = split(text)
        read = [reader.read(text[start:end], asked) for start, end in spans]
        sentences = [
            Sentence(text[start:end], start, end, kind.kind, felt, kind.confidence, kind.because)
            for (start, end), (felt, kind) in zip(spans, read, strict=True)
        ]
        return Finding(
            language,
            reader.whole(text, [felt for felt, _ in read], asked),
            self.version,
            sentences=sentences,
            suggestions=suggestions.extract(text, sentences),
            themes=self.themes.match(text) if self.themes else [],
            personal=personal.find(text),
        )


def _sentences(
    text: str, spans: Sequence[tuple[int, int]], readings: Sequence[sentiment.Reading], asked: str | None
) -> list[Sentence]:
    """Return the sentences with their kinds; each is judged in the light of the kind before it."""
    found: list[Sentence] = []
    before: Kind | None = None
    for (start, end), reading in zip(spans, readings, strict=True):
        kind = kinds.classify(text[start:end], asked=asked, sentiment=reading.sentiment, before=before)
        before = kind.kind
        found.append(
            Sentence(text[start:end], start, end, kind.kind, reading.sentiment, kind.confidence, tuple(kind.because))
        )
    return found


@cache
def default_analyser() -> Analyser:
    """Return the analyser with the starter themes."""
    return Analyser()
