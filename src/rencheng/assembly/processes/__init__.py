"""
The processes of the house as one foreground tree.

One parent starts the web and the workers, starts again what crashed, and takes all down with it:
each child is the leader of a group of its own, and holds one end of a pipe whose other end dies
with the parent. Whoever is killed, and however, nothing stays behind.
"""
