"""What a table may be at most. Every bound is held before what it bounds is in memory."""

# rows of people (P-REG-6)
ROWS = 10_000
# bytes as sent: ten thousand rows of text are one megabyte, of a workbook half of one
FILE_BYTES = 4 * 1024 * 1024
# bytes of a workbook unpacked: ten thousand rows of thirty columns with their marks
UNPACKED_BYTES = 32 * 1024 * 1024
PARTS = 200  # files inside a workbook
# XML elements of all its parts: ten thousand rows of twenty columns, each cell, its value and its text; read in about a second
ELEMENTS = 1_000_000
COLUMNS = 60
# lines of a sheet, with the blank ones between
LINES = 2 * ROWS
# characters of a cell: nothing that is asked for is longer
CELL_CHARACTERS = 1_000
