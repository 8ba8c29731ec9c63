"""Understand: comments with their findings, and what people say against them."""
