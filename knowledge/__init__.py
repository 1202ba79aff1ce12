"""From a file to a ``Plan``: bytes in, values out.

Readers (text, PDF, DOCX, scan with OCR), repair of damaged text, outline, indicators, tasks, reporting rules, units,
chunks. Start at ``knowledge.reading.read_plan``; ``knowledge.plan`` holds the values that come out.

May import nothing of ours: no database, no channel, no clock.
"""
