"""Servers of our own that stand in for the messengers, spoken to over real HTTP."""
