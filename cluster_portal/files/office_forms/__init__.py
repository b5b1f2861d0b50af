"""Somebody else's Excel or Word form, filled in: its layout, formulas and merged cells stay as they are.

Such a file is a stranger's. It is looked into and filled by a process of its own with a
limit of time and memory (`child`), which `asking` talks to; what the parts of a package
hold is known to `workbook` and `document`. They change single cells and texts within the
XML as it is, so that charts, pictures, print settings and whatever else the form has,
known here or not, come through untouched.
"""
