"""Articles written for tests: different stories, each long enough to be known again."""

PIER = (
    "The ferry company Norled said on Tuesday that it will stop serving the outer islands of the Vessel archipelago in "
    "March, leaving about four hundred people without a daily boat to the mainland.",
    "“We have lost money on this route for nine years,” said the managing director, Ingrid Solheim. “Nobody can say "
    "that we did not warn the ministry.”",
    "The islanders have asked the county to run the boats itself. A decision is expected before the end of January.",
    "Schools on the two largest islands have made plans for children to sleep on the mainland during the week, said "
    "the head of the school board, Jens Okoro.",
)
LIBRARY = (
    "A new library will open in the old customs house next spring, the town council decided by nine votes to two.",
    "The building has stood empty since 2009. “It is the finest room in town,” said the architect, Anna Berg, who won "
    "the competition against eleven other offices.",
    "Work will begin in the autumn and cost four million, according to the council's budget for the coming year.",
    "Readers will find ninety thousand books, a hall for concerts and a small printing shop on the ground floor.",
)
