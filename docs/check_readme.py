#!/usr/bin/env python3
"""Compares the README's config table with `cimrtl schema`: keys, ranges, defaults, descriptions.

    docs/check_readme.py path/to/cimrtl

Exit code 1 and one line for each difference.
"""

import json
import pathlib
import re
import subprocess
import sys

README = pathlib.Path(__file__).resolve().parent.parent / "README.md"


def rows():
    table = README.read_text().split("## Config\n")[1].split("\n## ")[0]
    for line in table.splitlines():
        cells = [c.strip() for c in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) == 4 and re.fullmatch(r"`[a-z_.]+`", cells[0]):
            yield cells[0].strip("`"), cells[1:]


def keys(properties, required, prefix=""):
    for name, spec in properties.items():
        if spec.get("type") == "object" and "properties" in spec:
            yield from keys(spec["properties"], spec.get("required", []), f"{prefix}{name}.")
        else:
            yield prefix + name, (spec, name in required)


def value_text(spec):
    """The part of the value column that the schema fixes."""
    if "anyOf" in spec:
        return [t for option in spec["anyOf"] for t in value_text(option)]
    if "enum" in spec:
        return spec["enum"]
    if spec.get("type") == "integer":
        return [f"{spec['minimum']}–{spec['maximum']}"]
    if spec.get("type") == "boolean":
        return ["true, false"]
    return ["auto"] if spec.get("const") == "auto" else []


def default_text(spec, required):
    if required:
        return "required"
    value = spec.get("default")
    return str(value).lower() if isinstance(value, bool) else str(value)


def plain(text):
    return text.replace("*", "·").lower()


def main():
    schema = json.loads(subprocess.run([sys.argv[1], "schema"], check=True, capture_output=True,
                                       text=True).stdout)
    found, bad = dict(rows()), []
    wanted = {}
    for scheme in schema["$defs"].values():
        if "properties" in scheme and "scheme" in scheme["properties"]:
            wanted |= dict(keys(scheme["properties"], scheme.get("required", [])))
    bad += [f"{k}: not in the README" for k in wanted.keys() - found.keys()]
    bad += [f"{k}: not in the schema" for k in found.keys() - wanted.keys()]
    for key in wanted.keys() & found.keys():
        spec, required = wanted[key]
        value, default, what = found[key]
        bad += [f"{key}: value lacks {t}" for t in value_text(spec) if t not in value]
        if "default" in spec or required:
            if default != default_text(spec, required):
                bad.append(f"{key}: default {default}, schema {default_text(spec, required)}")
        if plain(spec.get("description", "")) not in plain(what):
            bad.append(f"{key}: the text is not the schema's: {spec.get('description')}")
    print("\n".join(sorted(bad)) or f"README: {len(found)} keys as in the schema")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
