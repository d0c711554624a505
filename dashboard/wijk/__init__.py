"""The page Wijk: what happens here?"""
