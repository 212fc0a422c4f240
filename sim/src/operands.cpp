#include "cosim/operands.hpp"

#include <fmt/format.h>

#include "cimrtl/diagnostic.hpp"
#include "cimrtl/scheme.hpp"
#include "cosim/npy.hpp"
#include "npy_header.hpp"

namespace cosim {

namespace {

using Integers = Tensor<std::int64_t>;

Integers read_matrix(const std::string& path, std::string_view what) {
    Integers t = read_npy_int(path);
    if (t.shape.size() != 2) {
        throw cimrtl::Error(fmt::format("{}: error: found shape {}; expected {}", path,
                                        shape_text(t.shape), what));
    }
    if (t.shape[0] == 0 || t.shape[1] == 0) {
        throw cimrtl::Error(fmt::format("{}: error: found shape {}; expected no empty dimension",
                                        path, shape_text(t.shape)));
    }
    return t;
}

void check_range(const std::string& path, const Integers& t,
                 std::pair<std::int64_t, std::int64_t> range, std::string_view why) {
    for (std::size_t i = 0; i < t.data.size(); ++i) {
        if (t.data[i] >= range.first && t.data[i] <= range.second) continue;
        throw cimrtl::Error(fmt::format("{}: error: {}: found {}; expected {} to {} ({})", path,
                                        index_text(t.shape, i), t.data[i], range.first, range.second, why));
    }
}

golden::Matrix to_matrix(Integers t) {
    return {.rows = t.shape[0], .cols = t.shape[1], .data = std::move(t.data)};
}

std::vector<std::int64_t> read_bias(const cimrtl::Config& config, int accumulator_bits,
                                    const OperandFiles& files, std::size_t outputs) {
    if (!config.accumulator.bias) {
        if (files.bias) {
            throw cimrtl::Error("error: --bias: the config has accumulator.bias: false; expected "
                                "no --bias, or accumulator.bias: true");
        }
        return {};
    }
    if (!files.bias) {
        throw cimrtl::Error("error: --bias: missing; expected a file of shape (M,), since the "
                            "config has accumulator.bias: true");
    }
    const Integers t = read_npy_int(*files.bias);
    if (t.shape != std::vector<std::size_t>{outputs}) {
        throw cimrtl::Error(fmt::format("{}: error: found shape {}; expected ({},), one value per "
                                        "column of the weights",
                                        *files.bias, shape_text(t.shape), outputs));
    }
    const std::int64_t half = std::int64_t{1} << (accumulator_bits - 1);
    check_range(*files.bias, t, {-half, half - 1},
                fmt::format("accumulator.bits = {}", accumulator_bits));
    return t.data;
}

}  // namespace

golden::Operands read_operands(const cimrtl::Config& config, int accumulator_bits,
                               const OperandFiles& files) {
    const cimrtl::Scheme& scheme = *cimrtl::find_scheme(config.scheme);
    Integers x = read_matrix(files.inputs, "(V, K)");
    Integers w = read_matrix(files.weights, "(K, M)");
    if (w.shape[0] != x.shape[1]) {
        throw cimrtl::Error(fmt::format(
            "{}: error: found shape {} beside inputs of shape {}; expected K = {} rows",
            files.weights, shape_text(w.shape), shape_text(x.shape), x.shape[1]));
    }
    const std::string why = "range of scheme " + config.scheme;
    check_range(files.inputs, x, scheme.input_range(config), why + " inputs");
    check_range(files.weights, w, scheme.weight_range(config), why + " weights");
    const std::size_t rows = static_cast<std::size_t>(config.array.rows);
    const std::size_t tiles = (x.shape[1] + rows - 1) / rows;
    if (tiles > static_cast<std::size_t>(config.accumulator.max_tiles)) {
        throw cimrtl::Error(fmt::format(
            "{}: error: K = {} features on {} rows are {} tiles; expected at most "
            "accumulator.max_tiles = {}",
            files.inputs, x.shape[1], rows, tiles, config.accumulator.max_tiles));
    }
    golden::Operands operands;
    operands.bias = read_bias(config, accumulator_bits, files, w.shape[1]);
    operands.inputs = to_matrix(std::move(x));
    operands.weights = to_matrix(std::move(w));
    return operands;
}

}  // namespace cosim
