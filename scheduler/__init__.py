"""Time: calendar and holidays, periods from rules, which reminder is due and for whom, delivery of what is due.

The rows in the database are the truth about time; APScheduler only wakes the program (``scheduler.waking``).
May import ``knowledge`` and ``reporting``.
"""
