"""Act: improvements, their mentions, owners, promises and outcomes."""
