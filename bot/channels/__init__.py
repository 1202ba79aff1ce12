"""Channels: console, Telegram, Zalo Bot. Each translates once, at the edge; ``bot.channels.channel`` is the
protocol."""
