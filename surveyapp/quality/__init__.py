"""Quality: how much the machine misses and lets in, as people find it in a random sample of everything each month."""
