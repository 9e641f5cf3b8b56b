"""Pages as select-all, text browsers and tag strippers give them."""

import pytest

from store.ingest import from_text, lines
from store.ingest.text import Extract

BODY = [
    "The ferry company Norled said on Tuesday that it will stop serving the outer islands of the Vessel archipelago in "
    "March, leaving about four hundred people without a daily boat to the mainland.",
    "“We have lost money on this route for nine years,” said the company's managing director, Ingrid Solheim. “Nobody "
    "can say that we did not warn the ministry.”",
    "The islanders have asked the county to run the boats itself. A decision is expected before the end of January, "
    "according to the county's head of transport, Amadou Keita.",
    "Schools on the two largest islands have made plans for children to sleep on the mainland during the week if the "
    "boats stop, the mayor told reporters after a meeting with parents.",
    "The ministry did not answer questions about the contract, which was signed in 2014 and has been extended twice "
    "since then without a new tender.",
]
TITLE = "Ferry company to leave the outer islands in March"
ABOVE = ["Skip to content", "Menu", "News", "Sport", "Weather", "Subscribe", "Sign in", "Search"]
BELOW = [
    "Share this article",
    "Related stories",
    "Five beaches to visit before the summer is over",
    "Minister promises new bridge",
    "Most read",
    "Storm closes the mountain pass for a second night",
    "Sign up for our newsletter and get the best stories in your inbox every morning.",
    "Privacy Policy",
    "Terms of Use",
    "© 2025 The Vessel Courier. All rights reserved.",
]


def page(*, separator: str = "\n\n", title: str = TITLE, head: tuple[str, ...] = ()) -> str:
    return separator.join([*ABOVE, title, *head, *BODY, *BELOW])


def paragraphs(extract: Extract) -> list[str]:
    return [extract.text[b.start : b.end] for b in extract.blocks if b.kind == "paragraph"]


@pytest.mark.parametrize("separator", ["\n\n", "\n", "\r\n", "\r\n\r\n", "\n \n\t\n", "\u2028"])
def test_the_article_is_found_whatever_parts_its_lines(separator: str) -> None:
    extract = from_text(page(separator=separator).encode(), "page.txt")
    assert paragraphs(extract) == BODY
    assert extract.title == TITLE


def test_a_page_wrapped_by_a_text_browser_gives_whole_paragraphs() -> None:
    def wrap(words: str, width: int = 72) -> str:
        out, line = [], ""
        for word in words.split():
            if len(line) + len(word) + 1 > width:
                out.append(line)
                line = ""
            line = f"{line} {word}".strip()
        return "\n".join([*out, line])

    source = "\n\n".join(["\n".join(f"  • {item}" for item in ABOVE), *map(wrap, [TITLE, *BODY]), *map(wrap, BELOW)])
    assert paragraphs(from_text(source.encode(), "w3m.txt")) == BODY


def test_a_sentence_torn_at_its_links_is_whole_again() -> None:
    torn = BODY[0].replace("Norled said", "\nNorled\n said").replace("outer islands", "\nouter islands\n")
    source = "\n".join([*ABOVE, TITLE, torn, *BODY[1:], *BELOW])
    assert BODY[0] in from_text(source.encode(), "bs4.txt").text


def test_a_text_without_a_page_round_it_stays_whole() -> None:
    extract = from_text("\n\n".join(BODY).encode(), "plain.txt")
    assert paragraphs(extract) == BODY
    assert extract.removed == ()


