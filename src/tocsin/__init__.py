"""Tocsin reads news and keeps the record: who did what to whom, when, where, on whose word."""
