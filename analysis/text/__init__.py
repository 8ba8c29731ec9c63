"""From text to findings: each file knows one thing about a sentence."""