def test_a_note_of_one_sentence_is_an_article_too() -> None:
    assert from_text(b"The harbour is closed.", "note.txt").text == "The harbour is closed."


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        (TITLE, f"{TITLE} | The Vessel Courier"),
        (TITLE, f"{TITLE} - The Vessel Courier"),
        (TITLE, f"Politics | {TITLE}"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(title: str, printed: str) -> None:
    source = page(title=printed) + "\n\nThe Vessel Courier"
    assert from_text(source.encode(), "page.txt").title == title


def test_byline_and_date_are_read_from_the_head_of_the_article() -> None:
    extract = from_text(page(head=("By Marta Lunde and Oskar Vik", "Published 14 January 2025")).encode(), "page.txt")
    assert extract.authors == ("Marta Lunde", "Oskar Vik")
    assert extract.published == "2025-01-14"
    assert not extract.published_inferred
    assert "Marta Lunde" not in extract.text


def test_what_was_removed_says_why_and_where_it_stood() -> None:
    source = page()
    extract = from_text(source.encode(), "page.txt")
    reasons = {removed.text: removed.reason for removed in extract.removed}
    assert reasons[TITLE] == "headline"
    assert reasons["Menu"] == "before the article"
    assert reasons["Privacy Policy"] == "after the article"
    assert all(source[r.start : r.end].strip() == r.text for r in extract.removed)


def test_a_feed_reader_s_credit_ends_the_article_and_names_the_outlet() -> None:
    source = "\n\n".join([TITLE, *BODY, f"The post {TITLE} appeared first on The Vessel Courier.", "Next story"])
    extract = from_text(source.encode(), "feed.txt")
    assert extract.outlet == "The Vessel Courier"
    assert extract.text.endswith(BODY[-1])


def test_subheads_lists_and_captions_keep_their_roles() -> None:
    source = "\n\n".join([*ABOVE, TITLE, BODY[0], BODY[1], "What happens next", BODY[2], BODY[3], BODY[4], *BELOW])
    extract = from_text(source.encode(), "page.txt")
    assert [extract.text[b.start : b.end] for b in extract.blocks if b.kind == "subhead"] == ["What happens next"]


def test_markdown_headings_and_bullets_lose_their_marks_not_their_words() -> None:
    cut = lines.chunks("# A headline\n\n- first thing\n- second thing\n\n1. numbered\n")
    assert [(c.text, c.level, c.bullet) for c in cut] == [
        ("A headline", 1, False),
        ("first thing", 0, True),
        ("second thing", 0, True),
        ("1. numbered", 0, True),
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "The minister said that the harbour would be closed for a month and that there was no other way."),
        ("de", "Der Minister sagte, dass der Hafen für einen Monat geschlossen wird und es keinen anderen Weg gibt."),
        ("fr", "Le ministre a déclaré que le port serait fermé pendant un mois et qu'il n'y avait pas d'autre choix."),
        ("es", "El ministro dijo que el puerto estará cerrado durante un mes y que no hay otra salida para ellos."),
        ("it", "Il ministro ha detto che il porto sarà chiuso per un mese e che non c'è un'altra via per la città."),
        ("pt", "O ministro disse que o porto será fechado por um mês e que não há outra saída para a cidade."),
        ("nl", "De minister zei dat de haven een maand wordt gesloten en dat er geen andere weg is voor de stad."),
        ("sv", "Ministern sade att hamnen ska stängas under en månad och att det inte finns någon annan väg."),
        ("pl", "Minister powiedział, że port będzie zamknięty przez miesiąc i że nie ma innego wyjścia dla miasta."),
        ("ru", "Министр сказал, что порт будет закрыт на месяц и что другого выхода для города у них нет."),
        ("uk", "Міністр сказав, що порт буде закрито на місяць і що іншого виходу для міста у них немає."),
        ("ar", "قال الوزير إن الميناء سيغلق لمدة شهر وإنه لا يوجد حل آخر من أجل المدينة في هذا الوقت"),
        ("fa", "وزیر گفت که بندر برای یک ماه بسته می‌شود و راه دیگری برای این شهر نیست"),
        ("he", "השר אמר כי הנמל ייסגר לחודש וכי אין דרך אחרת עבור העיר, אבל הוא לא אמר מתי זה יהיה"),
        ("el", "Ο υπουργός είπε ότι το λιμάνι θα κλείσει για έναν μήνα και ότι δεν υπάρχει άλλος δρόμος για την πόλη."),
        (
            "tr",
            "Bakan limanın bir ay kapalı kalacağını ve şehir için başka bir yol olmadığını söyledi, ama bu çok zor.",
        ),
        ("ja", "大臣は港を一か月閉鎖すると述べ、ほかに方法はないと話した。"),
        ("zh", "部长表示港口将关闭一个月，没有其他办法。"),
        ("ko", "장관은 항구를 한 달 동안 폐쇄할 것이며 다른 방법은 없다고 말했다."),
        (None, "12345 67890"),
        (None, "Zzyzx Qwrt"),
    ],
)
def test_the_language_is_told_from_common_words_and_script(code: str | None, words: str) -> None:
    assert from_text(words.encode(), "words.txt").language == code


