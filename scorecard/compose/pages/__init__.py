"""What each page of the site says, as data; `every.py` has them all in their order."""
