"""Collect: the survey page, what is stored, and the customer's code."""
