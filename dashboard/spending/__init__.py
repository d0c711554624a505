"""The page Besteding: what does an outcome cost, and how long does the money last?"""
