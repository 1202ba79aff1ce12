"""The records: everything the program must remember, in one SQL database.

``storage.store.Store`` opens it and gives units of work, one transaction each; ``storage.work.UnitOfWork`` shows what
can be done in one. ``storage.models`` are the tables, ``storage.migrations`` how they came to be, one file a noun for
the rest. Queries live here and nowhere else; nothing here commits but the store.

May import the value types and ports of ``knowledge``, ``reporting``, ``scheduler``, ``retrieval`` and ``handlers``.
"""
