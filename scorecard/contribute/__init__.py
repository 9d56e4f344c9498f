"""Ways in for cases: questions (`new`), mail threads, tables, issues; and what is said of pull requests."""
