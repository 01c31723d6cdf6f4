"""Account plans come from files an association may change; every account finds its post, every fault its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from finsam_desktop.domain.account_plan import StatementPost
from finsam_desktop.errors import UserError
from finsam_desktop.sources.account_plans import plan_for, plan_from_text, read_plan, standard_plans

GROUP = '[[group]]\ntitle = "Personal"\npost = "verksamhetens kostnader"\naccounts = ["5000-5999"]\n'


@pytest.mark.parametrize("name", ["BAS", "Kommun-Bas"])
def test_every_account_of_four_digits_has_a_post(name: str) -> None:
    plan = next(plan for plan in standard_plans() if plan.name == name)
    left_out = [number for number in range(1000, 9000) if plan.post(str(number)) is None]
    assert left_out == []
    for number in range(1000, 9000):
        post = plan.post(str(number))
        assert post is not None
        assert post.in_result is (number >= 3000)
        assert post.is_asset is (number < 2000)
    assert {plan.post(str(number)) for number in range(1000, 9000)} >= {
        StatementPost.OPERATING_INCOME, StatementPost.OPERATING_COSTS, StatementPost.DEPRECIATION,
        StatementPost.FINANCIAL_INCOME, StatementPost.FINANCIAL_COSTS, StatementPost.CASH, StatementPost.EQUITY,
        StatementPost.SHORT_DEBTS,
    }  # fmt: skip


def test_where_the_plans_differ() -> None:
    bas, municipal = standard_plans()
    assert (bas.post("5010"), bas.post("7010")) == (StatementPost.OPERATING_COSTS,) * 2
    assert [bas.group(n).title for n in ("5010", "7010")] == ["Lokaler, material och tjänster", "Personal"]
    assert [municipal.group(n).title for n in ("5010", "7010")] == ["Personal", "Övriga verksamhetskostnader"]
    assert municipal.post("7910") is StatementPost.DEPRECIATION
    assert bas.post("7832") is StatementPost.DEPRECIATION


def test_accounts_of_other_lengths_stand_with_their_first_four_digits() -> None:
    plan = plan_from_text(GROUP, "p.toml")
    assert plan.post("50101") is plan.post("501") is plan.post("5") is StatementPost.OPERATING_COSTS
    assert plan.post("6000") is plan.post("A1") is plan.post("") is plan.post("4999") is None


def test_which_plan_a_file_follows() -> None:
    plans = standard_plans()
    assert plan_for([], "eubas97", plans).name == "BAS"
    assert plan_for([], "KOMMUN-BAS", plans).name == "Kommun-Bas"
    assert (
        plan_for([("5011", "Löner månadsavlönade"), ("5610", "Arbetsgivaravgifter")], "", plans).name
        == "Kommun-Bas"
    )
    assert plan_for([("7010", "Löner"), ("5010", "Lokalhyra")], "", plans).name == "BAS"
    assert plan_for([], "", plans).name == "BAS"


FAULTS = {
    "no toml": ("[[group]]\ntitle = Personal\n", "p.toml har ett skrivfel på rad 2"),
    "nothing": ('name = "x"\n', "rad 1: Filen har inga grupper"),
    "no title": (GROUP + '[[group]]\npost = "förråd"\naccounts = ["1"]\n', "rad 5: Gruppen saknar title"),
    "no such post": (GROUP.replace("verksamhetens kostnader", "löner"), "rad 1: Gruppen Personal har en post som inte"),
    "no accounts": (GROUP.replace('["5000-5999"]', "[]"), "rad 1: Gruppen Personal saknar accounts"),
    "words": (GROUP.replace("5000-5999", "alla"), "rad 1: Gruppen Personal har konton som inte går att förstå: alla"),
    "backwards": (GROUP.replace("5000-5999", "5999-5000"), "rad 1: Gruppen Personal har konton baklänges: 5999-5000"),
    "twice": (GROUP + GROUP.replace("Personal", "Lön"), "rad 5: Konto 5000 hör både till Personal och till Lön"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_a_plan_is_named_by_its_line(name: str) -> None:
    text, words = FAULTS[name]
    with pytest.raises(UserError) as caught:
        plan_from_text(text, "p.toml")
    assert words in caught.value.message
    assert caught.value.advice


def test_a_plan_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"borta\.toml finns inte"):
        read_plan(tmp_path / "borta.toml")
    (tmp_path / "latin.toml").write_bytes("name = 'å'".encode("latin-1"))
    with pytest.raises(UserError, match=r"latin\.toml gick inte att läsa"):
        read_plan(tmp_path / "latin.toml")
