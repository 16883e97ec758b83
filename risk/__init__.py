"""Stage 3: is it safe?"""
