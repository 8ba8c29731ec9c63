"""Who may enter, and what they see."""
