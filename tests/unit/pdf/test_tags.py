"""One structure of several: nothing of what a screen reader knew is lost, and nothing is mixed up."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Dictionary

from finsam_desktop import paths
from finsam_desktop.pdf.merge import Merged, Part, merge
from tests.made_pdfs import Made, assert_whole_structure, made


def merged(*hows: Made, stamp: str = "") -> Merged:
    parts = [
        Part(title=f"Bilaga {n} {how.name}", pdf=made(how), stamp=stamp)
        for n, how in enumerate(hows, start=1)
    ]
    return merge(parts, title="Handlingar", fonts=paths.resources() / "fonts")


def opened(result: Merged) -> pikepdf.Pdf:
    pdf = pikepdf.open(io.BytesIO(result.pdf))
    assert_whole_structure(pdf)
    return pdf


def test_every_part_stands_under_one_document_with_its_title() -> None:
    with opened(merged(Made("ett", 2, tagged=True), Made("två", tagged=True), Made("tre"))) as pdf:
        (document,) = pdf.Root.StructTreeRoot.K
        assert (str(document.S), str(document.Lang)) == ("/Document", "sv-SE")
        parts = list(document.K)
        assert [(str(p.S), str(p.T)) for p in parts] == [
            ("/Part", "Bilaga 1 ett"),
            ("/Part", "Bilaga 2 två"),
            ("/Part", "Bilaga 3 tre"),
        ]
        assert [len(list(p.K)) for p in parts] == [2, 1, 1]
        assert pdf.Root.MarkInfo.Marked


def test_a_part_in_another_language_says_so() -> None:
    with opened(merged(Made("ett", tagged=True), Made("two", tagged=True, language="en-GB"))) as pdf:
        swedish, english = pdf.Root.StructTreeRoot.K[0].K
        assert "/Lang" not in swedish
        assert str(english.Lang) == "en-GB"


def test_keys_of_pages_and_links_are_numbered_on() -> None:
    links = ((0, 1, "direct"), (1, 0, "name"))
    how = Made("x", 2, tagged=True, links=links)
    with opened(merged(how, how, how, stamp="Bilaga 1 till punkt 1")) as pdf:
        numbers = [int(number) for number in list(pdf.Root.StructTreeRoot.ParentTree.Nums)[::2]]
        assert numbers == list(range(12))


def test_names_that_mean_different_things_are_told_apart() -> None:
    hows = (
        Made("a", tagged=True, roles={"/Rubrik": "/H1"}),
        Made("b", tagged=True, roles={"/Rubrik": "/P"}),
        Made("c", tagged=True, roles={"/Rubrik": "/H1"}),
        Made("d", tagged=True, roles={"/P": "/H2"}),
        Made("e", tagged=True),
    )
    with opened(merged(*hows)) as pdf:
        root = pdf.Root.StructTreeRoot
        roles = {name: str(root.RoleMap[name]) for name in root.RoleMap.keys()}
        assert "/P" not in roles, "a usual name keeps its usual meaning for the other parts"

        def meaning(place: int) -> str:
            kind = str(root.K[0].K[place].K[0].S)
            return roles.get(kind, kind)

        assert [meaning(place) for place in range(5)] == ["/H1", "/P", "/H1", "/H2", "/P"]


def test_a_chain_of_names_is_followed_to_its_end() -> None:
    with opened(
        merged(Made("a", tagged=True, roles={"/Rubrik": "/Titel", "/Titel": "/H1", "/Ring": "/Ring"}))
    ) as pdf:
        roles = pdf.Root.StructTreeRoot.RoleMap
        assert {name: str(roles[name]) for name in roles.keys()} == {"/Rubrik": "/H1", "/Titel": "/H1"}


def test_ids_of_two_parts_are_told_apart_and_still_found() -> None:
    with opened(merged(Made("a", 2, tagged=True, ids=True), Made("b", 2, tagged=True, ids=True))) as pdf:
        root = pdf.Root.StructTreeRoot
        leaf = root.IDTree.Kids[0]
        names = list(leaf.Names)
        found = {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}
        assert list(found) == sorted(found)
        assert len(found) == 4
        for key, element in found.items():
            assert str(element.ID) == key
            headers = [str(one) for one in element.A.Headers]
            assert headers[0] in found, "a cell points at a heading that is there"
            assert headers[0].split("-")[0] == key.split("-")[0], "in its own part"


def test_a_part_without_a_structure_is_wrapped_page_by_page() -> None:
    with opened(merged(Made("a", 3))) as pdf:
        (part,) = pdf.Root.StructTreeRoot.K[0].K
        assert [str(kid.S) for kid in part.K] == ["/P"] * 3


def test_a_page_that_is_a_picture_says_so() -> None:
    with pikepdf.open(io.BytesIO(made(Made("skannad")))) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"0.5 g 100 100 300 300 re f")
        target = io.BytesIO()
        pdf.save(target)
    result = merge(
        [Part(title="Bilaga 1 Avtal", pdf=target.getvalue())], title="x", fonts=paths.resources() / "fonts"
    )
    with opened(result) as pdf:
        (figure,) = pdf.Root.StructTreeRoot.K[0].K[0].K
        assert str(figure.S) == "/Figure"
        assert str(figure.Alt) == "Bilaga 1 Avtal, sida 1 av 1, som bild utan läsbar text"


def test_marks_of_a_structure_that_is_gone_do_not_disturb() -> None:
    with pikepdf.open(io.BytesIO(made(Made("a", 2, tagged=True)))) as pdf:
        del pdf.Root.StructTreeRoot
        target = io.BytesIO()
        pdf.save(target)
    parts = [Part(title="a", pdf=target.getvalue()), Part(title="b", pdf=made(Made("b", tagged=True)))]
    result = merge(parts, title="x", fonts=paths.resources() / "fonts")
    with opened(result) as pdf:
        assert [int(page.obj.StructParents) for page in pdf.pages] == [0, 1, 2]


def test_a_structure_without_a_document_is_given_one() -> None:
    with pikepdf.open(io.BytesIO(made(Made("a", tagged=True)))) as pdf:
        root = pdf.Root.StructTreeRoot
        root.K = root.K.K
        root.K[0].P = root
        target = io.BytesIO()
        pdf.save(target)
    result = merge([Part(title="a", pdf=target.getvalue())], title="x", fonts=paths.resources() / "fonts")
    with opened(result) as pdf:
        (part,) = pdf.Root.StructTreeRoot.K[0].K
        assert (str(part.S), str(part.K[0].S)) == ("/Part", "/P")


def test_keys_of_pictures_drawn_on_a_page_are_numbered_on_too() -> None:
    def with_form(name: str) -> bytes:
        with pikepdf.open(io.BytesIO(made(Made(name, tagged=True)))) as pdf:
            root = pdf.Root.StructTreeRoot
            form = pdf.make_stream(b"0 0 10 10 re f")
            form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            form.BBox, form.StructParent = pikepdf.Array([0, 0, 10, 10]), 1
            page = pdf.pages[0].obj
            page.Resources.XObject = Dictionary(X=form)
            page.Contents = pikepdf.Array([page.Contents, pdf.make_stream(b"/X Do")])
            figure = Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Figure, P=root.K)
            figure.K = Dictionary(Type=pikepdf.Name.OBJR, Obj=form, Pg=page)
            element = pdf.make_indirect(figure)
            root.K.K.append(element)
            root.ParentTree.Nums.extend([1, element])
            target = io.BytesIO()
            pdf.save(target)
            return target.getvalue()

    parts = [Part(title=name, pdf=with_form(name)) for name in ("a", "b")]
    with opened(merge(parts, title="x", fonts=paths.resources() / "fonts")) as pdf:
        keys = [int(page.obj.Resources.XObject.X.StructParent) for page in pdf.pages]
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        tree = dict(zip(numbers[::2], numbers[1::2], strict=True))
        assert keys == [1, 3]
        for page, key in zip(pdf.pages, keys, strict=True):
            assert tree[key].K.Obj.objgen == page.obj.Resources.XObject.X.objgen


@pytest.mark.parametrize("damage", ["loop", "no parent tree", "numbers for words"])
def test_a_broken_structure_does_not_stop_the_pack(damage: str) -> None:
    with pikepdf.open(io.BytesIO(made(Made("a", 2, tagged=True, ids=True, roles={"/Rubrik": "/H1"})))) as pdf:
        root = pdf.Root.StructTreeRoot
        if damage == "loop":
            root.K.K[0].K = root.K
            root.ParentTree.Kids = pikepdf.Array([root.ParentTree])
        elif damage == "no parent tree":
            del root.ParentTree
        else:
            root.RoleMap = 7
            root.IDTree = 7
            root.ParentTree.Nums = pikepdf.Array([0])
        target = io.BytesIO()
        pdf.save(target)
    result = merge([Part(title="a", pdf=target.getvalue())], title="x", fonts=paths.resources() / "fonts")
    assert result.total == 2
