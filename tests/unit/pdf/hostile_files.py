"""Files that reach for more than they should, made by hand."""

from __future__ import annotations

import io
import zipfile

_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)
_BASIC = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script"
 script:name="Module1" script:language="StarBasic">
Sub Main
  Shell("/bin/sh", 1, "-c 'touch {mark}'", True)
End Sub
</script:module>"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Module1"/></library:library>"""
_LIBRARIES = """<?xml version="1.0" encoding="UTF-8"?>
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" library:link="false"/></library:libraries>"""


def odt_that_reaches_out(address: str, local_text: str, mark: str) -> bytes:
    """A text with a picture and a section from elsewhere, and a macro that runs when it is opened."""
    content = f"""<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODF} office:version="1.2">
<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script"
 script:event-name="dom:load"
 xlink:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document"
 xlink:type="simple"/></office:event-listeners></office:scripts>
<office:body><office:text><text:p>Vanlig text.</text:p>
<text:p><draw:frame svg:width="5cm" svg:height="5cm"><draw:image xlink:href="{address}/bild.png" xlink:type="simple"
 xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>
<text:section text:name="s"><text:section-source xlink:href="{local_text}"/><text:p>Inget.</text:p></text:section>
<text:section text:name="t"><text:section-source xlink:href="{address}/text.odt"/><text:p>Inget.</text:p></text:section>
</office:text></office:body></office:document-content>"""
    manifest = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="Basic/script-lc.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="Basic/Standard/script-lb.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="Basic/Standard/Module1.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
    return _zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
            "Basic/script-lc.xml": _LIBRARIES,
            "Basic/Standard/script-lb.xml": _LIBRARY,
            "Basic/Standard/Module1.xml": _BASIC.format(mark=mark),
        }
    )


def docx_that_reaches_out(address: str, local_picture: str) -> bytes:
    """A Word file with pictures that are not in it, by relation and by field."""
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"

    def picture(number: int) -> str:
        return f"""<w:p><w:r><w:drawing><wp:inline
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/>
<wp:docPr id="{number}" name="b"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="b"/>
<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="rId{number}"/><a:stretch><a:fillRect/></a:stretch>
</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/>
</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""

    def field(text: str) -> str:
        return (
            '<w:p><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> '
            f'{text} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>fält</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        )

    body = (
        f'<w:document xmlns:w="{main}" xmlns:r="{relations}"><w:body><w:p><w:r><w:t>Vanlig text.</w:t></w:r></w:p>'
        + picture(1)
        + picture(2)
        + field(f'INCLUDEPICTURE "{address}/falt.png"')
        + field(f'INCLUDETEXT "{address}/falt.docx"')
        + field('DDEAUTO cmd "/c calc"')
        + "</w:body></w:document>"
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{relations}/image" Target="{target}" TargetMode="External"/>'
        for number, target in ((1, f"{address}/lank.png"), (2, local_picture))
    )
    links += (
        f'<Relationship Id="rId3" Type="{relations}/attachedTemplate" Target="{address}/mall.dotx" '
        'TargetMode="External"/>'
    )
    return _zip(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
            'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{relations}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": body,
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
        }
    )


def bomb(megabytes: int) -> bytes:
    """A Word file of some kilobytes that unpacks to so many megabytes."""
    return _zip({"[Content_Types].xml": "<Types/>", "word/document.xml": "a" * (megabytes * 1_000_000)})


def _zip(parts: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()
