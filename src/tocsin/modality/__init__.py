"""Modality: whether a candidate happened, on whose word, under which condition, by when."""

from tocsin.modality.judge import Modality
from tocsin.modality.speech import SpeechFrame, speech_frames

__all__ = ["Modality", "SpeechFrame", "speech_frames"]
