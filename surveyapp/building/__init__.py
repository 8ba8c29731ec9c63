"""Ask: surveys, their versions, links and results."""
