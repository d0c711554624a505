"""The page Kaart, and the map that other pages show too."""
