"""The page Vergelijken: who differs, beyond chance?"""