def test_a_short_quote_in_the_text_is_never_taken_for_the_headline() -> None:
    short = [
        "Ministry shelves plan for second bridge",
        "The transport minister, Lena Okoro, said on Friday she had not been told of the decision before it was made.",
        '"I read of it in the papers," Okoro said. "The ministry was not asked."',
        "The council will vote on the budget next week, and the mayor's office has said it expects a majority for it.",
    ]
    extract = from_text("\n\n".join(short).encode(), "page.txt")
    assert extract.title == short[0]
    assert paragraphs(extract) == short[1:]


@pytest.mark.parametrize(
    "text",
    [
        'The mayor, Ann Lee, said on Monday that the bridge would stay closed until May.\n\n"We cannot risk it," Lee '
        "said.\n\nThe council meets on Thursday.",
        "HAVERLY, March 12 (Reuters) - The mayor said on Monday that the bridge would stay closed.\n"
        '"We cannot risk it," she told reporters.\nThe council meets on Thursday.',
    ],
)
def test_an_article_pasted_without_its_headline_loses_no_sentence_to_one(text: str) -> None:
    extract = from_text(text.encode(), "page.txt")
    assert extract.title is None
    assert extract.text.split() == text.split()


def test_no_line_of_an_interview_is_lost_to_the_headline() -> None:
    said = [
        "Courier: How long will it take?",
        "Ann Lee: At least two years, because the steel has to be made. We are waiting for it.",
        "Courier: And the cost?",
        "Lee: Nobody knows yet.",
    ]
    extract = from_text("\n".join(["Interview with the mayor", "", *said]).encode(), "page.txt")
    assert extract.title == "Interview with the mayor"
    assert paragraphs(extract) == said


PORT = (
    "The port of Vessel Bay will close for a month from Monday, the harbour authority said in a statement.",
    "“We have no choice but to dredge,” said harbour master Ines Duarte. “The channel has silted up since the storm.”",
    "Ferries to the islands will leave from the old pier, according to the operator, and take an hour longer than now.",
    "Fishing boats may still come in at high water, but only by day, and their owners have asked for money back.",
    "The last time that the port was closed, nine years ago, two shops on the quay had to give up for good.",
)


def test_a_note_over_the_text_that_it_appeared_elsewhere_does_not_end_it() -> None:
    note = "This article originally appeared on Courier Weekly."
    lines = ["Port closes for a month", PORT[0], note, *PORT[1:]]
    found = from_text("\n\n".join(lines).encode(), "port.txt")
    assert found.text.split("\n\n") == list(PORT)
    assert [removed.text for removed in found.removed] == ["Port closes for a month", note]


def test_subheads_that_begin_with_the_headline_are_no_credit_lines() -> None:
    heads = ["Vessel Bay port closed: Dredging", "Vessel Bay port closed: Ferries", "Vessel Bay port closed: Boats"]
    rows = ["Vessel Bay port closed", PORT[0], heads[0], PORT[1], heads[1], PORT[2], heads[2], *PORT[3:]]
    found = from_text("\n\n".join(rows).encode(), "port.txt")
    assert found.text.split("\n\n") == rows[1:]
    assert found.outlet is None


