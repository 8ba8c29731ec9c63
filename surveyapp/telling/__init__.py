"""Telling customers: at their code, by letter, and in public; and hearing what they say to it."""
