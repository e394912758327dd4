"""The command line: ``tocsin code``, ``explain``, ``evaluate``, ``lint``.

Nothing heavy is imported before a command needs it, so that ``tocsin --help`` answers at once.
"""
