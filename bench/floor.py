"""The floor for submissions: a bare Flask view with one durable insert through SQLAlchemy, on the same kind of database."""

from __future__ import annotations

import os

from flask import Flask, request
from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

from surveyapp.db import Database

database = Database(os.environ["FLOOR_DATABASE"])
table = Table("floor", MetaData(), Column("id", Integer, primary_key=True), Column("words", Text))
app = Flask(__name__)


@app.post("/")
def store() -> str:
    """Store the words and say so."""
    with database.write() as session:
        session.execute(insert(table).values(words=request.form["words"]))
    return "stored"


table.metadata.create_all(database.writer)
