"""Words that try to become a program: what they are, how they come in, how they are noticed."""
