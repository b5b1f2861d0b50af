"""Forms of whom the office reports to: uploaded once, bound to figures, filled in each period."""
