"""Tests mirror the folders they test; ``fakes`` holds the servers that stand in for the messengers."""
