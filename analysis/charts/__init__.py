"""Charts: data in, a matplotlib Figure out. Never pyplot, never a database; every word on them comes from the caller."""
