"""What gives a person away in a text: each kind is found by a function from a `Passage` to `Trace`s."""
