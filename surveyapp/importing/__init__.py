"""Bring in feedback that was collected elsewhere: a CSV file and a mapping that says what its columns mean."""
