"""
Jobs: work that lasts longer than a request, done once, seen by everybody, and stoppable.

A job is a row of ours. The task queue only says "look at job 17"; who may work on it, how far it
is, whether its worker still lives and how it ended stand in the row.
"""
