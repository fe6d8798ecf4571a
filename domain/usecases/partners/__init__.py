"""Partners and their enrolments."""
