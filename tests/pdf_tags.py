"""What a PDF says to who does not see it."""

import pypdf


def alternatives(read: pypdf.PdfReader) -> list[str]:
    """Return the text alternatives of the drawings in a PDF."""
    found, waiting = [], [read.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found += [str(node["/Alt"])] if "/Alt" in node else []
            waiting += [node["/K"]] if "/K" in node else []
    return found
