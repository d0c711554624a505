"""One secret threshold for each leaf: the one way in which counts about people leave the register.

To be rewritten when the measurement is there.
"""
