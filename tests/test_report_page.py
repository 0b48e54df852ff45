"""The report as its reader has it: opened in a real browser."""

import random
from itertools import pairwise

import pytest
from browser import chromium, console, look, needs_browser, requested
from marked_records import failed, marked
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from test_report import NASTY

from wiewatwaar.report.contents import gather
from wiewatwaar.report.page import page

pytestmark = [needs_browser, pytest.mark.slow]

RUTTE = ("Rutte", "PERSON", "Mark Rutte")
NAVO = ("NAVO", "ORGANISATION")
BAKERY = ("Broodfabriek De Zon", "ORGANISATION")
TINTELEN = ("Wendelien van Tintelen", "PERSON")
HUNGARY = ("Hongaarse", "COUNTRY", "Hongarije", "HU")


def archive():
    return [
        marked(
            *(RUTTE, " belde de ", NAVO, " over het 🎉 ", HUNGARY, " plan.\n\n", RUTTE, " zweeg."),
            id="2024/navo.txt",
            title="Bellen met de NAVO",
            published="2024-01-15",
            language="nl",
        ),
        marked(
            *(TINTELEN, " bakt brood bij ", BAKERY, ". Ook crème brûlée."),
            id="2024/brood.txt",
            title="Brood uit eigen oven",
            published="2024-03",
        ),
        marked(RUTTE, " at brood met ", TINTELEN, ".", id="los.txt", published="2024-03-05"),
        failed(),
    ]


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("profile")) as driver:
        yield driver


@pytest.fixture
def opened(browser, tmp_path):
    """Opens the report of some records, in a window that is clean."""

    def open_page(records, text_characters=1_000_000, **looks):
        path = tmp_path / "report.html"
        path.write_bytes(page(gather(records, text_characters), "Wie, wat en waar"))
        look(browser, **looks)
        browser.get("about:blank")
        console(browser), requested(browser)
        browser.get(path.as_uri())
        return Page(browser)

    return open_page


