"""Tests of ``retrieval``, over an invented plan of an invented commune and its province."""
