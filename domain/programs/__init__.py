"""The program file: its model, the loader that names every mistake, and the presets."""
