from django import forms


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def lines(rows: int) -> forms.Textarea:
    """A text box of `rows` lines."""
    return forms.Textarea(attrs={"rows": rows})