class Page:
    """A report in the browser, and what a reader does with it."""

    def __init__(self, driver):
        self.driver = driver

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        (found,) = self.all(selector)
        return found

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def titles(self):
        return [one.text for one in self.all("#lijst .title")]

    def state(self):
        return self.one("#stand").text

    def wait_for_state(self, text):
        wait = WebDriverWait(self.driver, 60)
        wait.until(lambda _: self.state() == text, f"{text!r} is never said")

    def write(self, selector, text):
        self.one(selector).send_keys(Keys.CONTROL, "a", Keys.NULL, text or Keys.DELETE)

    def press(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()

    def focused(self):
        return self.driver.switch_to.active_element

    def open_first(self):
        self.all("#lijst summary")[0].click()
        self.wait_for_body()
        return self.all("#lijst mark")

    def wait_for_body(self):
        """Waits for what an opened document shows, which the browser asks for a moment later."""
        WebDriverWait(self.driver, 60).until(lambda _: self.all("#lijst .body"))


def test_it_shows_who_what_and_where(opened):
    shown = opened(archive())
    assert shown.one("h1").text == "Wie, wat en waar"
    people = [one.text for one in shown.all("#namen .person .ranking .name")]
    assert people == ["Mark Rutte", "Wendelien van Tintelen"]
    assert [one.text for one in shown.all("#namen .country .ranking .code")] == ["HU"]
    assert [one.text for one in shown.all("#samen h3")] == people
    assert len(shown.all("#tijd .chart svg [data-link]")) > 3
    assert shown.titles() == ["Bellen met de NAVO", "Brood uit eigen oven", "los.txt"]
    assert shown.state() == "3 documenten"
    row = [one.text for one in shown.all("#mislukt tbody tr > *")]
    assert row == ["kapot.txt", "lezen", "EmptyInput", "the file is empty: take it out of the run"]


def test_it_asks_for_nothing_and_complains_about_nothing(opened):
    shown = opened(archive())
    shown.open_first()
    shown.one("#zoek").send_keys("brood")
    shown.wait_for_state("2 van 3 documenten")
    assert requested(shown.driver) == [shown.driver.current_url.partition("#")[0]]
    assert console(shown.driver) == []


def test_the_policy_stops_what_is_not_the_page_s_own(opened):
    shown = opened(archive())
    shown.run(
        "const s = document.createElement('style'); s.textContent = 'h1 { color: red }';"
        "document.head.append(s); fetch('https://example.org/').catch(() => {})"
    )
    complaints = "\n".join(console(shown.driver))
    assert "style-src" in complaints
    assert "connect-src" in complaints or "default-src" in complaints
    assert shown.run(
        "try { document.body.innerHTML = '<b>x</b>'; return false } catch { return true }"
    )


@pytest.mark.parametrize(
    ("fields", "titles"),
    [
        ({"#zoek": "creme BRULEE"}, ["Brood uit eigen oven"]),
        ({"#zoek": "brood rutte"}, ["los.txt"]),
        ({"#zoek": "hongarije"}, ["Bellen met de NAVO"]),
        ({"#zoek": "2024/navo"}, ["Bellen met de NAVO"]),
        ({"#naam": "tintelen"}, ["Brood uit eigen oven", "los.txt"]),
        ({"#naam": "brood"}, ["Brood uit eigen oven"]),
        ({"#soort": "landen"}, ["Bellen met de NAVO"]),
        ({"#naam": "brood", "#soort": "personen"}, []),
        ({"#zoek": "at brood", "#naam": "rutte", "#soort": "personen"}, ["los.txt"]),
    ],
)
def test_searching_filters(opened, fields, titles):
    shown = opened(archive())
    kinds = ["alle soorten", "personen", "organisaties", "landen"]
    assert [one.text for one in shown.all("#soort option")] == kinds
    for selector, text in fields.items():
        if selector == "#soort":
            shown.one(selector).send_keys(text)
        else:
            shown.write(selector, text)
    shown.wait_for_state(f"{len(titles)} van 3 documenten")
    assert shown.titles() == titles


def test_a_name_leads_to_its_documents_and_back(opened):
    shown = opened(archive())
    shown.all("#namen .person a")[1].click()
    shown.wait_for_state("2 van 3 documenten")
    assert shown.titles() == ["Brood uit eigen oven", "los.txt"]
    assert shown.focused().get_attribute("id") == "documenten-kop"
    choice = shown.one("#keuzes button")
    assert choice.text == "Wendelien van Tintelen ×"
    choice.click()
    shown.wait_for_state("3 documenten")
    shown.driver.back()
    shown.wait_for_state("2 van 3 documenten")


def test_a_pair_leads_to_the_documents_of_both(opened):
    shown = opened(archive())
    link = shown.one("#samen a[aria-label='Mark Rutte en Wendelien van Tintelen: 1 document']")
    link.click()
    shown.wait_for_state("1 van 3 documenten")
    assert shown.titles() == ["los.txt"]


def test_a_month_of_the_chart_leads_to_its_documents(opened):
    shown = opened(archive())
    column = shown.all("#tijd svg [data-link='#maand=2024-03'] path")[0]
    ActionChains(shown.driver).move_to_element(column).click().perform()
    shown.wait_for_state("2 van 3 documenten")
    assert shown.one("#keuzes button").text == "maart 2024 ×"


def test_the_table_says_what_the_chart_draws(opened):
    shown = opened(archive())
    shown.one("#tijd summary").click()
    rows = [
        [one.text for one in row.find_elements(By.CSS_SELECTOR, "th, td")][:4]
        for row in shown.all("#tijd tbody tr")
    ]
    assert rows == [
        ["januari 2024", "1", "1", ""],
        ["februari 2024", "0", "", ""],
        ["maart 2024", "2", "1", "2"],
    ]


def test_a_document_shows_its_text_with_its_names(opened):
    shown = opened(archive())
    marks = shown.open_first()
    assert [one.text for one in marks] == ["Rutte", "NAVO", "Hongaarse", "Rutte"]
    assert [one.get_attribute("class") for one in marks] == [
        "person",
        "organisation",
        "country",
        "person",
    ]
    text = shown.one("#lijst .text")
    assert text.get_attribute("lang") == "nl"
    assert text.get_attribute("textContent") == (
        "Rutte belde de NAVO over het 🎉 Hongaarse plan.\n\nRutte zweeg."
    )
    names = [one.text for one in shown.all("#lijst .side a")]
    assert names == ["Mark Rutte", "NAVO", "Hongarije"]


@pytest.mark.parametrize("way", ["mouse", "click", "keyboard"])
def test_a_name_says_what_it_is_and_what_found_it(opened, way):
    shown = opened(archive())
    mark = shown.open_first()[2]
    if way == "mouse":
        ActionChains(shown.driver).move_to_element(mark).perform()
    elif way == "click":
        mark.click()
    else:
        shown.press(Keys.TAB, Keys.TAB, Keys.TAB)
        assert shown.focused() == mark
    assert shown.one("#tip").text.split("\n") == [
        "Hongarije",
        *("soort", "land", "code", "HU", "vorm", "afgeleid van de naam"),
        *("gevonden door", "de woordenlijst", "komt voor in", "1 document"),
    ]
    assert mark.get_attribute("aria-describedby") == "tip"
    shown.press(Keys.ESCAPE)
    assert not shown.one("#tip").is_displayed()


def test_the_pointer_can_go_from_a_name_to_what_is_said_of_it(opened):
    shown = opened(archive())
    mark = shown.open_first()[2]
    move = ActionChains(shown.driver, duration=20)
    move.move_to_element(mark).move_to_element(shown.one("#tip")).pause(1).perform()
    assert "Hongarije" in shown.one("#tip").text
    ActionChains(shown.driver).move_to_element(shown.one("#documenten-kop")).perform()
    WebDriverWait(shown.driver, 30).until(lambda _: not shown.one("#tip").is_displayed())


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("#documenten", "3 documenten"),
        ("#naam=0&maand=2024-03", "1 van 3 documenten"),
        ("#naam=99", "3 documenten"),
        ("#maand=<script>", "3 documenten"),
        ("#naam=%00,-1,x", "3 documenten"),
    ],
)
def test_an_address_is_followed_when_the_page_opens(opened, address, state):
    shown = opened(archive())
    place = shown.driver.current_url
    shown.driver.get("about:blank")
    shown.driver.get(place + address)
    assert shown.state() == state
    assert console(shown.driver) == []


