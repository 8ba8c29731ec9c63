"""The application as a server imports it."""

from surveyapp import create_app

app = create_app()
