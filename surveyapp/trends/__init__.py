"""Show: what the rollups say, as charts with a sentence."""
