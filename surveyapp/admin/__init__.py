"""Run: services, people, teams, themes, settings, jobs."""
