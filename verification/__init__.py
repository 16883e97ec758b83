"""Stage 2: is it true?"""
