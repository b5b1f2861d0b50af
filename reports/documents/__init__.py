"""Documents with a number: drafted, signed off, issued, kept, verified."""
