"""Answers to what no speaker understands."""
