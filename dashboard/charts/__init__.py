"""Charts: pure functions from a frame to a finished Vega-Lite specification."""
