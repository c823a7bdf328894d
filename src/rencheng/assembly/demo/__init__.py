"""
The demo: a country that never was, in an epidemic that never was.

It is drawn from a seed, written to files as reporting offices write them (late, revised, with
holes at week-ends), and loaded through the same door as everybody's files.
"""
