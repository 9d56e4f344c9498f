"""The calibration: whether the tables it fills can be believed."""
