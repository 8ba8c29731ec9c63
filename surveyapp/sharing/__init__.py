"""Everyone hears: what customers wrote reaches the team it is about, praise its person, and news of a change whoever made it."""
