"""How well a drafter suggests indicators and values for projects whose table it has not seen."""
