"""Makes the pictures of the documentation from the sample articles: `make images`.

Needs Debian's chromium and chromium-driver.
"""

import base64
import re
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from wiewatwaar import read
from wiewatwaar.batch import run
from wiewatwaar.options import Options as Settings
from wiewatwaar.presentation import terminal
from wiewatwaar.report import write

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
SHOWN = SEEDS / "2023" / "noord-en-zuid-korea.txt"
POINTED = "Amerikaanse"
TITLE = "Het archief van de voorbeelden"

SCALE = 1.25
WIDTH, HEIGHT = 1120, 760
COLUMNS = 96


def main() -> None:
    """Makes every picture anew."""
    with tempfile.TemporaryDirectory() as folder:
        records, page = Path(folder) / "records.jsonl", Path(folder) / "report.html"
        run([str(SEEDS)], str(records), Settings(keep_text=True))
        write(str(records), str(page), title=TITLE)
        driver = chromium(Path(folder) / "profile")
        try:
            driver.get(page.as_uri())
            picture(driver, "report.png")
            summaries = driver.find_elements(By.CSS_SELECTOR, "#lijst summary")
            next(one for one in summaries if SHOWN.name in one.text).click()
            wait = WebDriverWait(driver, 10)
            marks = wait.until(lambda _: driver.find_elements(By.CSS_SELECTOR, "#lijst mark"))
            [one for one in marks if one.text == POINTED][-1].click()
            picture(driver, "report-document.png", scrolled=True)
            dark(driver)
            driver.get(page.as_uri())
            picture(driver, "report-dark.png")
        finally:
            driver.quit()
    (HERE / "show.svg").write_text(shown(), "utf-8")


def chromium(profile: Path) -> webdriver.Chrome:
    """A browser without a window, with an empty profile."""
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    flags = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
    for flag in (*flags, "--disable-background-networking", "--hide-scrollbars"):
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={profile}")
    options.add_argument("--force-prefers-reduced-motion")
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": SCALE, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    return driver


def dark(driver: webdriver.Chrome) -> None:
    """Makes its user prefer dark colours."""
    scheme = {"name": "prefers-color-scheme", "value": "dark"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})


def picture(driver: webdriver.Chrome, name: str, *, scrolled: bool = False) -> None:
    """Takes a picture of what the window shows."""
    if scrolled:
        driver.execute_script("document.querySelector('#lijst details[open]').scrollIntoView()")
    made = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    (HERE / name).write_bytes(base64.b64decode(made["data"]))


def shown() -> str:
    """What `wiewatwaar show` prints, as a drawing without fonts from elsewhere."""
    article = next(iter(read([str(SHOWN)])))
    record = Settings(keep_text=True).load().process(article)
    console = Console(record=True, width=COLUMNS, file=sys.stderr, force_terminal=True)
    terminal.show([record], console)
    drawing = console.export_svg(title=f"wiewatwaar show {SHOWN.relative_to(SEEDS.parent)}")
    drawing = re.sub(r"@font-face \{.*?\}", "", drawing, flags=re.DOTALL)
    return drawing.replace("Fira Code, monospace", "ui-monospace, monospace")


if __name__ == "__main__":
    main()