OTHER = (
    "Herring boats in the northern ports landed a fifth less this spring than a year before, the agency said.",
    "The shoals have moved north with the cold water, said Ingrid Sol, who has followed them for twenty years.",
)


def test_another_story_below_the_article_is_no_part_of_it() -> None:
    head = ["The Vessel Courier", TITLE, "By Helen Brandt", "17 March 2026"]
    source = "\n\n".join([*head, *BODY, "Herring catch falls by a fifth", "By Olav Berg", "17 March 2026", *OTHER])
    extract = from_text(source.encode(), "page.txt")
    assert extract.text == "\n\n".join(BODY)
    assert OTHER[0] in [removed.text for removed in extract.removed if removed.reason == "after the article"]


def test_a_digest_of_other_stories_below_the_article_goes_and_its_last_paragraph_stays() -> None:
    digest = [
        "Also in the news",
        "Herring catch falls",
        OTHER[0],
        "Read more",
        "Shoals move north",
        OTHER[1],
        "Read more",
    ]
    extract = from_text("\n\n".join([*ABOVE, TITLE, *BODY, *digest, *BELOW]).encode(), "page.txt")
    assert extract.text == "\n\n".join(BODY)
    label = from_text(
        "\n\n".join([*ABOVE, TITLE, *BODY, "Read more", "Herring catch falls", *BELOW]).encode(), "page.txt"
    )
    assert label.text == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "caption",
    [
        "Dredgers at work in the channel on Monday (Photo: Tom Reed)",
        "Dredgers at work in the channel on Monday. Photograph: Tom Reed/The Courier",
        "Ein Bagger im Hafen, am Montag. Foto: Tom Reed/dpa",
        "Getty Images Two orange dredgers in a grey harbour on a rainy dayGetty Images",
        "Dredgers in the channel, March 2026 [Tom Reed/Reuters]",
        "Two dredgers at work in the channel on a rainy day.Tom Reed/Courier Staff",
        "Dredgers have been at work in the channel for weeks ( Image:",
        "FILE - Dredgers at work in the channel of the outer islands, March 4, 2026.",
    ],
)
def test_a_caption_between_two_paragraphs_is_left_out_as_one(caption: str) -> None:
    source = "\n\n".join([*ABOVE, TITLE, *BODY[:2], caption, *BODY[2:], *BELOW])
    extract = from_text(source.encode(), "page.txt")
    assert extract.text == "\n\n".join(BODY)
    assert [removed.reason for removed in extract.removed if removed.text == caption] == ["caption"]


@pytest.mark.parametrize(
    "words",
    [
        "“I saw the picture,” he told Reuters.",
        "They asked who made the photo.",
        "The letter came on the last day from the office of the U.S.A. House Office",
    ],
)
def test_a_sentence_about_pictures_is_no_caption(words: str) -> None:
    source = "\n\n".join([*ABOVE, TITLE, *BODY[:2], words, *BODY[2:], *BELOW])
    assert words in from_text(source.encode(), "page.txt").text


def test_an_address_below_the_headline_is_no_part_of_it() -> None:
    source = "\n".join([TITLE, "courier.example/news/dredging-begins", "", *BODY])
    extract = from_text(source.encode(), "reader.txt")
    assert (extract.title, extract.text) == (TITLE, "\n\n".join(BODY))


