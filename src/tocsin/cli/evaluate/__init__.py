"""``tocsin evaluate``: scores against labelled sets."""

from tocsin.cli.evaluate import events, parts
from tocsin.cli.evaluate.app import evaluate

__all__ = ["evaluate", "events", "parts"]
