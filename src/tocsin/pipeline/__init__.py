"""The way of the data, stage by stage, and the coder that runs it."""

from tocsin.pipeline.coder import Coder

__all__ = ["Coder"]
