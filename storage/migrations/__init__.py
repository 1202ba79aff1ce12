"""How the tables came to be: one file a step in ``versions``, never changed once released.

A new step: change ``storage.models``, then write ``versions/NNNN_what.py`` by hand; the tests compare both.
"""
