"""Whether search finds the past tables and indicators people would choose."""