def test_the_keyboard_reaches_everything_and_shows_where_it_is(opened):
    shown = opened(archive())
    reached = []
    for _ in range(80):
        shown.press(Keys.TAB)
        focused = shown.focused()
        outline = focused.value_of_css_property("outline-style")
        name = focused.get_attribute("id") or focused.tag_name
        reached.append(name)
        if name == "body":
            break
        assert outline != "none", f"{name} does not show that it has the focus"
    assert reached[0] == "a"
    wanted = ["zoek", "naam", "soort", "summary"]
    assert [one for one in reached if one in wanted][-6:-3] == wanted[:3]
    shown.one("#lijst li:first-child summary").send_keys(Keys.ENTER)
    shown.wait_for_body()
    shown.press(Keys.TAB)
    assert shown.focused().text == "Rutte"
    assert "Mark Rutte" in shown.one("#tip").text


def nasty():
    return [
        marked(
            *(one, (one, "PERSON"), " ", (one + " BV", "ORGANISATION"), " "),
            ("Belg", "COUNTRY", one, "BE"),
            id=f"{one}.txt",
            title=one,
            published=f"2024-{1 + place:02}",
            language="nl",
        )
        for place, one in enumerate(NASTY)
    ] + [failed(id=one, message=one) for one in NASTY]


