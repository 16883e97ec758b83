"""Staff pages of this stage: the queue, the case, and the three judgements."""
