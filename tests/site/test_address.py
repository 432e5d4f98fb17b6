from __future__ import annotations

from itertools import permutations, product

from whosbehind.figures import Question
from whosbehind.site import address
from whosbehind.values import fiscal_year_days

# Names that a company, an agency, a product and a system may each go by.
NAMES = ("ihs", "accurint")
SETS = tuple(each for size in range(3) for each in permutations(NAMES, size))
WINDOWS = ((None, None), fiscal_year_days(2023), fiscal_year_days(2024))


def test_no_two_questions_open_the_rows_of_one_another() -> None:
    asked = [
        Question(organisations=organisations, agencies=agencies, product=sold, system=system, since=since, until=until)
        for organisations, agencies, sold, system, (since, until) in product(SETS, SETS, (None, *NAMES), (None, *NAMES), WINDOWS)
    ]
    addresses = {address.rows(each): each for each in asked}
    assert len(addresses) == len(asked) == 675
