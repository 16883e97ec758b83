"""Stage 5: how well does it run?"""
