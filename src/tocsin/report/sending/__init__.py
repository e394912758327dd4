"""Sending alarms: to a webhook, by mail; each once for each target."""
