"""The demonstration: an invented organisation, the story of its two years, and a seeded writer of what its customers said."""
