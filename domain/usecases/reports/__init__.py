"""The program's own figures."""
