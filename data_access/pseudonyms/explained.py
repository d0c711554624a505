"""What a supplier must know about pseudonyms, in plain words: for the help and the template."""

from indicators.vocabulary import Text


def _comma(number: float) -> str:
    return str(number).replace(".", ",")


SHORT = Text(
    "maak van naam en geboortedatum een pseudoniem",
    "turn name and birth date into a pseudonym",
)
HOW_IT_WORKS = Text(
    "Maakt op uw eigen computer van naam en geboortedatum een pseudoniem, zonder netwerk. Het "
    "bestand is een CSV of .xlsx met de kolommen voornaam en achternaam (en tussenvoegsel), of "
    "naam, en geboortedatum. De uitvoer is hetzelfde bestand met een kolom pseudoniem in plaats "
    "van die kolommen. Een burgerservicenummer mag er niet in staan. Organisaties met hetzelfde "
    "sleutelbestand geven iemand hetzelfde pseudoniem. Wie de sleutel heeft, kan pseudoniemen "
    "terugzoeken: bewaar hem apart en geef hem nooit aan de gemeente.",
    "Turns name and birth date into a pseudonym on your own computer, without a network. The "
    "file is a CSV or .xlsx with the columns voornaam and achternaam (and tussenvoegsel), or "
    "naam, and geboortedatum. The output is the same file with a column pseudoniem instead of "
    "those. It may hold no citizen service number. Organisations with the same key file give a "
    "person the same pseudonym. Whoever has the key can look pseudonyms up: keep it apart and "
    "never give it to the gemeente.",
)
WHAT_TO_FILL_IN = Text(
    "Vul de voornaam en de eigen achternaam in zoals in het paspoort. Vanzelf gelijk zijn: "
    "hoofdletters, accenten, ij en y, tussenvoegsels in elke vorm, een tweede voornaam, de naam "
    "van een partner vóór een streepje (Jansen-de Vries is de Vries), en letters die in het "
    "Nederlands hetzelfde klinken. Niet op te lossen: een voorletter in plaats van een voornaam, "
    "alleen de naam van de partner, een typefout, een verkeerde datum.",
    "Fill in the given name and the person's own surname as in the passport. Alike by themselves: "
    "capitals, accents, ij and y, tussenvoegsels in any form, a second given name, a partner's "
    "name before a hyphen (Jansen-de Vries is de Vries), and letters that sound the same in Dutch. "
    "Beyond mending: an initial instead of a given name, the partner's name only, a typing error, "
    "a wrong date.",
)
# What `python -m tests.benchmark.pseudonyms` measures for a gemeente of 100,000 people.
MISSED_PERCENT, MISSED_PERCENT_AS_ASKED = 10.0, 4.3
FALSE_IN_100_000 = 12
FALSE_ON_1_JANUARY_IN_100_000, FALSE_ON_OTHER_DAYS_IN_100_000 = 130, 10

HOW_OFTEN_WRONG = Text(
    "Het gaat soms mis. Gemeten met 100.000 verzonnen mensen en aangenomen schrijffouten: van wie "
    f"bij twee organisaties staat, krijgt {_comma(MISSED_PERCENT)} % twee pseudoniemen en telt dus "
    f"dubbel; {_comma(MISSED_PERCENT_AS_ASKED)} % als overal de voornaam en de eigen achternaam "
    f"staan. Ongeveer {FALSE_IN_100_000} van de 100.000 mensen delen een pseudoniem met iemand "
    f"anders; onder wie op 1 januari geboren heet te zijn (dag onbekend) "
    f"{FALSE_ON_1_JANUARY_IN_100_000} van de 100.000, onder anderen "
    f"{FALSE_ON_OTHER_DAYS_IN_100_000}.",
    "It sometimes goes wrong. Measured with 100,000 invented people and assumed writing errors: of "
    f"those known to two organisations {MISSED_PERCENT} % get two pseudonyms and so count twice; "
    f"{MISSED_PERCENT_AS_ASKED} % when given name and own surname stand everywhere. About "
    f"{FALSE_IN_100_000} of 100,000 people share a pseudonym with somebody else; among those said "
    f"to be born on 1 January (day unknown) {FALSE_ON_1_JANUARY_IN_100_000} of 100,000, among "
    f"others {FALSE_ON_OTHER_DAYS_IN_100_000}.",
)
IN_FULL = Text(
    " ".join(each.nl for each in (HOW_IT_WORKS, WHAT_TO_FILL_IN, HOW_OFTEN_WRONG)),
    " ".join(each.en for each in (HOW_IT_WORKS, WHAT_TO_FILL_IN, HOW_OFTEN_WRONG)),
)
