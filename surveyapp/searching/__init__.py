"""Finding comments and improvements by words: the databases' own indexes, and a vocabulary by which typos are forgiven."""

from surveyapp.searching.index import Found, comment_ids, comments, title_ids
from surveyapp.searching.query import Query
from surveyapp.searching.typed import parse
from surveyapp.searching.vocabulary import forget, learn

__all__ = ["Found", "Query", "comment_ids", "comments", "forget", "learn", "parse", "title_ids"]
