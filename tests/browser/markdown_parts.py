"""An app that shows hostile texts in every part of Streamlit that reads Markdown."""

import random

from dashboard.frame import plain_text

TEXTS = (
    "![x](https://evil.example/p.png)",
    "![x][a] [a]: https://evil.example/p.png",
    "[klik](https://evil.example)",
    "<https://evil.example> <img src=https://evil.example/p.png> <b>vet</b> &lt; &amp;",
    "https://evil.example www.evil.example iemand@evil.example mailto:a@b.nl",
    "`code` ``co`de`` ~~weg~~ ~weg~ **vet** *schuin* _schuin_ __vet__ a_b_c",
    ":red[rood] :blue-background[b] :small[k] :red-badge[x] ::red[x] :red[a]{b=c} ::: x",
    ":material/delete: :material/home: :streamlit: :smile: :+1: :shipit:",
    "$latex$ $$x^2$$ $a$ costs $5 and $6",
    "a -> b <- c <-> d -- e >= f <= g ~= h --- i",
    "# kop",
    "- punt",
    "+ punt",
    "* punt",
    "1. punt",
    "12) punt",
    "> citaat",
    "=== ---",
    "---",
    "| a | b |\n|---|---|\n| c | d |",
    "    code na vier spaties",
    "eerste\n\ntweede\n- derde",
    "[^1] [^1]: noot",
    "- [ ] taak",
    "\\* \\\\ \\",
    "'aangehaald' \"dubbel\" (haakjes) {krul} 100% ± ‘x’ ĳ é 中文 العربية 🎉",
    "Levering 'python -m data_access load MAP' ALLOWANCE_MAXIMUM_2026 2022-Q1",
)
_ALPHABET = "ab1 _*`[]()!<>\\$~|:#&;@.-+=/{}'\"w"


def texts() -> list[str]:
    """Return TEXTS, and 150 that were drawn from the characters that mean something."""
    dice = random.Random(20260101)
    drawn = ["x" + "".join(dice.choices(_ALPHABET, k=24)) for _ in range(75)]
    bare = ["".join(dice.choices(_ALPHABET, k=12)) + "x" for _ in range(75)]
    return [*TEXTS, *drawn, *bare]


if __name__ == "__main__":
    for place, text in enumerate(texts()):
        plain_text.problem(text)
        plain_text.warning(f"'{text}' is er niet.")
        plain_text.note(text)
        plain_text.download_button(text, data="", key=str(place))
