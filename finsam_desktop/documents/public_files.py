"""A bilaga's file as it may be published: what is not seen taken away, masked words masked, or nothing at all.

What cannot be made public surely is left out, and says why: a page takes its place in a pack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from finsam_desktop.documents.public_pictures import NotCleaned, cleaned_picture, is_picture
from finsam_desktop.domain.agenda import Attachment, walk
from finsam_desktop.domain.confidentiality import MaskedWord
from finsam_desktop.domain.masking import Masking
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.domain.numbering import attachment_numbers
from finsam_desktop.domain.removals import Removal

_OFFICE = (".docx", ".xlsx", ".pptx", ".dotx", ".xltx", ".potx", ".ppsx")
_ODF = (".odt", ".ods", ".odp", ".ott", ".ots", ".otp")
_TEXT = (".txt", ".md", ".csv")
_SEEN_AS_PICTURE = "Bilder kan visa ord som ska maskeras, och programmet läser dem inte."


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFile:
    """The file to publish, or None and the reason (``problem``, Swedish, nothing of what is in it).

    ``remark`` is what a person should look at before publishing, such as pictures that the program does not read.
    """

    content: bytes | None
    problem: str = ""
    remark: str = ""


def public_file(
    name: str, content: bytes, masking: Masking, *, reviewed: bool = False, title: str = ""
) -> PublicFile:
    """What may be published of a file. ``name`` gives its kind. It never fails for a bad file.

    ``title`` is written as the document's own, which a screen reader says first; give one that is public.
    ``reviewed``: somebody has looked at its pictures and found nothing that is to be masked.
    """
    try:
        return _cleaned(name, content, masking, reviewed=reviewed, title=title)
    except NotCleaned as refused:
        return PublicFile(content=None, problem=str(refused))
    except Exception:
        # A file of a stranger's making can break any reader; what was not read cannot be published.
        return PublicFile(content=None, problem="Filen går inte att läsa säkert.")


def public_attachment(attachment: Attachment, content: bytes, masking: Masking) -> PublicFile:
    """As ``public_file`` for a bilaga of the public version, which is not confidential."""
    return public_file(
        attachment.file_name, content, masking, reviewed=attachment.reviewed, title=attachment.title
    )


def file_removals(
    meeting: Meeting, masked: Iterable[MaskedWord], file: Callable[[str], bytes]
) -> tuple[Removal, ...]:
    """What is said of the files of a public version's bilagor: those that are left out, and pictures to look at.

    ``meeting`` is the public one, ``masked`` the words of the full one, ``file`` gives a stored file's content.
    """
    masking, numbers = Masking(masked), attachment_numbers(meeting)
    told = []
    for item in walk(meeting.items):
        for one in item.attachments:
            if one.sha256 and not one.confidential:
                made = public_attachment(one, file(one.sha256), masking)
                if made.problem or made.remark:
                    what = "Filen lämnas ut" if made.problem else "Titta på filen"
                    where = f"Bilaga {numbers[one.id]}, {one.file_name}"
                    told.append(Removal(what=what, where=where, reason=made.problem or made.remark))
    return tuple(told)


def _cleaned(name: str, content: bytes, masking: Masking, *, reviewed: bool, title: str) -> PublicFile:
    suffix = PurePath(name).suffix.lower()
    if content.startswith(b"%PDF") or suffix == ".pdf":
        from finsam_desktop.documents.public_pdf import cleaned_pdf

        data, scanned = cleaned_pdf(content, masking, reviewed=reviewed, title=title)
        return PublicFile(content=data, remark="Filen har sidor som är bilder." if scanned else "")
    if is_picture(content):
        if masking and not reviewed:
            raise NotCleaned(_SEEN_AS_PICTURE)
        return PublicFile(content=cleaned_picture(content), remark="Filen är en bild.")
    if suffix in _OFFICE:
        from finsam_desktop.documents.public_office import cleaned_office

        return _with_pictures(cleaned_office(content, masking, title), masking, reviewed)
    if suffix in _ODF:
        from finsam_desktop.documents.public_odf import cleaned_odf

        return _with_pictures(cleaned_odf(content, masking), masking, reviewed)
    if suffix in _TEXT:
        return PublicFile(content=masking.masked(_decoded(content)).encode())
    raise NotCleaned(
        f"Filer av slaget {suffix or 'utan filändelse'} kan inte rensas. Spara som pdf och lägg in den i stället."
    )


def _with_pictures(made: tuple[bytes, bool], masking: Masking, reviewed: bool) -> PublicFile:
    """Pictures in a document, such as a logo, do not stop it; they are told of where words are masked."""
    content, pictures = made
    told = pictures and bool(masking) and not reviewed
    return PublicFile(content=content, remark="Filen har bilder, som programmet inte läser." if told else "")


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotCleaned("Textens tecken går inte att läsa.")
