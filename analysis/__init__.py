"""What a customer's comment says: sentiment, suggestions, themes, personal data. Pure Python, embedded and offline.

    >>> from analysis import analyse
    >>> analyse("Staff were lovely but please add a ramp.", asked="suggestion").suggestions[0].text
    'please add a ramp'

Importing this package is cheap; weights and heavy libraries are loaded on first use.
"""

from analysis.finding import Finding, NamedPerson, PersonalData, Sentence, Sentiment, Suggestion, UrgentSign

__all__ = ["Finding", "NamedPerson", "PersonalData", "Sentence", "Sentiment", "Suggestion", "UrgentSign", "analyse"]


def analyse(text: str, *, asked: str | None = None) -> Finding:
    """Analyse one comment with the default themes; `asked` is the question's purpose ("suggestion", "experience" or None)."""
    from analysis.analyser import default_analyser  # noqa: PLC0415 - keeps the package's import cheap

    return default_analyser().analyse(text, asked=asked)
