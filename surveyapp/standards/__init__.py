"""Standards: what customers may expect, in a sentence and a level; who agreed; how each month stood; what is done about a miss."""

from surveyapp.standards.missing import missed

__all__ = ["missed"]