def test_nothing_of_a_document_is_run(opened):
    shown = opened(nasty())
    shown.run("window.ran = []; window.alert = (what) => window.ran.push(what)")
    for summary in shown.all("#lijst summary"):
        summary.click()
    ActionChains(shown.driver).move_to_element(shown.all("#lijst mark")[0]).click().perform()
    shown.run("for (const one of document.querySelectorAll('#lijst mark')) one.focus()")
    for one in NASTY[:3]:
        shown.write("#zoek", one)
        shown.write("#naam", one)
    shown.write("#zoek", "")
    shown.write("#naam", "")
    shown.wait_for_state(f"{len(NASTY)} documenten")
    assert shown.run("return window.ran") == []
    assert console(shown.driver) == []
    assert [one for one in requested(shown.driver) if not one.startswith("file:")] == []
    assert shown.run("return document.scripts.length") == 2
    assert not shown.all("img, iframe, object, embed, link:not([rel=icon])")
    assert shown.run(
        "return [...document.querySelectorAll('*:not(#tip)')].every((one) => [...one.attributes]"
        ".every(({name, value}) => !/^(on|style$|src)/.test(name) && (name !== 'href' || "
        "/^(#|data:,$)/.test(value))))"
    )


def test_what_a_document_holds_is_shown_as_it_is(opened):
    shown = opened(nasty())
    shown.run("for (const one of document.querySelectorAll('#lijst details')) one.open = true")
    WebDriverWait(shown.driver, 30).until(lambda _: len(shown.all(".text")) == len(NASTY))
    for element, record in zip(shown.all(".text"), nasty(), strict=False):
        assert element.get_attribute("textContent") == record.document.text


