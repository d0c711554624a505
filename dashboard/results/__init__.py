"""The page Resultaten: what was agreed, claimed, judged, checked and paid?"""
