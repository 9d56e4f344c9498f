"""The commands, a module each: HELP, EXAMPLE, options(parser), run(options) → exit code."""