CONTRASTS = """
const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
const parse = (color) => {
  const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number);
  return [r, g, b, a];
};
const over = ([r, g, b, a], below) =>
  [r, g, b].map((part, place) => part * a + below[place] * (1 - a));
const ground = (one) => {
  if (!one) return [255, 255, 255];
  return over(parse(getComputedStyle(one).backgroundColor), ground(one.parentElement));
};
const light = (color) => {
  const [r, g, b] = color.map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const found = {};
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const one = walk.currentNode.parentElement;
  if (!walk.currentNode.data.trim() || !seen(one) || one.closest("script, .for-voice")) continue;
  const style = getComputedStyle(one);
  const below = ground(one);
  const text = over(parse(one.closest("svg") ? style.fill : style.color), below);
  const [a, b] = [light(text), light(below)].sort((x, y) => y - x);
  found[`${one.tagName} ${one.className?.baseVal ?? one.className}`] = (a + 0.05) / (b + 0.05);
}
return found;
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(opened, dark):
    places = ("Utrecht", "LOCATION")
    shown = opened([marked(places, " ", TINTELEN, id="0.txt", title="T"), *archive()], dark=dark)
    for summary in shown.all("summary"):
        summary.click()
    shown.all("#lijst mark")[0].click()
    shown.run("arguments[0].click()", shown.all("#namen .person a")[0])
    shown.run("for (const one of document.querySelectorAll('details')) one.open = true")
    WebDriverWait(shown.driver, 30).until(lambda _: shown.all("#lijst .text"))
    shown.all("#lijst mark")[0].click()
    contrasts = shown.run(CONTRASTS)
    assert {"MARK person", "MARK organisation", "text ", "BUTTON person", "DT "} <= set(contrasts)
    assert {name: ratio for name, ratio in contrasts.items() if ratio < 4.5} == {}
    background = shown.run("return getComputedStyle(document.body).backgroundColor")
    assert sum(map(int, background.strip("rgb()").split(","))) < 200 if dark else background


def test_the_basics_of_access_are_there(opened):
    shown = opened(archive())
    shown.open_first()
    assert shown.run("return document.documentElement.lang") == "nl"
    assert shown.driver.title == "Wie, wat en waar"
    assert len(shown.all("main")) == len(shown.all("header")) == len(shown.all("footer")) == 1
    for field in shown.all("input, select, button:not([hidden])"):
        assert field.accessible_name, field.get_attribute("outerHTML")
    for link in shown.all("a, summary"):
        assert link.accessible_name or not link.is_displayed()
    levels = [int(one.tag_name[1]) for one in shown.all("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = shown.run("return [...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))
    for attribute in ("aria-labelledby", "aria-describedby", "for"):
        for element in shown.all(f"[{attribute}]"):
            assert element.get_attribute(attribute) in ids
    chart = shown.one(".chart svg")
    assert (chart.aria_role, chart.accessible_name) == ("image", "Door de tijd")
    languages = {one.get_attribute("lang") for one in shown.all("#mislukt tbody [lang]")}
    assert languages == {"en"}


def test_a_phone_shows_it_without_moving_sideways(opened):
    shown = opened(archive(), width=360, height=740)
    shown.open_first()[0].click()
    assert shown.run("return document.documentElement.scrollWidth") <= 360
    tip = shown.one("#tip").rect
    assert tip["x"] >= 0
    assert tip["x"] + tip["width"] <= 360
    sizes = [one.size for one in shown.all("input, select, button, #lijst summary, .ranking a")]
    assert all(size["height"] >= 24 for size in sizes if size["height"])


def test_without_texts_it_says_how_to_have_them(opened):
    shown = opened([marked(RUTTE, " zweeg.", id="1.txt", keep_text=False)])
    shown.open_first()
    assert "--text" in shown.one("#lijst .body").text
    assert [one.text for one in shown.all("#lijst .side a")] == ["Mark Rutte"]


def test_without_documents_it_says_so(opened):
    shown = opened([])
    assert "Er zijn geen documenten" in shown.one(".lead").text
    assert shown.state() == "0 documenten"
    assert console(shown.driver) == []


def many(count):
    chance = random.Random(6)
    first = ["Anna", "Bas", "Carla", "Daan", "Eva", "Femke", "Guus", "Hanna", "Ivo", "Joke"]
    last = [a + b for a in ("Bos", "Dijk", "Meer", "Veld", "Zand") for b in ("man", "stra", "sma")]
    people = [(f"{one} {other}", "PERSON") for one in first for other in last]
    countries = [("Duitse", "COUNTRY", "Duitsland", "DE"), ("Fins", "COUNTRY", "Finland", "FI")]
    filling = " De vergadering over de brug ging door tot het donker was en iedereen moe werd." * 25
    for place in range(count):
        named = [*chance.sample(people, 6), chance.choice(countries), BAKERY]
        pieces = [piece for name in named for piece in (name, " sprak met ")]
        yield marked(
            *pieces,
            filling,
            " Slot." if place else " Zeldzaam woord: speldenkussen.",
            id=f"{place:05}.txt",
            title=f"Vergadering {place}",
            published=f"{2015 + place * 10 // count}-{1 + place % 12:02}",
        )


def test_ten_thousand_documents_open_and_can_be_searched(opened):
    shown = opened(many(10_000), 10_000_000)
    assert shown.state() == "10.000 documenten"
    assert len(shown.titles()) == 50
    assert "Van elke tekst staan hoogstens de eerste" in shown.one("#documenten").text
    shown.write("#zoek", "vergadering 9876")
    shown.wait_for_state("1 van 10.000 documenten")
    shown.write("#zoek", "")
    shown.wait_for_state("10.000 documenten")
    shown.one("#meer").click()
    assert len(shown.titles()) == 100
    counts = [one.text for one in shown.all("#namen .organisation .ranking .count")]
    assert counts[0].startswith("10.000")
    shown.all("#namen .country a")[0].click()
    WebDriverWait(shown.driver, 60).until(lambda _: "van 10.000" in shown.state())
    assert console(shown.driver) == []
