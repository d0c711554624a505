"""The page Doorstroom: do people get ahead?"""
