"""What a person does to a store: add articles, decide about incidents, look at what is unsure."""
