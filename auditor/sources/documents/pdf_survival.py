"""Whether PDFium survives a document's form fields: drawing them into the page is tried in a process of its own first.

Drawing fields of a damaged document may end PDFium, and with it the whole run. Only documents with fields are tried.
"""

import subprocess
import sys

from auditor.sources.documents.limits import broken

MOST_SECONDS = 60.0
_TRY = "import sys; from auditor.sources.documents.pdf_pages import draw_fields; draw_fields(sys.stdin.buffer.read())"


def check_survival(data: bytes) -> None:
    """Let another process draw the fields of this PDF document; nothing of it is written anywhere.

    Raises:
        UnreadableError: that process was killed, or took too long.
    """
    if not sys.executable:
        raise broken("PDF document")
    command = [sys.executable, "-I", "-c", _TRY]
    try:
        done = subprocess.run(
            command, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=MOST_SECONDS, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        raise broken("PDF document") from None
    if done.returncode < 0 or done.returncode > 1:
        raise broken("PDF document")
