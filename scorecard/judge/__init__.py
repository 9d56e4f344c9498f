"""One pure function per rule: a case in, a finding out."""