def test_no_turn_of_a_conversation_is_lost() -> None:
    turns = [
        "Courier: Mrs Duarte, why now?",
        "Duarte: Because we have put it off for as long as we could. The report left us no choice at all.",
        "Courier: Shopkeepers say that nobody warned them.",
        "Duarte: We wrote to every business on the quay in January. I have the letters here, with the dates.",
        "Courier: Who pays?",
        "Duarte: The government pays two thirds, and we pay the rest. That is four million, and we have it.",
        "Courier: Thank you.",
    ]
    deck = "Ines Duarte, harbour master of Vessel Bay, on why the harbour has to close, and who will pay for that."
    source = "\n".join([*ABOVE, "‘The channel has silted up’", deck, *turns, *BELOW])
    text = from_text(source.encode(), "talk.txt").text
    assert all(turn in text for turn in turns)


@pytest.mark.parametrize(
    ("title", "paragraphs", "above", "below"),
    [
        (
            "旧港桥将关闭八个月",
            (
                "市议会周二投票决定将旧港桥关闭八个月，每天约四千辆汽车将改道穿过市中心。",
                "议会领袖在投票后表示：“我们已经尽可能推迟了这一决定，钢材强度已下降三分之一。”",
                "码头街的店主们说，他们事先没有得到任何通知，去年封桥期间营业额减少了一半。",
            ),
            ("北方日报", "首页", "北方日报 > 社会"),
            ("相关阅读", "鲱鱼捕捞量下降五分之一", "关于我们 | 联系我们"),
        ),
        (
            "港の橋を8か月閉鎖へ　市議会が可決",
            (
                "市議会は火曜日、老朽化した港の橋を8か月間閉鎖することを賛成17、反対14で可決した。",
                "議長は採決後、「これ以上先送りはできなかった。強度は3分の1低下している」と述べた。",
                "通りの商店主らは事前の説明がなかったと話している。売り上げが半減した店もあるという。",
            ),
            ("トップ", "社会", "経済"),
            ("関連記事", "ニシン漁獲量、2割減", "利用規約"),
        ),
    ],
)
def test_scripts_without_spaces_have_headlines_and_no_authors_made_of_them(
    title: str, paragraphs: tuple[str, ...], above: tuple[str, ...], below: tuple[str, ...]
) -> None:
    source = "\n".join([*above, title, "2026年3月17日 18:42", *paragraphs, *below])
    extract = from_text(source.encode(), "page.txt")
    assert (extract.title, extract.authors) == (title.replace("　", " "), ())
    assert extract.text == "\n\n".join(paragraphs)


def test_a_long_line_of_dates_below_the_deck_gives_the_day_of_publication() -> None:
    times = "Publié le 17 mars 2026 à 18h42, modifié le 18 mars 2026 à 07h10"
    deck = (
        "The islanders have asked the county to run the boats itself, and the ministry has not yet said a word to it."
    )
    extract = from_text(
        "\n\n".join([*ABOVE, TITLE, deck, "Par Hélène Brandt", times, *BODY, *BELOW]).encode(), "page.txt"
    )
    assert extract.published == "2026-03-17"


OFFERS = [
    [
        "Sign up to Tideline",
        "Free weekly newsletter",
        "The most important stories from the coast. Get the week's news of boats and harbours - the good and the bad",
        "Enter your email address",
        "Sign up",
        "Privacy Notice: Newsletters may contain information about charities and content paid for by outside parties. "
        "For more information see our Privacy Policy.",
        "after newsletter promotion",
    ],
    ["Sign up for our newsletter", "Enter your email address", "Subscribe"],
    [
        "Get the morning briefing",
        "The day's most important news in your inbox, every weekday at 7am.",
        "Your email",
        "Sign up",
        "By signing up you agree to our terms of service and privacy policy. You can unsubscribe at any time.",
    ],
    [
        "Read more",
        "Related: The boat that never came back",
        "Skip past newsletter promotion",
        "Sign up to First Edition",
        "Our morning email breaks down the key stories of the day, telling you what's happening and why it matters",
        "Sign up",
        "after newsletter promotion",
    ],
]
RESTS = [
    ["Fishing clubs said they would take the county to court."],
    ["“Nobody believes these dates any more,” Solheim added.", "The ministry declined to comment."],
    [
        "Fishing clubs said they would take the county to court. Their lawyer, Jens Okoro, expects a hearing in May.",
        "The council will put up signs at the weir.",
    ],
]


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("rest", RESTS)
@pytest.mark.parametrize("separator", ["\n", "\n\n"])
@pytest.mark.parametrize("length", [3, 5])
def test_the_rest_of_an_article_below_a_newsletter_box_is_kept(
    offer: list[str], rest: list[str], separator: str, length: int
) -> None:
    source = separator.join([*ABOVE, TITLE, *BODY[:length], *offer, *rest, *BELOW])
    extract = from_text(source.encode(), "page.txt")
    assert paragraphs(extract) == [*BODY[:length], *rest]
    assert {removed.reason for removed in extract.removed if removed.text in {*offer} - {*ABOVE}} == {"page furniture"}


