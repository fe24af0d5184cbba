"""The sandbox: what it refuses and why, what it answers, its page, its speed."""
