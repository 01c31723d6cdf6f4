"""docxtemplater and carbone on the same protokoll as bench_word, where Node and the packages are.

FINSAM_NODE_MODULES names a node_modules folder with docxtemplater, pizzip and carbone; else .tools/node_modules is
looked in. Their figures are told beside ours and have no goal.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.measure import Measure

_SCRIPT = """
const [,, engine, modules, file, data, turns] = process.argv;
const fs = require('fs'), path = require('path');
const load = (name) => require(path.join(modules, name));
const context = JSON.parse(fs.readFileSync(data));
let run;
if (engine === 'docxtemplater') {
  const Docxtemplater = load('docxtemplater'), PizZip = load('pizzip');
  const raw = fs.readFileSync(file);
  run = async () => {
    const made = new Docxtemplater(new PizZip(raw), {paragraphLoop: true, linebreaks: true});
    made.render(context);
    return made.getZip().generate({type: 'nodebuffer', compression: 'DEFLATE'});
  };
} else {
  const carbone = load('carbone');
  run = () => new Promise((done, fail) => carbone.render(file, context, {}, (e, made) => e ? fail(e) : done(made)));
}
(async () => {
  await run();
  const taken = [];
  for (let turn = 0; turn < +turns; turn++) {
    const begin = performance.now();
    await run();
    taken.push(performance.now() - begin);
  }
  taken.sort((a, b) => a - b);
  console.log(taken[taken.length >> 1]);
  process.exit(0);
})();
"""


def modules() -> Path | None:
    """The folder with the peers, if Node and they are here."""
    found = Path(
        os.environ.get("FINSAM_NODE_MODULES") or Path(__file__).resolve().parents[2] / ".tools/node_modules"
    )
    return found if shutil.which("node") and (found / "docxtemplater").is_dir() else None


def measures(make: Callable[[str], bytes], context: dict[str, Any], ours: float, size: int) -> list[Measure]:
    """Our seconds against each peer's, on one size. ``make`` gives the template in a peer's own marks."""
    folder = modules()
    if folder is None:
        return []
    found = []
    with tempfile.TemporaryDirectory() as work:
        data = Path(work, "data.json")
        data.write_text(json.dumps(context), encoding="utf-8")
        script = Path(work, "run.js")
        script.write_text(_SCRIPT, encoding="utf-8")
        for peer in ("docxtemplater", "carbone"):
            if not (folder / peer).is_dir():
                continue
            file = Path(work, f"{peer}.docx")
            file.write_bytes(make(peer))
            command = ["node", str(script), peer, str(folder), str(file), str(data), "5"]
            done = subprocess.run(command, capture_output=True, text=True, cwd=work, check=True)
            found.append(
                Measure(
                    name=f"Word, {size} ärenden mot {peer}", value=ours * 1000 / float(done.stdout), unit="x"
                )
            )
    return found
