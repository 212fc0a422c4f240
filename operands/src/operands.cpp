// SPDX-License-Identifier: Apache-2.0
#include "operands/operands.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "operands/npy.hpp"
#include "operands/npy_header.hpp"

namespace operands {

namespace {

using Integers = Tensor<std::int64_t>;

Integers read_matrix(const std::string& path, std::string_view what) {
    Integers t = read_npy_int(path);
    if (t.shape.size() != 2) {
        throw base::Error(
            fmt::format("{}: error: found shape {}; expected {}", path, shape_text(t.shape), what));
    }
    if (t.shape[0] == 0 || t.shape[1] == 0) {
        throw base::Error(fmt::format("{}: error: found shape {}; expected no empty dimension",
                                      path, shape_text(t.shape)));
    }
    return t;
}

std::string range_text(const generator::ValueRange& range) {
    if (range.stride == 1) return fmt::format("{} to {}", range.min, range.max);
    if (range.max - range.min == range.stride) {
        return fmt::format("{} or {}", range.min, range.max);
    }
    return fmt::format("{} to {} in steps of {}", range.min, range.max, range.stride);
}

void check_range(const std::string& path, const Integers& t, const generator::ValueRange& range,
                 std::string_view why) {
    for (std::size_t i = 0; i < t.data.size(); ++i) {
        if (range.holds(t.data[i])) continue;
        throw base::Error(fmt::format("{}: error: {}: found {}; expected {} ({})", path,
                                      index_text(t.shape, i), t.data[i], range_text(range), why));
    }
}

golden::Matrix to_matrix(Integers t) {
    return {.rows = t.shape[0], .cols = t.shape[1], .data = std::move(t.data)};
}

std::string_view shape_words(generator::OperandShape shape) {
    switch (shape) {
        case generator::OperandShape::outputs:
            return "(M,)";
        case generator::OperandShape::tile_planes:
            return "(T, planes)";
        case generator::OperandShape::tile_plane_outputs:
            return "(T, planes, M)";
        case generator::OperandShape::cells:
            return "(banks or 1, rows, outputs*planes)";
        case generator::OperandShape::adcs:
            return "(ADCs,)";
        case generator::OperandShape::adc_codes:
            return "(ADCs, 2^adc.bits)";
    }
    return "";
}

/// Values that have to agree along an axis do.
void check_constant(const std::string& path, const Integers& t,
                    const generator::OperandRule& rule) {
    const std::size_t axes = t.shape.size();
    const bool by[3] = {rule.by_tile, rule.by_plane, rule.by_output};
    for (std::size_t axis = 0; axis < axes; ++axis) {
        if (by[axes == 1 ? 2 : axis]) continue;
        std::size_t stride = 1;
        for (std::size_t inner = axis + 1; inner < axes; ++inner) stride *= t.shape[inner];
        for (std::size_t i = stride; i < t.data.size(); ++i) {
            if (i / stride % t.shape[axis] == 0 || t.data[i] == t.data[i - stride]) continue;
            throw base::Error(fmt::format(
                "{}: error: {}: found {}; expected {} as at {}: one value along this axis ({})",
                path, index_text(t.shape, i), t.data[i], t.data[i - stride],
                index_text(t.shape, i - stride), rule.why));
        }
    }
}

/// "; dimension 1 is 64 there and 32 here"; nothing if the number of dimensions differs.
std::string differing_axis(const std::vector<std::size_t>& found,
                           const std::vector<std::size_t>& expected) {
    if (found.size() != expected.size() || found.size() < 2) return {};
    std::string text;
    for (std::size_t axis = 0; axis < found.size(); ++axis) {
        if (found[axis] == expected[axis]) continue;
        text += fmt::format("; dimension {} is {} in the file and {} in the config", axis,
                            found[axis], expected[axis]);
    }
    return text;
}

/// One operand; empty if the config does not ask for it and none is given.
std::vector<std::int64_t> read_operand(const generator::Design& d,
                                       const generator::OperandSpec& spec,
                                       const OperandFiles& files, std::size_t tiles,
                                       std::size_t outputs) {
    const generator::OperandRule rule = spec.rule(d);
    const auto file = files.further.find(std::string(spec.name));
    const bool given = file != files.further.end();
    if (given && !rule.taken) {
        throw base::Error(
            fmt::format("error: --{0}: not taken by this config, which has {1}; "
                        "expected no --{0}",
                        spec.name, rule.why));
    }
    if (!given) return {};
    Integers t = read_npy_int(file->second);
    auto shape = operand_shape(d, spec.shape, tiles, outputs);
    const bool for_all_banks = spec.shape == generator::OperandShape::cells &&
                               t.shape.size() == shape.size() && t.shape[0] == 1;
    if (for_all_banks) shape[0] = 1;
    if (t.shape != shape) {
        throw base::Error(fmt::format("{}: error: found shape {}; expected {}, that is {}{}",
                                      file->second, shape_text(t.shape), shape_text(shape),
                                      shape_words(spec.shape),
                                      spec.measured ? differing_axis(t.shape, shape) : ""));
    }
    check_range(file->second, t, {rule.min, rule.max, 1}, rule.why);
    check_constant(file->second, t, rule);
    return std::move(t.data);
}

/// All operands that are needed are given.
void check_complete(const generator::Design& d, const OperandFiles& files) {
    std::string missing;
    for (const auto* spec : generator::operands_of(generator::scheme_of(d.config))) {
        const generator::OperandRule rule = spec->rule(d);
        if (!rule.required || files.further.contains(std::string(spec->name))) continue;
        missing += fmt::format("{}error: --{}: missing; expected a file of shape {}, {}",
                               missing.empty() ? "" : "\n", spec->name, shape_words(spec->shape),
                               rule.always ? fmt::format("which scheme {} needs", d.config.scheme())
                                           : "since the config has " + rule.why);
    }
    if (!missing.empty()) throw base::Error(missing);
}

void check_taken(const generator::Scheme& scheme, const OperandFiles& files) {
    const auto specs = generator::operands_of(scheme);
    for (const auto& further : files.further) {
        const std::string& name = further.first;
        const bool known =
            std::ranges::any_of(specs, [&](const auto* s) { return s->name == name; });
        if (known) continue;
        throw base::Error(fmt::format("error: --{0}: not taken by scheme {1}; expected no --{0}",
                                      name, scheme.name()));
    }
}

}  // namespace

std::vector<std::size_t> operand_shape(const generator::Design& d, generator::OperandShape shape,
                                       std::size_t tiles, std::size_t outputs) {
    const auto planes = static_cast<std::size_t>(d.planes);
    switch (shape) {
        case generator::OperandShape::outputs:
            return {outputs};
        case generator::OperandShape::tile_planes:
            return {tiles, planes};
        case generator::OperandShape::tile_plane_outputs:
            return {tiles, planes, outputs};
        case generator::OperandShape::cells:
            return {static_cast<std::size_t>(d.config.array.banks),
                    static_cast<std::size_t>(d.config.array.rows),
                    static_cast<std::size_t>(d.columns)};
        case generator::OperandShape::adcs:
            return {static_cast<std::size_t>(d.adcs)};
        case generator::OperandShape::adc_codes:
            return {static_cast<std::size_t>(d.adcs), std::size_t{1} << d.adc.bits};
    }
    return {};
}

golden::Operands read_given(const generator::Design& d, const OperandFiles& files,
                            std::size_t tiles, std::size_t outputs) {
    const generator::Scheme& scheme = generator::scheme_of(d.config);
    check_taken(scheme, files);
    golden::Operands operands;
    for (const generator::OperandSpec* spec : generator::operands_of(scheme))
        *find_operand(operands, spec->name) = read_operand(d, *spec, files, tiles, outputs);
    return operands;
}

golden::Operands read_operands(const generator::Design& d, const OperandFiles& files) {
    const generator::Config& config = d.config;
    const generator::Scheme& scheme = generator::scheme_of(config);
    check_taken(scheme, files);
    check_complete(d, files);
    Integers x = read_matrix(files.inputs, "(V, K)");
    Integers w = read_matrix(files.weights, "(K, M)");
    if (w.shape[0] != x.shape[1]) {
        throw base::Error(
            fmt::format("{}: error: found shape {} beside inputs of shape {}; expected K = {} rows",
                        files.weights, shape_text(w.shape), shape_text(x.shape), x.shape[1]));
    }
    const std::string why = fmt::format("the range of scheme {}", config.scheme());
    check_range(files.inputs, x, scheme.input_range(config), why + " inputs");
    check_range(files.weights, w, scheme.weight_range(config), why + " weights");
    const auto rows = static_cast<std::size_t>(config.array.rows);
    const std::size_t tiles = (x.shape[1] + rows - 1) / rows;
    if (tiles > static_cast<std::size_t>(config.accumulator.max_tiles)) {
        throw base::Error(
            fmt::format("{}: error: K = {} features on {} rows are {} tiles; expected at most "
                        "accumulator.max_tiles = {}",
                        files.inputs, x.shape[1], rows, tiles, config.accumulator.max_tiles));
    }
    golden::Operands operands = read_given(d, files, tiles, w.shape[1]);
    operands.inputs = to_matrix(std::move(x));
    operands.weights = to_matrix(std::move(w));
    return operands;
}

}  // namespace operands
