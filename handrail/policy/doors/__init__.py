"""The doors a policy goes out and comes back in by: paper in four faces, Word with tracked changes, a folder in Git."""
