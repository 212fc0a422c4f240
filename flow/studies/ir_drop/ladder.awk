# SPDX-License-Identifier: Apache-2.0
# One column as an ngspice netlist, and what the law says of it.
#   awk -v cells=64 -v ratio=1e-4 -v density=0.5 -v seed=1 -v netlist=FILE -f ladder.awk
# Cell k: a resistor of 1 from a source of 1 V to node k where the cell is driven. Wire: a resistor
# of `ratio` from node k to node k-1; node 0 is held at 0 V by the ADC, whose current is the sum.
# Prints: driven cells, and what docs/spec/analog.md keeps of them (kappa and f in their integers).
BEGIN {
    srand(seed)
    kappa = int(ratio * 4294967296 + 0.5)
    printf "* column of %d cells\nVadc n0 0 0\nVrow row 0 1\n", cells > netlist
    for (k = 1; k <= cells; k++) {
        printf "Rw%d n%d n%d %.12g\n", k, k, k - 1, kappa / 4294967296 > netlist
        driven[k] = rand() < density
        if (driven[k]) printf "Rc%d row n%d 1\n", k, k > netlist
    }
    print ".control\noption reltol=1e-9 abstol=1e-15\nop\nprint i(Vadc)\nquit\n.endc\n.end" > netlist
    current = squares = 0
    for (k = cells; k >= 1; k--) {
        current += driven[k]
        squares += current * current
    }
    b = int(kappa * squares / 65536)
    whole = 5 * current * 65536
    kept = current ? int(65536 * (whole + b) / (whole + 6 * b)) / 65536 : 1
    printf "%d %.9f\n", current, kept * current
}
