"""The program: settings, command line, channels, dispatch, composition root.

Start at ``bot.cli`` (what a person types); ``bot.archive`` and ``bot.wiring`` put the parts together. May import
everything.
"""
