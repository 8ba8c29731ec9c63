"""What a person types: one file for each sub-command of `python -m analysis`."""
