"""Pages of listening: what is said, topics and their queries, files of posts."""