@pytest.mark.parametrize("offer", OFFERS)
def test_a_newsletter_box_below_an_article_still_ends_it(offer: list[str]) -> None:
    extract = from_text("\n\n".join([*ABOVE, TITLE, *BODY, *offer, *BELOW]).encode(), "page.txt")
    assert paragraphs(extract) == BODY


def test_what_an_article_says_of_newsletters_is_no_box() -> None:
    words = [
        "“Subscribe to a paper if you want to know more about it,” the mayor of the largest island told them.",
        "“Sign up for a boat and you will see how it is,” said the harbour master, Mira Holt.",
    ]
    source = "\n\n".join([*ABOVE, TITLE, *BODY[:2], *words, *BODY[2:], *BELOW])
    assert set(words) <= set(paragraphs(from_text(source.encode(), "page.txt")))


@pytest.mark.parametrize(
    "link",
    [
        "Related: The mayor who taught an island to swim",
        "SEE ALSO: The mayor who taught an island to swim",
        "Read more | The mayor who taught an island to swim",
        "Lire aussi : Le maire qui apprit à nager à une île",
        "Lesen Sie auch: Der Bürgermeister, der eine Insel schwimmen lehrte",
        "Читайте также: Мэр, который научил остров плавать",
        "関連記事：島に泳ぎを教えた町長",
        "MORE: Why the mayor of the islands swims to work",
        "The mayor who taught an island to swim »",
    ],
)
def test_a_link_to_another_story_between_two_paragraphs_goes(link: str) -> None:
    extract = from_text("\n\n".join([*ABOVE, TITLE, *BODY[:3], link, *BODY[3:], *BELOW]).encode(), "page.txt")
    assert paragraphs(extract) == BODY
    assert link in {removed.text for removed in extract.removed}


@pytest.mark.parametrize(
    "words",
    [
        "Related: no.",
        "More – much more – was promised when the boats were bought, and the islanders have not forgotten it.",
        "« Nous perdons de l’argent depuis neuf ans, personne ne peut dire le contraire »",
        "Related companies on the islands: the yard, the bank and the dairy have said nothing so far about the boats.",
        "He saw it coming: the boats were old, the crews were tired, and the ministry did not answer the telephone.",
    ],
)
def test_a_sentence_with_a_colon_is_no_link(words: str) -> None:
    extract = from_text("\n\n".join([*BODY[:3], words, *BODY[3:]]).encode(), "page.txt")
    assert words in extract.text


def test_a_long_list_of_headlines_below_the_article_is_no_part_of_it() -> None:
    people = ("Ada Finch", "Bo Lind", "Cy Moran", "Di Okafor", "Ed Prince")
    news = (
        "shows off a new hat at the harbour ball and says nothing of the boats",
        "is seen with an old friend on a beach where the ferry used to land",
        "reveals how the winter on the outer islands changed a whole family for ever",
    )
    links = [f"{who} {what}" for what in news for who in people]
    extract = from_text("\n\n".join([*ABOVE, TITLE, *BODY, *links, *BELOW]).encode(), "page.txt")
    assert paragraphs(extract) == BODY


