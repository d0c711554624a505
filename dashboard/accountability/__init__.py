"""The page Verantwoording: can I trust it?"""
