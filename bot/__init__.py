"""The process: reads the config, wires everything, starts and stops."""
