"""What is stored about a person: taking it out, leaving, erasing."""
