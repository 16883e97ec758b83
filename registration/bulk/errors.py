"""Why a file is refused whole."""

from django.utils.translation import gettext_lazy as _

from realname.errors import Refusal

MESSAGES = {
    "bulk_too_large": _("The file is larger than 4 MB. Split it, and leave out pictures and other sheets."),
    "bulk_empty": _("There is no row of a person in this file."),
    "bulk_too_many_rows": _("The file has more than 10,000 rows. Split it and upload the parts one after another."),
    "bulk_too_wide": _("The table has more than 60 columns. Leave only the columns that are needed."),
    "bulk_cell_too_long": _("A cell holds more than 1,000 characters. Correct it and upload the file again."),
    "bulk_not_readable": _("This is neither a CSV file nor an Excel workbook (.xlsx), or it is damaged. Save it again and upload it."),
    "bulk_old_excel": _("This is an old Excel file (.xls). Open it and save it as .xlsx or CSV."),
    "bulk_unpacks_too_large": _("The workbook is far larger inside than a table of 10,000 rows. Copy the table into a new workbook."),
    "bulk_encrypted": _("The workbook is locked by a password. Save it without one."),
    "bulk_merged_cells": _("The table has merged cells, so it is not clear which row they belong to. Unmerge them."),
    "bulk_encoding": _("The text can not be read in this encoding. Save the file as UTF-8, or choose another encoding."),
    "bulk_headers_missing": _("The first row must name the columns: name, ID number and phone number (姓名, 身份证号, 手机号)."),
    "bulk_headers_unknown": _("Not every column is known by its heading. Choose below which column is what, and read the file again."),
    "bulk_headers_doubled": _("Two columns have the same heading or meaning. Choose below which one counts, and read the file again."),
    "bulk_columns": _("Choose three different columns: one for the name, one for the ID number, one for the phone number."),
}


class FileRefused(Refusal):
    """The file can not be what it should be."""

    messages = MESSAGES


class ColumnsUnknown(FileRefused):
    """The file is a table, but somebody must say which column is what."""
