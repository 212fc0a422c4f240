#include "network.hpp"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "operands/npy.hpp"

namespace bnn {

namespace fs = std::filesystem;

namespace {

/// An array (M, ...) as a matrix (K, M): column m is row m of the file, flattened.
golden::Matrix read_weights(const fs::path& path) {
    const auto t = operands::read_npy_int(path.string());
    if (t.shape.size() < 2 || t.data.empty()) {
        throw base::Error(path.string() + ": error: expected weights of shape (M, ...)");
    }
    const std::size_t outputs = t.shape[0], features = t.data.size() / outputs;
    golden::Matrix w{features, outputs, std::vector<std::int64_t>(t.data.size())};
    for (std::size_t m = 0; m < outputs; ++m) {
        for (std::size_t k = 0; k < features; ++k) w(k, m) = t.data[m * features + k];
    }
    return w;
}

std::vector<std::int64_t> read_thresholds(const fs::path& path, std::size_t outputs) {
    auto t = operands::read_npy_int(path.string());
    if (t.data.size() == outputs) return std::move(t.data);
    throw base::Error(fmt::format("{}: error: found {} thresholds; expected {}", path.string(),
                                    t.data.size(), outputs));
}

void read_affine(const fs::path& path, Layer& layer) {
    const auto t = operands::read_npy_float(path.string());
    const std::size_t outputs = layer.weights.cols;
    if (t.shape != std::vector<std::size_t>{2, outputs}) {
        throw base::Error(path.string() + ": error: expected shape (2, M)");
    }
    for (std::size_t m = 0; m < outputs; ++m) {
        layer.gain.push_back(static_cast<float>(t.data[m]));
        layer.shift.push_back(static_cast<float>(t.data[outputs + m]));
    }
}

Layer read_layer(const fs::path& folder, const nlohmann::json& j) {
    Layer layer;
    layer.name = j.at("name");
    layer.kernel = j.value("kernel", 0);
    layer.stride = j.value("stride", 1);
    layer.pool = j.value("pool", 1);
    layer.weights = read_weights(folder / (layer.name + "_w.npy"));
    const fs::path thresholds = folder / (layer.name + "_t.npy"),
                   affine = folder / (layer.name + "_a.npy");
    if (fs::exists(thresholds)) {
        layer.thresholds = read_thresholds(thresholds, layer.weights.cols);
        // A count p of agreeing bits is the sum 2p - K: p > t is sum >= 2(t + 1) - K.
        if (j.value("popcount", false)) {
            for (std::int64_t& t : layer.thresholds) {
                t = 2 * (t + 1) - static_cast<std::int64_t>(layer.weights.rows);
            }
        }
    }
    if (fs::exists(affine)) read_affine(affine, layer);
    return layer;
}

Input read_input(const fs::path& folder, const nlohmann::json& j) {
    Input input;
    input.kind = j.at("kind");
    input.height = j.at("height");
    input.width = j.at("width");
    if (input.kind == "levels") input.levels = j.at("levels").get<std::vector<int>>();
    if (input.kind == "cifar10") {
        const std::string first = j.at("layer");
        input.weights = read_weights(folder / (first + "_w.npy"));
        input.thresholds = read_thresholds(folder / (first + "_t.npy"), input.weights.cols);
    }
    return input;
}

}  // namespace

Network read_network(const fs::path& folder) {
    std::ifstream file(folder / "network.json");
    if (!file) throw base::Error((folder / "network.json").string() + ": error: cannot be read");
    try {
        const auto j = nlohmann::json::parse(file);
        Network network{read_input(folder, j.at("input")), {}};
        for (const auto& layer : j.at("layers"))
            network.layers.push_back(read_layer(folder, layer));
        return network;
    } catch (const nlohmann::json::exception& e) {
        throw base::Error((folder / "network.json").string() + ": error: " + e.what());
    }
}

}  // namespace bnn
