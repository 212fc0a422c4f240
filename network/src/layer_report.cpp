// SPDX-License-Identifier: Apache-2.0
#include "layer_report.hpp"

#include <fmt/format.h>

#include <optional>

#include "lowering.hpp"

namespace network {

LayerReport report_layer(const Network& net, const Layer& layer, const MappedLayer* mapped) {
    const Lowering& l = *layer.lowering;
    LayerReport r;
    r.name = layer.name;
    r.type = net.node(layer).type;
    r.dialect = dialect_name(layer.dialect);
    r.digital = !mapped;
    r.depth = l.depth;
    r.outputs = l.outputs;
    r.groups = l.groups;
    r.vectors = l.vectors;
    r.macs = std::uint64_t{l.vectors} * l.depth * l.all_outputs();
    if (!mapped) return r;
    r.totals = mapped->totals();
    r.steps = mapped->steps();
    r.cycles = mapped->cycles();
    r.adc_bits = mapped->design().adc.bits;
    r.adc_bits_no_clip = mapped->adc_bits_no_clip();
    r.step = mapped->design().config.adc.step;
    r.counts_steps = quantize::counts_steps(mapped->design().config);
    return r;
}

std::string list_layers(const std::string& model, const std::string& data,
                        const Preparation& preparation) {
    std::optional<Shape> image;
    if (!data.empty()) image = ImageFile(data, preparation).shape();
    const Network net = prepare(read_model(model), image);
    std::string out =
        "| layer | node | dialect | K | M | groups | vectors an image | MACs an image |\n|---|---|---|--:|--:|--:|--:|--:|\n";
    std::uint64_t macs = 0;
    for (const Layer& layer : net.layers) {
        const Lowering& l = *layer.lowering;
        const std::uint64_t own = std::uint64_t{l.vectors} * l.depth * l.all_outputs();
        out += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n", layer.name,
                           net.node(layer).type, dialect_name(layer.dialect), l.depth, l.outputs,
                           l.groups, l.vectors, own);
        macs += own;
    }
    return out + fmt::format("| **{} layers** | | | | | | | {} |\n", net.layers.size(), macs);
}

}  // namespace network
