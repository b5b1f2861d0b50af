"""Forms over the meeting's rows; each hands its cleaned `values` to an action."""
