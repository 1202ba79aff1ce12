"""The commands of the command line, one file each; ``bot.cli`` reads their arguments."""
