"""The report itself: figures as typed, entries and their states, rights, warnings, adding up, progress.

``reporting.figure`` reads what a person typed; ``reporting.entry`` holds what a unit reports. May import ``knowledge``.
"""
