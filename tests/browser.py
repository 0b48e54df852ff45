"""A real browser for the tests of the report: Debian's Chromium without a window."""

import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")

# Nothing that a browser does of its own accord: no updates, no reports, no look at the network.
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--no-first-run",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--force-prefers-reduced-motion",
)

needs_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER) and not os.environ.get("CI"),
    reason="no Chromium: apt-get install chromium chromium-driver",
)
"""Skips a test where there is no browser, but never in CI: there it fails."""


@contextmanager
def chromium(profile: Path):
    """Starts Chromium with an empty profile.

    Args:
        profile: An empty folder for the profile.

    Yields:
        The driver, with what the console and the network did in its logs.
    """
    options = Options()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        driver.set_page_load_timeout(120)
        yield driver
    finally:
        driver.quit()


def look(driver, *, width=1280, height=900, dark=False):
    """Sets the size of the window and the colours that its user prefers."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})


def console(driver):
    """What the console said since it was last asked."""
    return [entry["message"] for entry in driver.get_log("browser")]


def requested(driver):
    """Addresses that were asked for since it was last asked."""
    events = (json.loads(entry["message"])["message"] for entry in driver.get_log("performance"))
    return [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
