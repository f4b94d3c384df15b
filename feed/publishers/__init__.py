"""Publishing of a show: the order of its files, and the places where they are put."""
