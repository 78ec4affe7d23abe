"""Choose or change an ECT’s mentor, one of the school’s own or somebody registered for it: the live journey."""
