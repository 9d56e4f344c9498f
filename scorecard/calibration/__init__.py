"""Is the method right? Answered on invented companies whose truth is known, and on the real register."""
