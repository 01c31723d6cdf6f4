"""PDF files for publishing: pages, links and tags, without what names people, programs and earlier versions."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from finsam_desktop.documents.public_pictures import NotCleaned, cleaned_picture
from finsam_desktop.domain.masking import Masking

if TYPE_CHECKING:
    import pikepdf

_GONE_EVERYWHERE = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AA", "/AF", "/PZ")
_GONE_IN_ROOT = (
    "/OpenAction",
    "/URI",
    "/SpiderInfo",
    "/Collection",
    "/DSS",
    "/Perms",
    "/Requirements",
    "/Legal",
)
_STAND = "Ord som ska maskeras står i filen och går inte att ta bort säkert."


def cleaned_pdf(
    content: bytes, masking: Masking, *, reviewed: bool = False, title: str = ""
) -> tuple[bytes, bool]:
    """The PDF without document information, attached files, comments, scripts, forms' values and older versions.

    The second value tells whether it has pages of pictures only, which nobody has read. Words cannot be taken out of
    a PDF surely, so NotCleaned is raised when masked ones stand in it; and for what is locked, damaged or layered.
    ``reviewed``: somebody has looked at the pictures, so pages of them do not stop it. ``title`` is the new one.
    """
    import pikepdf

    from finsam_desktop.pdf.proven import prove
    from finsam_desktop.pdf.recognise import Unfit

    try:
        prove(content)
    except Unfit as unfit:
        raise NotCleaned(unfit.reason) from unfit
    try:
        pdf = pikepdf.open(BytesIO(content), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise NotCleaned("Filen är låst med lösenord.") from error
    except (pikepdf.PdfError, ValueError, OSError) as error:
        raise NotCleaned("Filen är skadad.") from error
    with pdf:
        try:
            _clean(pdf)
            if title:
                pdf.docinfo["/Title"] = title
            if masking and any(masking.finds(text) for text in _strings(pdf)):
                raise NotCleaned(_STAND)
            out = BytesIO()
            pdf.remove_unreferenced_resources()
            pdf.save(
                out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True,
                encryption=False,
            )  # fmt: skip
        except (pikepdf.PdfError, RecursionError) as error:
            raise NotCleaned("Filen är skadad.") from error
    texts = page_texts(out.getvalue())
    if masking.finds("\n".join(texts)):
        raise NotCleaned(_STAND)
    scanned = any(not text.strip() for text in texts)
    if scanned and masking and not reviewed:
        raise NotCleaned("Filen har sidor som är bilder, och ord som ska maskeras kan stå i dem.")
    return out.getvalue(), scanned


def page_texts(content: bytes) -> list[str]:
    """The text of each page, hidden text too. NotCleaned when the file cannot be read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise NotCleaned("Filen är skadad.") from error
    try:
        texts = []
        for number in range(len(document)):
            page = document[number]
            texts.append(page.get_textpage().get_text_range())
        return texts
    except pypdfium2.PdfiumError as error:
        raise NotCleaned("Filen är skadad.") from error
    finally:
        document.close()


def _clean(pdf: pikepdf.Pdf) -> None:
    import pikepdf

    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    root = pdf.Root
    _refuse_layers(root)
    for key in _GONE_IN_ROOT:
        if key in root:
            del root[key]
    if "/Names" in root:
        for key in ("/EmbeddedFiles", "/JavaScript", "/Renditions", "/AlternatePresentations"):
            if key in root.Names:
                del root.Names[key]
    if "/AcroForm" in root:
        del root["/AcroForm"]
    for page in pdf.pages:
        if "/Annots" in page:
            kept = [one for one in page.Annots if isinstance(one, pikepdf.Dictionary) and _is_link(one)]
            page.Annots = pikepdf.Array(kept)
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            for key in _GONE_EVERYWHERE:
                if key in thing:
                    del thing[key]
        if isinstance(thing, pikepdf.Stream) and _is_jpeg(thing):
            data = cleaned_picture(thing.read_raw_bytes())
            thing.write(data, filter=pikepdf.Name.DCTDecode)


def _refuse_layers(root: Any) -> None:
    """Layers that are switched off are hidden text."""
    if "/OCProperties" not in root:
        return
    settings = root.OCProperties.get("/D")
    if settings is not None and (
        len(settings.get("/OFF", [])) or str(settings.get("/BaseState", "/ON")) == "/OFF"
    ):
        raise NotCleaned("Filen har dolda lager.")


def _is_link(annotation: Any) -> bool:
    """A link to a page or an address; its contents, a comment's words, go."""
    if str(annotation.get("/Subtype", "")) != "/Link":
        return False
    action = annotation.get("/A")
    if action is not None and str(action.get("/S", "")) not in ("/URI", "/GoTo"):
        return False
    for key in ("/T", "/NM", "/M"):
        if key in annotation:
            del annotation[key]
    return True


def _is_jpeg(stream: Any) -> bool:
    return str(stream.get("/Subtype", "")) == "/Image" and str(stream.get("/Filter", "")) == "/DCTDecode"


def _strings(pdf: pikepdf.Pdf) -> list[str]:
    """Every text of the file's own structure: bookmarks, alternative texts, names, addresses."""
    import pikepdf

    found: list[str] = []

    def collect(thing: Any, depth: int) -> None:
        if isinstance(thing, pikepdf.String):
            found.append(str(thing))
        elif isinstance(thing, pikepdf.Array) and depth < 8:
            for one in thing:
                if not getattr(one, "is_indirect", False):
                    collect(one, depth + 1)
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and depth < 8:
            for _, one in thing.items():
                if not getattr(one, "is_indirect", False):
                    collect(one, depth + 1)

    for thing in pdf.objects:
        collect(thing, 0)
    return found
