"""Drawing: from the small frames of a release to what a person sees."""
