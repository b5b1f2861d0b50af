"""Keys, certificates, and PDFs signed with them."""

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pypdf
from asn1crypto import keys, x509
from cryptography import x509 as cx
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from reports.documents.signing.copies import keep_signed_copy
from reports.documents.signing.trust import TrustRoots
from reports.models import IssuedFile
from tests.support.factories import NOW

SIGNER, OFFICE = "Nguyễn Văn Ký", "UBND huyện Thử"
VALID_FROM, VALID_TO = dt.datetime(2021, 1, 1, tzinfo=dt.UTC), dt.datetime(2041, 1, 1, tzinfo=dt.UTC)


def pdf(text="Văn bản", *, pages=1):
    """A small PDF with its own content: the text is its title."""
    writer = pypdf.PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": text})
    return _written(writer)


def locked_pdf():
    writer = pypdf.PdfWriter(io.BytesIO(pdf()))
    writer.encrypt("mat-khau")
    return _written(writer)


def pdf_files(report):
    """For `issue(write=…)`: real PDFs, but small ones."""
    code = report.head.verification.code
    return {"pdf": pdf(f"{report.head.notation} {code}"), "pdfa": pdf(f"lưu {code}"), "json": b"{}"}


def issued_pdf(document, form="pdf"):
    return bytes(IssuedFile.objects.get(document=document, form=form).content)


def signed_copy_of(document, content=None, *, name="da-ky.pdf", by=None):
    return keep_signed_copy(document=document, content=content or signed_pdf(), name=name, by=by, now=NOW)


@cache
def signed_pdf():
    return sign(pdf())


def _written(writer):
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@cache
def authority():
    """An authority's key and root certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key, _certificate("Gốc Thử", key, issuer=None)


@cache
def signer(*, self_signed=False):
    """Whoever signs: certified by the authority, or by nobody but themselves."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(SIGNER, key, issuer=None if self_signed else authority())
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(_der(certificate)),
        signing_key=keys.PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )


def roots():
    certificate = x509.Certificate.load(_der(authority()[1]))
    return TrustRoots((certificate,), digest="authority")


def root_pem():
    return authority()[1].public_bytes(serialization.Encoding.PEM)


def sign(content, *, by=None, field="Signature1", visible=False, **options):
    """The file with a signature appended, as signing programs do it."""
    return _signed(IncrementalPdfFileWriter(io.BytesIO(content)), by, field, visible, options)


def blank_page_and_sign(content):
    """A forgery: the first page is replaced and the whole signed, in one go."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    _replace_page(writer)
    return _signed(writer, None, "Signature1", False, {})


def blank_page(content):
    """The file with another first page appended."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    _replace_page(writer)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _replace_page(writer):
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)


def _signed(writer, by, field, visible, options):
    box = (300, 100, 500, 200) if visible else None
    style = TextStampStyle(stamp_text="SIGNED") if visible else None
    metadata = signers.PdfSignatureMetadata(field_name=field, **options)
    spec = fields.SigFieldSpec(field, box=box)
    pdf_signer = signers.PdfSigner(metadata, signer=by or signer(), stamp_style=style, new_field_spec=spec)
    with ThreadPoolExecutor(1) as thread:  # pyHanko's event loop must not meet Playwright's
        return thread.submit(pdf_signer.sign_pdf, writer).result().getvalue()


def _der(certificate):
    return certificate.public_bytes(serialization.Encoding.DER)


def _certificate(common_name, key, *, issuer):
    names = [(NameOID.COMMON_NAME, common_name), (NameOID.ORGANIZATION_NAME, OFFICE)]
    subject = cx.Name([cx.NameAttribute(oid, text) for oid, text in names])
    issuing_key, issued_by = (issuer[0], issuer[1].subject) if issuer else (key, subject)
    is_authority = common_name != SIGNER
    usages = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
    usages += ("key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    granted = {"key_cert_sign"} if is_authority else {"digital_signature"}
    builder = cx.CertificateBuilder().subject_name(subject).issuer_name(issued_by).public_key(key.public_key())
    builder = builder.serial_number(cx.random_serial_number()).not_valid_before(VALID_FROM).not_valid_after(VALID_TO)
    builder = builder.add_extension(cx.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    builder = builder.add_extension(cx.KeyUsage(**{usage: usage in granted for usage in usages}), critical=True)
    return builder.sign(issuing_key, hashes.SHA256())
