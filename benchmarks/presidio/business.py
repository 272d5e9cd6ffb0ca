"""English business text: letters, tickets and notes as a company keeps them, with the few values that stand in such text."""

from __future__ import annotations

from benchmarks import values
from benchmarks.values import Rng

PLAIN = (
    "Thank you for your message and for the patience you have shown while our team looked into the matter.",
    "We have reviewed the terms of the agreement and would like to discuss the open points with you next week.",
    "The delivery was delayed because the carrier could not reach the warehouse during the usual opening hours.",
    "Please let us know whether the revised proposal meets the expectations of your purchasing department.",
    "Our finance team confirmed that the payment was received and that no further action is needed from you.",
    "As agreed in the meeting, the project will move into the second phase once the budget has been approved.",
    "The customer reported that the application closes without a message when a large file is attached.",
    "I would suggest that we keep the current supplier until the quality of the new samples has been checked.",
    "Sales in the northern region grew faster than expected, mainly because of the new service contracts.",
    "The report describes the main risks, the steps taken so far, and the open questions for the board.",
    "Kind regards on behalf of the whole support team, and have a good start into the new year.",
    "Before we can continue, the legal department has to sign off the changes to the data processing agreement.",
)
WITH_VALUES = (
    "Invoice {order} over USD {amount} is due on {date}.",
    "The meeting has been moved to {date} at {hour}:30 in room {small}.",
    "You can reach our service desk at {phone} on working days.",
    "Please send the signed copy to {email} before the end of the month.",
    "Order {order} contains {small} units at {amount} each.",
    "In {year} the company employed about {small}00 people at {small} sites.",
    "The refund of {amount} was booked to the card {card}.",
    "Version {small}.{small} of the manual replaces the one of {year}.",
    "The server at {ip} did not answer between {hour}:00 and {hour}:45.",
    "Details are given on page {small} and at https://www.example.com/help.",
)


def document(number: int, *, size: int = 500) -> str:
    """The ``number``-th text of about ``size`` characters; the same at every call."""
    rng = Rng(70_001 + number)
    parts: list[str] = []
    while sum(map(len, parts)) < size:
        pool = WITH_VALUES if rng.below(4) == 0 else PLAIN
        parts.append(_filled(rng.pick(pool), rng) + ("\n" if rng.below(6) == 0 else " "))
    return "".join(parts)


def _filled(sentence: str, rng: Rng) -> str:
    made = {
        "order": lambda: f"{rng.pick(('A', 'SO-', 'PO'))}{rng.number(6)}",
        "amount": lambda: f"{1 + rng.below(999)}.{rng.digits(2)}",
        "date": lambda: f"{1 + rng.below(12):02}/{1 + rng.below(28):02}/20{10 + rng.below(15)}",
        "hour": lambda: str(8 + rng.below(10)),
        "small": lambda: str(2 + rng.below(40)),
        "year": lambda: str(1995 + rng.below(30)),
        "phone": lambda: f"(212) 555-01{rng.digits(2)}",
        "email": lambda: f"office.{rng.digits(2)}@example.com",
        "card": lambda: values.card(rng),
        "ip": lambda: f"192.0.2.{1 + rng.below(250)}",
    }
    for name, make in made.items():
        while "{" + name + "}" in sentence:
            sentence = sentence.replace("{" + name + "}", make(), 1)
    return sentence
