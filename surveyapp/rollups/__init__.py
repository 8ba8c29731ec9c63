"""The only writer of rollups: increments, and a rebuild that is written apart from them."""
