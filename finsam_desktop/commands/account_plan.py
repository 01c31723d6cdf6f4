"""`finsam figures plan`: the association's own account plan, which post every account belongs to."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from finsam_desktop.commands.common import DONE, as_json, command, group, open_file, out, print_json


def add_to_figures(figures: Any) -> None:
    """Add the group `plan` to `finsam figures`."""
    plan = group(figures, "plan", "förbundets egen kontoplan")
    show = command(plan, "show", _show, "visa kontoplanen och var kontona faller")
    show.add_argument("file", metavar="FIL", type=Path)
    _source(show)
    as_json(show)
    export = command(plan, "export", _export, "spara kontoplanen som text (.toml) eller arbetsbok (.xlsx)")
    export.add_argument("file", metavar="FIL", type=Path)
    _source(export)
    out(export)
    take_in = command(plan, "import", _import, "ta in en ändrad kontoplan i förbundets fil")
    take_in.add_argument("file", metavar="FIL", type=Path)
    take_in.add_argument("plan", metavar="KONTOPLAN", type=Path, help=".toml eller arbetsbok")
    reset = command(plan, "reset", _reset, "gå tillbaka till programmets kontoplaner")
    reset.add_argument("file", metavar="FIL", type=Path)


def _source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source",
        metavar="KÄLLA",
        type=Path,
        help="SIE-fil eller arbetsbok vars konton visas under sin grupp",
    )


def _show(options: argparse.Namespace) -> int:
    from finsam_desktop.domain.account_plan import placed, ranges_text
    from finsam_desktop.files import account_plan_files

    accounts = account_plan_files.accounts_of(options.source) if options.source else ()
    with open_file(options.file, read_only=True) as workspace:
        own = workspace.association.account_plan
    plan = account_plan_files.used_plan(own, accounts)
    if options.json:
        print_json({
            "name": plan.name,
            "own": own is not None,
            "groups": [
                {"title": each.title, "post": each.post.value, "accounts": ranges_text(each)} for each in plan.groups
            ],
            "accounts": [
                {"number": each.number, "name": each.name, "group": each.title, "post": each.post and each.post.value}
                for each in placed(plan, accounts)
            ],
        })  # fmt: skip
    else:
        print("\n".join(account_plan_files.listed(plan, accounts)))
    return DONE


def _export(options: argparse.Namespace) -> int:
    from finsam_desktop.files import account_plan_files

    accounts = account_plan_files.accounts_of(options.source) if options.source else ()
    with open_file(options.file, read_only=True) as workspace:
        own = workspace.association.account_plan
    plan = account_plan_files.used_plan(own, accounts)
    account_plan_files.save_plan(plan, options.out, accounts)
    print(f"Kontoplanen {plan.name} är sparad i {options.out.name}.")
    return DONE


def _import(options: argparse.Namespace) -> int:
    from finsam_desktop.files import account_plan_files

    plan = account_plan_files.read_plan_file(options.plan)
    with open_file(options.file) as workspace:
        print(account_plan_files.set_account_plan(workspace, plan))
    return DONE


def _reset(options: argparse.Namespace) -> int:
    from finsam_desktop.files import account_plan_files

    with open_file(options.file) as workspace:
        print(account_plan_files.set_account_plan(workspace, None))
    return DONE
