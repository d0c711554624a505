"""The map of wijken, drawn: shapes, names, hatching, classes, legend and the words around it."""
