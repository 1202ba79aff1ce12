"""Readable transcripts of whole conversations, and the stage that plays them."""
