"""The report: one page that shows who and what is in an archive, for whoever would rather look."""

from wiewatwaar.errors import UserError

TEXT_CHARACTERS = 10_000_000
"""How much text a report holds unless another number is asked for, of all documents together."""

TITLE = "Wie, wat en waar"
"""What a report is called unless a title is given."""


class ReportError(UserError):
    """A report that cannot be made; says what to do in one line."""


def write(
    records: str, target: str, *, title: str = TITLE, text_characters: int = TEXT_CHARACTERS
) -> int:
    """Writes a report of a file of records.

    Args:
        records: Path of a JSONL file of records, also `.gz`, or `-` for standard input.
        target: Path of the HTML file, or `-` for standard output.
        title: What the report is called.
        text_characters: Code points of text that it holds, of all documents together.

    Returns:
        The size of the page in bytes.

    Raises:
        ReportError: The extra `report` is not installed.
        wiewatwaar.validation.RecordsError: The file cannot be read, or a line is no record.
        wiewatwaar.OutputError: The target cannot be written.
    """
    try:
        import altair  # noqa: F401
        import jinja2  # noqa: F401
        import vl_convert  # noqa: F401
    except ImportError as error:
        raise ReportError(
            f"a report needs {error.name}: pip install 'wiewatwaar[report]'"
        ) from error
    from wiewatwaar.outputs import write_whole
    from wiewatwaar.record_files import read_records
    from wiewatwaar.report.contents import gather
    from wiewatwaar.report.page import page

    made = page(gather(read_records(records), text_characters), title)
    write_whole(target, made)
    return len(made)
