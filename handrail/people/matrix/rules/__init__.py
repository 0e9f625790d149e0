"""The named rules that a matrix is checked against, by what they look at."""
