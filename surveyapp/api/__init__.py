"""The API for programs: /api/v1, by bearer tokens, as its own OpenAPI document describes it."""
