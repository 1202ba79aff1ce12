"""From a question to an ``Answer`` with citations.

Question understanding, the lexical and the vector index, fusion, answering, the optional language model. Start at
``retrieval.answering.Answerer``; ``retrieval.answer`` holds what comes out, ``retrieval.shelf`` what goes in.

May import ``knowledge`` and ``reporting``. Keeps an index of its own below the data folder; knows no database of
records and no channel.
"""