def test_the_deck_under_the_headline_is_kept() -> None:
    deck = "Four hundred people will have no daily boat, and nobody knows who is to run one."
    head = (deck, "By Marta Lunde", "14 January 2025", "Share", "Listen to this article")
    extract = from_text(page(head=head).encode(), "page.txt")
    assert paragraphs(extract) == [deck, *BODY]


@pytest.mark.parametrize(
    "line", ["Updated on 14 January 2025 at noon by the desk.", "© 2025 The Vessel Courier, Norled."]
)
def test_a_date_or_a_notice_under_the_headline_is_no_deck(line: str) -> None:
    assert paragraphs(from_text(page(head=(line, "Share")).encode(), "page.txt")) == BODY


@pytest.mark.parametrize(
    "printed",
    [f"{TITLE} {TITLE}", f"News / Island News / {TITLE}", f"{TITLE} \nby Marta Lunde", f"{TITLE} \nBy"],
)
def test_a_headline_is_free_of_what_tag_strippers_glue_to_it(printed: str) -> None:
    text = "\n".join([*ABOVE, printed, "14 January 2025", *BODY, *BELOW])
    assert from_text(text.encode(), "page.txt").title == TITLE


def test_a_headline_that_was_cut_short_is_given_whole() -> None:
    short = TITLE[:31] + "…"
    text = "\n\n".join([*ABOVE, short, "14 January 2025", *BODY, "More", TITLE, *BELOW])
    assert from_text(text.encode(), "page.txt").title in (TITLE, short)


def test_an_opening_that_comes_with_the_byline_before_it_is_no_other_story() -> None:
    lead = (
        "If the county runs the boats itself, a promise of thirty years will have been kept by those who never made it."
    )
    notes = "The same question will be put to four other counties on the coast before the summer is over this year."
    head = (lead, notes, "Ole Berg/The Vessel Courier", "By Marta Lunde", "Jan. 14, 2025")
    told = [f"{words} That was in {year}." for year in (2014, 2019) for words in BODY]
    text = "\n\n".join([*ABOVE, TITLE, *head, *BODY, *told, *BELOW])
    assert {*BODY, *told} <= set(paragraphs(from_text(text.encode(), "page.txt")))


def test_what_the_page_says_of_the_writer_below_the_text_goes_and_what_the_text_says_of_others_stays() -> None:
    note = "Mira Holt covers the islands for The Courier. She has lived on a boat since she was a child."
    other = "Jonas Rehn is a fisherman and has written to the ministry. He has had no answer so far."
    source = [*ABOVE, TITLE, "By Mira Holt", "4 March 2026", *BODY, other, note, *BELOW]
    extract = from_text("\n\n".join(source).encode(), "page.txt")
    assert paragraphs(extract) == [*BODY, other]
    assert extract.authors == ("Mira Holt",)


def test_a_paragraph_about_the_writer_in_the_middle_of_a_text_ends_it_not() -> None:
    words = "Mira Holt was a deckhand on that boat for two summers, and she knows what a cold engine room is like."
    source = [*ABOVE, TITLE, "By Mira Holt", "4 March 2026", *BODY[:2], words, *BODY[2:], *BELOW]
    assert paragraphs(from_text("\n\n".join(source).encode(), "page.txt")) == [*BODY[:2], words, *BODY[2:]]


@pytest.mark.parametrize(
    "notice",
    [
        "If you buy a ticket through a link on our site, we may earn an affiliate commission.",
        "Sign up here to get the island letter in your inbox every Friday.",
    ],
)
def test_a_notice_of_the_page_between_two_paragraphs_goes(notice: str) -> None:
    extract = from_text("\n\n".join([*ABOVE, TITLE, notice, *BODY, *BELOW]).encode(), "page.txt")
    assert paragraphs(extract) == BODY
    assert notice in {removed.text for removed in extract.removed}


