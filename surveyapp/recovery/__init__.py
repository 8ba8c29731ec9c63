"""Winning back: an unhappy customer is followed up by somebody, within working hours, until they have said how it went."""
