"""Electronic signatures in PDFs (PAdES): signing with one's own certificate, and seeing who has signed what.

Nothing is fetched: no revocation lists, no answers from the issuer, no time stamps. What can be known here is that the
file is as it was signed and what the certificate says of itself; whether the issuer still stands by it is not.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_desktop.errors import UserError

if TYPE_CHECKING:
    from pyhanko.sign.signers import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """A certificate with its key in a file (PKCS#12: .p12 or .pfx)."""

    content: bytes = field(repr=False)
    password: str = field(repr=False)
    name: str = "Certifikatfilen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A certificate on a card or other token (PKCS#11): the library of its maker, the token's name and its PIN."""

    library: Path
    token: str
    pin: str = field(repr=False)
    certificate: str = ""


Key = KeyFile | Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A signature in a PDF. ``signed_at`` is by the signer's own clock; ``issuer`` who made the certificate.

    ``intact``: what was signed has not been altered. ``whole``: it covers all of the file, or what came after it is
    only what a signature allows, such as another signature.
    """

    signer: str
    issuer: str
    signed_at: datetime | None
    intact: bool
    whole: bool
    in_time: bool = True
    problem: str = ""

    @property
    def good(self) -> bool:
        """Whether the file is as it was signed, by a certificate that was in force."""
        return self.intact and self.whole and self.in_time and not self.problem

    @property
    def sentence(self) -> str:
        """What to tell of it, in Swedish."""
        when = (
            f" den {self.signed_at.astimezone():%Y-%m-%d klockan %H.%M}" if self.signed_at is not None else ""
        )
        first = f"Undertecknat av {self.signer or 'okänd'}{when}."
        if self.problem:
            return f"{first} {self.problem}"
        if not self.intact:
            return f"{first} Filen har ändrats efter underskriften, så den gäller inte."
        if not self.whole:
            return f"{first} Filen har fått tillägg efter underskriften, som den inte gäller."
        if not self.in_time:
            return f"{first} Certifikatet gällde inte den dagen."
        issuer = "av den som skrev under" if self.issuer == self.signer else f"av {self.issuer or 'okänd'}"
        return f"{first} Filen är oförändrad. Certifikatet är utfärdat {issuer} och inte kontrollerat hos utfärdaren."


def sign_pdf(pdf: bytes, key: Key, *, at: datetime, reason: str = "", place: str = "") -> bytes:
    """The PDF with a signature added at its end (PAdES B-B); what was there is not touched, nor earlier signatures.

    UserError when password, certificate or PDF cannot be used.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner, fields

    try:
        with _signer(key, at) as signer:
            writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
            taken = {name for name, _value, _ref in fields.enumerate_sig_fields(writer)}
            number = next(n for n in range(1, len(taken) + 2) if f"Underskrift{n}" not in taken)
            about = PdfSignatureMetadata(
                field_name=f"Underskrift{number}",
                md_algorithm="sha256",
                reason=reason or None,
                location=place or None,
                subfilter=fields.SigSeedSubFilter.PADES,
                embed_validation_info=False,
            )
            out = io.BytesIO()
            PdfSigner(about, signer=signer).sign_pdf(writer, output=out)
            return out.getvalue()
    except (PdfError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise UserError(
            "PDF-filen gick inte att skriva under.",
            advice="Öppna den i ett annat program, spara den som ny PDF och försök igen.",
            detail=repr(error),
        ) from error


def verify_pdf(pdf: bytes) -> tuple[Found, ...]:
    """Every signature in the PDF, the first one first; none where it has none. UserError when it cannot be read."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        return tuple(_found(one) for one in reader.embedded_regular_signatures)
    except (PdfError, ValueError, TypeError, KeyError, RecursionError, OSError) as error:
        raise UserError(
            "PDF-filen går inte att läsa, så underskrifterna kan inte kontrolleras.",
            advice="Be om filen en gång till.",
            detail=repr(error),
        ) from error


def has_signature(pdf: bytes) -> bool:
    """Whether there seems to be a signature, without checking it."""
    return b"/ByteRange" in pdf and b"/Contents" in pdf


def _found(embedded: Any) -> Found:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    certificate = embedded.signer_cert
    signer, issuer = _name(certificate.subject), _name(certificate.issuer)
    said = embedded.self_reported_timestamp
    try:
        with _quiet():
            status = validate_pdf_signature(
                embedded, ValidationContext(trust_roots=[], allow_fetching=False, revocation_mode="soft-fail")
            )
    except Exception as error:
        # Whatever a stranger's file makes the library say, the answer is that it could not be checked.
        return Found(
            signer=signer,
            issuer=issuer,
            signed_at=said,
            intact=False,
            whole=False,
            problem=f"Underskriften gick inte att kontrollera ({type(error).__name__}).",
        )
    signed_at = status.signer_reported_dt or said
    return Found(
        signer=signer,
        issuer=issuer,
        signed_at=signed_at,
        intact=bool(status.intact and status.valid),
        whole=bool(status.docmdp_ok) and _covers(status),
        in_time=signed_at is None or _in_force(certificate, signed_at),
    )


def _covers(status: Any) -> bool:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return True
    return status.coverage is SignatureCoverageLevel.ENTIRE_REVISION and status.modification_level in (
        ModificationLevel.NONE,
        ModificationLevel.LTA_UPDATES,
        ModificationLevel.FORM_FILLING,
    )


def _in_force(certificate: Any, at: datetime) -> bool:
    validity = certificate["tbs_certificate"]["validity"]
    moment = at if at.tzinfo is not None else at.astimezone()
    return bool(validity["not_before"].native <= moment <= validity["not_after"].native)


def _name(name: Any) -> str:
    found = name.native
    common = found.get("common_name") or found.get("organization_name") or ""
    return common if isinstance(common, str) else ", ".join(common)


@contextmanager
def _quiet() -> Iterator[None]:
    """The library tells the log of every certificate whose issuer is unknown, which here is every one."""
    names = [name for name in logging.root.manager.loggerDict if name.startswith("pyhanko")]
    loggers = [logging.getLogger(name) for name in names]
    before = [one.disabled for one in loggers]
    for one in loggers:
        one.disabled = True
    try:
        yield
    finally:
        for one, was in zip(loggers, before, strict=True):
            one.disabled = was


@contextmanager
def _signer(key: Key, at: datetime) -> Iterator[Signer]:
    if isinstance(key, KeyFile):
        yield _from_file(key, at)
        return
    with _card_session(key) as session:
        from pyhanko.sign.pkcs11 import PKCS11Signer

        yield PKCS11Signer(session, cert_label=key.certificate or None)


def _from_file(key: KeyFile, at: datetime) -> Signer:
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign import SimpleSigner

    password = key.password.encode() or None
    try:
        private, certificate, _others = pkcs12.load_key_and_certificates(key.content, password)
    except (ValueError, TypeError) as error:
        raise UserError(
            f"{key.name} gick inte att öppna med lösenordet.",
            advice="Skriv lösenordet igen. Filen ska vara ett certifikat med nyckel (.p12 eller .pfx).",
            detail=str(error),
        ) from error
    if private is None or certificate is None:
        raise UserError(
            f"{key.name} har ingen nyckel att skriva under med.",
            advice="Exportera certifikatet på nytt, med den privata nyckeln.",
        )
    moment = at.astimezone(UTC)
    if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
        last = certificate.not_valid_after_utc
        raise UserError(
            f"Certifikatet i {key.name} gäller inte i dag. Det gäller till den {last:%Y-%m-%d}.",
            advice="Skaffa ett nytt certifikat.",
        )
    with _quiet():
        signer = SimpleSigner.load_pkcs12_data(key.content, [], password)
    if signer is None:
        raise UserError(
            f"{key.name} har en nyckel av ett slag som inte går att använda.",
            advice="Använd en RSA- eller EC-nyckel.",
        )
    return signer


@contextmanager
def _card_session(key: Card) -> Iterator[Any]:
    try:
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import open_pkcs11_session
    except ImportError as error:
        raise UserError(
            "Underskrift med kort kräver tillägget python-pkcs11, som inte är installerat.",
            advice="Skriv under med en certifikatfil, eller be den som sköter datorn installera tillägget.",
            detail=str(error),
        ) from error
    try:
        criteria = TokenCriteria(label=key.token) if key.token else None
        session = open_pkcs11_session(str(key.library), token_criteria=criteria, user_pin=key.pin)
    except Exception as error:  # each maker's library has its own faults
        raise _card_fault(key, error) from error
    try:
        yield session
    except Exception as error:
        if type(error).__module__.startswith("pkcs11"):
            raise _card_fault(key, error) from error
        raise
    finally:
        session.close()


def _card_fault(key: Card, error: Exception) -> UserError:
    return UserError(
        f"Kortet {key.token} gick inte att skriva under med.",
        advice="Kontrollera att kortet sitter i läsaren, att PIN-koden är rätt och att certifikatet finns på det.",
        detail=repr(error),
    )
