"""
Counts of an epidemic: what is new, how fast it grows, and whether the figures can be trusted.

Arrays have one row per place (or any other series) and one column per day, days following each
other without a hole; NaN stands for "nobody said". Nothing is smoothed, filled or mended here.
"""
