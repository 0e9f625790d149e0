"""Django commands that the kernel answers itself."""
