"""Every sentence the bot says, in Vietnamese, one module for each thing people do.

Rules: one idea a message, at most about 400 characters; anh/chị; the figure first, the place second; say what happens
next; never blame; a doubtful figure always says that it is doubtful; at most one emoji. Refusals that come from deeper
folders carry their own sentence (``knowledge.errors.Refused``) in the same tone.
"""
