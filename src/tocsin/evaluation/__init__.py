"""Measuring Tocsin against labelled sets."""
