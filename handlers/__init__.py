"""Conversation: one file per thing people do, and every sentence the bot says (``handlers.texts``).

Channel-neutral and pure: (state, message, view) in, (state, replies, changes) out. Start at
``handlers.conversation.converse``.

May import ``knowledge``, ``reporting``, ``scheduler`` and ``retrieval``; knows no database and no channel.
"""
