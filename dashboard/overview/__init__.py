"""The page Overzicht: how does a gemeente stand, in one screen?"""
