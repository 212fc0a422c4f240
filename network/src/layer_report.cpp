// SPDX-License-Identifier: Apache-2.0
#include "layer_report.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/counted.hpp"
#include "lowering.hpp"

namespace network {

namespace {

nlohmann::ordered_json shape_json(const LayerReport& l) {
    return {{"name", l.name},
            {"node", l.type},
            {"dialect", l.dialect},
            {"K", l.depth},
            {"M", l.outputs},
            {"groups", l.groups},
            {"vectors_per_image", l.vectors},
            {"macs_per_image", l.macs}};
}

}  // namespace

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

LayerList list_layers(const std::string& model, const std::string& data,
                      const Preparation& preparation) {
    std::optional<Shape> image;
    if (!data.empty()) image = ImageFile(data, preparation).shape();
    const Network net = prepare(read_model(model), image);
    std::string table =
        "| layer | node | dialect | K | M | groups | vectors an image | MACs an image |\n|---|---|---|--:|--:|--:|--:|--:|\n";
    nlohmann::ordered_json layers = nlohmann::ordered_json::array();
    std::uint64_t macs = 0;
    for (const Layer& layer : net.layers) {
        const LayerReport r = report_layer(net, layer, nullptr);
        table += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n", r.name, r.type,
                             r.dialect, r.depth, r.outputs, r.groups, r.vectors, r.macs);
        layers.push_back(shape_json(r));
        macs += r.macs;
    }
    table += fmt::format("| **{}** | | | | | | | {} |\n", base::counted(net.layers.size(), "layer"),
                         macs);
    const nlohmann::ordered_json j = {{"model", std::filesystem::path(model).filename().string()},
                                      {"graph", net.model.graph},
                                      {"layers", layers},
                                      {"macs_per_image", macs}};
    return {table, j.dump(1) + "\n"};
}

}  // namespace network
