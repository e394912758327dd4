"""Alarms: when a relation rings, from what was known on the day, and how often that was wrong."""
