"""Every change of a meeting's data, by the stage of the meeting it belongs to."""
