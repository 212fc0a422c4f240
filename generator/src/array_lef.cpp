// SPDX-License-Identifier: Apache-2.0
/// handoff/<name>_array.lef: a placeholder for floor planning and routing trials.
#include <fmt/format.h>

#include <algorithm>

#include "generator/render.hpp"
#include "handoff.hpp"
#include "ports.hpp"
#include "render_parts.hpp"

namespace generator {

namespace {

constexpr double pitch_um = 1.0;  ///< from pin to pin along an edge
constexpr double pin_um = 0.4;    ///< a pin is a square of this
constexpr double depth_um = 100.0;
constexpr const char* pin_layer = "M4";
constexpr const char* lower_layers[] = {"M1", "M2", "M3"};

std::vector<std::string> bits_of(const Port& port) {
    if (!port.vector) return {port.name};
    std::vector<std::string> bits;
    for (int i = 0; i < port.width; ++i) bits.push_back(fmt::format("{}[{}]", port.name, i));
    return bits;
}

std::string lef_pin(const Port& port, const std::string& name, double left, double bottom) {
    return fmt::format(
        "  PIN {0}\n    DIRECTION {1} ;\n    USE {2} ;\n    PORT\n      LAYER {3} ;\n"
        "        RECT {4:.3f} {5:.3f} {6:.3f} {7:.3f} ;\n    END\n  END {0}\n",
        name, port.input ? "INPUT" : "OUTPUT", port.name == "clk_i" ? "CLOCK" : "SIGNAL", pin_layer,
        left, bottom, left + pin_um, bottom + pin_um);
}

std::string obstruction(double width, double height) {
    std::string text = "  OBS\n";
    for (const char* layer : lower_layers)
        text += fmt::format("    LAYER {} ;\n      RECT 0.000 0.000 {:.3f} {:.3f} ;\n", layer,
                            width, height);
    return text + fmt::format("    LAYER {} ;\n      RECT {:.3f} 0.000 {:.3f} {:.3f} ;\n  END\n",
                              pin_layer, pitch_um, width - pitch_um, height);
}

}  // namespace

base::OutFile array_lef(const Design& d) {
    const std::string& name = d.config.name;
    std::string pins;
    int inputs = 0, outputs = 0;
    for (const Port& port : array_ports(d)) {
        int& used = port.input ? inputs : outputs;
        const double left = port.input ? 0 : depth_um - pin_um;
        for (const std::string& bit : bits_of(port))
            pins += lef_pin(port, bit, left, pitch_um * ++used);
    }
    const double height = pitch_um * (std::max(inputs, outputs) + 1);
    const std::string text =
        banner(d, "#") +
        fmt::format(
            "\n#\n"
            "# PLACEHOLDER: pins, directions and an obstruction, no layout. The size only makes room\n"
            "# for the pins: inputs at the left, outputs at the right. Layers are {} (pins) and those\n"
            "# below; rename them to the technology's. The whole is obstructed, but for the pins'\n"
            "# edges on their own layer. Supplies are the macro's own and not here.\n"
            "VERSION 5.8 ;\nBUSBITCHARS \"[]\" ;\nDIVIDERCHAR \"/\" ;\n"
            "UNITS\n  DATABASE MICRONS 1000 ;\nEND UNITS\n",
            pin_layer) +
        fmt::format(
            "MACRO {0}_array\n  CLASS BLOCK ;\n  FOREIGN {0}_array 0.000 0.000 ;\n"
            "  ORIGIN 0.000 0.000 ;\n  SIZE {1:.3f} BY {2:.3f} ;\n  SYMMETRY X Y ;\n",
            name, depth_um, height) +
        pins + obstruction(depth_um, height) + fmt::format("END {}_array\nEND LIBRARY\n", name);
    return {"handoff/" + name + "_array.lef", text};
}

}  // namespace generator