def test_a_heading_over_nothing_closes_no_article() -> None:
    extract = from_text("\n\n".join([*ABOVE, TITLE, *BODY, "The ferry company Norled", *BELOW]).encode(), "page.txt")
    assert extract.text == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "Copyright © 2025, The Vessel Courier | Terms of Service | Privacy Policy",
        "Skip to Main Content",
        "Photo: The ferry company and the outer islands",
        "By Mira Holt 4 March 2026 Ferry company",
    ],
)
def test_a_label_right_above_the_text_is_no_headline(line: str) -> None:
    extract = from_text("\n\n".join([*ABOVE, TITLE, line, *BODY, *BELOW]).encode(), "page.txt")
    assert (extract.title, paragraphs(extract)) == (TITLE, BODY)


def test_a_section_glued_to_the_front_of_the_headline_goes_when_the_page_knows_it() -> None:
    glued = from_text("\n\n".join([*ABOVE, "Weather", f"Weather{TITLE}", *BODY, *BELOW]).encode(), "page.txt")
    assert glued.title == TITLE
    unknown = from_text("\n\n".join([*ABOVE, f"Harbour{TITLE}", *BODY, *BELOW]).encode(), "page.txt")
    assert unknown.title == f"Harbour{TITLE}"


def test_a_headline_that_begins_with_a_quote_is_one() -> None:
    title = "‘Nobody can say we did not warn them’: Ferry company to leave the islands in the U.K."
    assert from_text("\n\n".join([*ABOVE, title, *BODY, *BELOW]).encode(), "page.txt").title == title


def test_a_teaser_above_a_page_is_not_taken_for_the_article_far_below_it() -> None:
    teaser = "The county is looking for a new boat that can carry sixty people and eight cars to the islands in winter."
    menus = [f"Island guide {name}" for name in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    source = [*ABOVE, "A new boat for the county", teaser, "5 min read", *menus, *menus, "•", TITLE, *BODY, *BELOW]
    assert paragraphs(from_text("\n\n".join(source).encode(), "page.txt")) == BODY


def test_a_long_list_of_headlines_cut_short_is_not_taken_for_the_article() -> None:
    said = (
        "his mother keeps his boat in the...",
        "the council wants to know who paid for it as the...",
        "nobody asked the baker what he thinks of his...",
    )
    ends = [(name, end) for name in "ABCDEFGHIJ" for end in said]
    listed = [f"[793] Baker of {name} says he never slept at sea since then, and {end}" for name, end in ends]
    menus = ["Menu item", "•"] * 10
    source = [*ABOVE, TITLE, *BODY[:3], *BELOW[:4], *menus, *listed, *listed, *BELOW[4:]]
    assert paragraphs(from_text("\n\n".join(source).encode(), "page.txt"))[:3] == BODY[:3]


@pytest.mark.parametrize("label", ["Read", "Watch", "More"])
def test_a_sentence_behind_such_a_label_is_no_link(label: str) -> None:
    told = f"{label}: the company keeps the boats that it was given for the route, and sells the old ones in spring."
    link = f"{label}: The island that lost its last boat"
    source = [*ABOVE, TITLE, *BODY[:3], told, link, *BODY[3:], *BELOW]
    assert paragraphs(from_text("\n\n".join(source).encode(), "page.txt")) == [*BODY[:3], told, *BODY[3:]]


def test_a_sentence_of_somebody_who_speaks_of_advertising_is_no_advertising() -> None:
    told = [
        "The regulator said that reviewers who may receive compensation when readers buy must say so from May on.",
        "“We independently evaluate every boat that we write about,” said a spokeswoman for the magazine, Lena Voss.",
    ]
    source = [*ABOVE, "Reviewers of boats must say who pays", *told, *BODY[2:4], *BELOW]
    assert paragraphs(from_text("\n\n".join(source).encode(), "page.txt")) == [*told, *BODY[2:4]]
