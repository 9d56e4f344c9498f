"""Pelican with nothing switched on that makes other files than the pages."""

import json

SITENAME = "The Invented Scorecard"
SITEURL = ""
TIMEZONE = "Europe/Amsterdam"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = []
PAGE_PATHS = [""]
PAGE_URL = "{slug}/"
THEME = "theme"
THEME_STATIC_PATHS = []
STATIC_PATHS = []
DIRECT_TEMPLATES = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
PAGE_TRANSLATION_ID = None
JINJA_FILTERS = {"fromjson": json.loads}
MARKDOWN = {"extension_configs": {"markdown.extensions.meta": {}}}
