"""One flow for every table: upload, what was found, each value as it will be stored, stored, taken back."""
