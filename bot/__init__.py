"""The program: settings, command line, channels, dispatch, composition root.

Start at ``bot.cli`` (what a person types) or ``bot.wiring`` (how the parts are put together). May import everything.
"""
