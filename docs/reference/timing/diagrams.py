#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the timing diagrams of docs/reference/array-port.md from a simulation.

Generates the macro of tiny.yaml in each variant, runs bench.sv on it in Verilator, and turns the
printed cycles into WaveDrom sources (*.json) beside this file, and those into *.svg:

    docs/reference/timing/diagrams.py path/to/cimrtl [path/to/wavedrom-cli]

Without wavedrom-cli (npm package, 3.2.0) only the sources are written.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FIELDS = ("cycle precharge bank row_en row_drive sample hold req_valid req_ready req_column "
          "resp_valid w_valid w_ready w_write w_rvalid w_row w_word w_data w_rdata code").split()
# Overrides, cycles shown, title.
VARIANTS = {
    "hold_column": ([], 21, "precharge 1, settle 2, hold column, share 2, latency 2"),
    "hold_none": (["array.hold=none"], 16,
                  "precharge 1, settle 2, hold none, share 2, latency 2"),
    "late": (["adc.latency=4"], 24,
             "precharge 1, settle 2, hold column, share 2, latency 4"),
    "gapless": (["array.precharge=0", "array.settle=0"], 19,
                "precharge 0, settle 0, hold column, share 2, latency 2"),
}


def simulate(cimrtl, overrides):
    """The cycles of weight access and of compute, one dict a cycle."""
    with tempfile.TemporaryDirectory() as folder:
        args = [a for o in overrides for a in ("-P", o)]
        subprocess.run([cimrtl, "gen", HERE / "tiny.yaml", "-o", f"{folder}/tiny", "-q", *args],
                       check=True)
        subprocess.run(["verilator", "--binary", "--timing", "-Wno-fatal", "--top-module", "bench",
                        "-Mdir", f"{folder}/obj", "-F", f"{folder}/tiny/files_sim.f",
                        HERE / "bench.sv"], check=True, capture_output=True)
        text = subprocess.run([f"{folder}/obj/Vbench"], check=True, capture_output=True,
                              text=True).stdout
    if "rule broken" in text:
        sys.exit(text)
    parts = []
    for part in text.split("COMPUTE"):
        rows = [line.split()[1:] for line in part.splitlines() if line.startswith("T ")]
        parts.append([dict(zip(FIELDS, row)) for row in rows])
    return parts


def bits(cycles, field):
    wave = ""
    for i, c in enumerate(cycles):
        wave += "." if i and c[field] == cycles[i - 1][field] else c[field]
    return wave


def bus(labels, colour="="):
    """Labels cycle by cycle; None is don't care."""
    wave, data = "", []
    for i, label in enumerate(labels):
        if i and label == labels[i - 1]:
            wave += "."
        elif label is None:
            wave += "x"
        else:
            wave += colour
            data.append(label)
    return {"wave": wave, "data": data}


def row(name, wave):
    return {"name": name, **(wave if isinstance(wave, dict) else {"wave": wave})}


def phases(cycles):
    """What the array does, in words; and what ADC 0 converts."""
    array, adc, step, converted, running = [], [], -1, -1, False
    before = {"row_en": "0000", "sample": "0", "row_drive": ""}
    for c in cycles:
        driven = "1" in c["row_en"]
        if driven and ("1" not in before["row_en"] or c["row_drive"] != before["row_drive"]):
            step += 1
        if driven:
            array.append(f"step {step}")
        else:
            array.append("pre" if c["precharge"] == "1" else None)
        if c["req_valid"] == "1" and c["req_ready"] == "1" and not running:
            running, column = True, c["req_column"]
            converted += column == "0"
        adc.append(f"{converted}.{column}" if running else None)
        if c["resp_valid"] == "1":
            running = False
        before = c
    return array, adc


def compute_diagram(cycles, shown, title):
    begin = next(i for i, c in enumerate(cycles) if "1" in c["row_en"] + c["precharge"]) - 1
    first_drive = next(i for i, c in enumerate(cycles) if "1" in c["row_en"])
    array, adc = phases(cycles)
    drive = [c["row_drive"] if i >= first_drive else None for i, c in enumerate(cycles)]
    column = [c["req_column"] if c["req_valid"] == "1" else None for c in cycles]
    code = [str(int(c["code"], 2)) if c["resp_valid"] == "1" else None for c in cycles]
    cut = slice(begin, begin + shown)
    seen = cycles[cut]
    return {
        "signal": [
            row("clk_i", "p" + "." * (len(seen) - 1)),
            ["array",
             row("(phase, step)", bus(array[cut], "3")),
             row("precharge_i", bits(seen, "precharge")),
             row("bank_i", bits(seen, "bank")),
             row("row_en_i", bus([c["row_en"] for c in seen])),
             row("row_drive_i", bus(drive[cut])),
             row("sample_i", bits(seen, "sample")),
             row("hold_i", bits(seen, "hold"))],
            {},
            ["ADC 0",
             row("(step.column)", bus(adc[cut], "4")),
             row("adc_req_valid_i", bits(seen, "req_valid")),
             row("adc_req_ready_o", bits(seen, "req_ready")),
             row("adc_req_column_i", bus(column[cut])),
             row("adc_resp_valid_o", bits(seen, "resp_valid")),
             row("adc_resp_code_o", bus(code[cut]))],
        ],
        "head": {"text": title, "tick": 0},
        "config": {"hscale": 1},
    }


def weight_diagram(cycles):
    """The last two writes and the read that follows."""
    valid = [i for i, c in enumerate(cycles) if c["w_valid"] == "1"]
    cut = slice(valid[-3] - 1, valid[-1] + 3)
    seen = cycles[cut]

    def while_valid(field):
        return bus([c[field] if c["w_valid"] == "1" else None for c in seen])

    data = [c["w_data"] if c["w_valid"] == c["w_write"] == "1" else None for c in seen]
    read = [c["w_rdata"] if c["w_rvalid"] == "1" else None for c in seen]
    return {
        "signal": [
            row("clk_i", "p" + "." * (len(seen) - 1)),
            row("weight_valid_i", bits(seen, "w_valid")),
            row("weight_ready_o", bits(seen, "w_ready")),
            row("weight_write_i", while_valid("w_write")),
            row("weight_row_i", while_valid("w_row")),
            row("weight_word_i", while_valid("w_word")),
            row("weight_data_i", bus(data)),
            row("weight_rvalid_o", bits(seen, "w_rvalid")),
            row("weight_rdata_o", bus(read)),
        ],
        "head": {"text": "two writes and a read of weights", "tick": 0},
        "config": {"hscale": 1},
    }


def write(name, diagram, wavedrom):
    source = HERE / f"{name}.json"
    source.write_text(json.dumps(diagram, indent=1) + "\n")
    if wavedrom:
        svg = HERE / f"{name}.svg"
        subprocess.run([wavedrom, "--input", source, "--svg", svg], check=True)
        # A white ground, so that the picture reads on a dark page too.
        text = svg.read_text()
        at = text.index(">", text.index("<svg")) + 1
        svg.write_text(text[:at] + '<rect width="100%" height="100%" fill="#ffffff"/>' + text[at:] +
                       ("" if text.endswith("\n") else "\n"))


def main():
    cimrtl = sys.argv[1]
    wavedrom = sys.argv[2] if len(sys.argv) > 2 else None
    for name, (overrides, shown, title) in VARIANTS.items():
        weights, compute = simulate(cimrtl, overrides)
        write(name, compute_diagram(compute, shown, title), wavedrom)
        if name == "hold_column":
            write("weight_access", weight_diagram(weights), wavedrom)


if __name__ == "__main__":
    main()
