"""The record on screen: the journal with the state of its chain, and the jobs."""
