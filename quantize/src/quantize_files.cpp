// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/made_folders.hpp"
#include "base/output_paths.hpp"
#include "generator/scheme.hpp"
#include "operands/npy_header.hpp"
#include "quantize/quantize.hpp"

namespace quantize {

namespace fs = std::filesystem;

namespace {

/// A matrix of floats or integers; errors here name the file, which quantize_layer() does not know.
operands::Tensor<double> read_matrix(const std::string& path, std::string_view expected) {
    operands::Tensor<double> t = operands::read_npy_real(path);
    if (t.shape.size() == 2 && t.shape[0] > 0 && t.shape[1] > 0) return t;
    throw base::Error(fmt::format("{}: error: found shape {}; expected {}, none of them 0", path,
                                  operands::shape_text(t.shape), expected));
}

/// JSON has no infinity: the SQNR of an exact tensor is written as null.
std::string scales_json(const generator::Config& config, const Quantized& q,
                        const std::optional<NextLayer>& next) {
    nlohmann::ordered_json json;
    json["scheme"] = config.scheme();
    json["input_scale"] = q.input_scale;
    json["input_zero_point"] = q.input_zero_point;
    json["weight_scale"] = q.weight_scale;
    json["output_scale"] = q.output_scale;
    const generator::Rational step = q.step.value_or(config.adc.step);
    json["adc_step"] = {step.num, step.den};
    json["input_sqnr_db"] = q.input_sqnr_db;
    json["weight_sqnr_db"] = q.weight_sqnr_db;
    if (!q.operands.empty()) {
        json["partial_sum_sqnr_db"] = q.partial_sum_sqnr_db;
        json["partial_sum_sqnr_max_abs_db"] = q.max_abs_sqnr_db;
        json["result_sqnr_db"] = q.result_sqnr_db;
    }
    if (next) {
        const Requantization& r = *q.requantization;
        json["next_scale"] = next->scale;
        json["zero_point"] = r.zero_point;
        json["clamp"] = {r.clamp.first, r.clamp.second};
    }
    return json.dump(2) + "\n";
}

operands::Tensor<std::int64_t> line(std::vector<std::int64_t> values) {
    return {{values.size()}, std::move(values)};
}

/// The folder of the outputs, made if absent; those made and empty in the end are removed.
class OutputFolder {
  public:
    explicit OutputFolder(const std::string& path) : path_(base::through_links(path)) {
        try {
            made_.emplace(path_);
        } catch (const fs::filesystem_error& e) {
            refuse(path, e.code().message());
        }
        if (!fs::is_directory(path_)) refuse(path, "it is a file");
        if (access(path_.c_str(), W_OK | X_OK) != 0) refuse(path, std::strerror(errno));
    }
    std::string file(const std::string& name) const { return (path_ / name).string(); }

  private:
    [[noreturn]] static void refuse(const std::string& path, std::string_view why) {
        throw base::Error(fmt::format(
            "{}: error: cannot be a folder: {}; expected a folder or an unused name", path, why));
    }
    fs::path path_;
    std::optional<base::MadeFolders> made_;
};

/// Names of all that some scheme and some config write.
std::vector<std::string> output_names() {
    std::vector<std::string> names = {"weights.npy", "inputs.npy", "scales.json"};
    for (const auto& scheme : generator::schemes()) {
        for (const auto* spec : generator::operands_of(*scheme)) {
            names.push_back(fmt::format("{}.npy", spec->name));
        }
    }
    return names;
}

/// None of the files to write is one that was read.
void check_apart(const std::string& weights, const std::string& inputs,
                 const std::string& out_dir) {
    for (const std::string& name : output_names()) {
        const std::string output = (fs::path(out_dir) / name).string();
        for (const base::NamedPath& in :
             {base::NamedPath{"weights", weights}, {"inputs", inputs}}) {
            if (!base::same_file(output, in.path)) continue;
            throw base::Error(
                fmt::format("error: --output: found {}, where {} would replace "
                            "--{}; expected another folder",
                            out_dir, output, in.option));
        }
    }
}

/// All of them or none; then what an earlier run wrote for another scheme goes.
void write_all(const generator::Config& config, const Quantized& q,
               const std::optional<NextLayer>& next, const OutputFolder& folder) {
    std::map<std::string, std::string> bytes = {{"weights.npy", operands::encode_npy(q.weights)},
                                                {"inputs.npy", operands::encode_npy(q.inputs)},
                                                {"scales.json", scales_json(config, q, next)}};
    for (const auto& [name, tensor] : q.operands) {
        bytes[name + ".npy"] = operands::encode_npy(tensor);
    }
    if (q.requantization) {
        bytes["multiplier.npy"] = operands::encode_npy(line(q.requantization->multiplier));
        bytes["shift.npy"] = operands::encode_npy(line(q.requantization->shift));
    }
    if (config.accumulator.bias) {
        operands::Tensor<std::int64_t> bias{{q.weights.shape[1]}, q.bias};
        bias.data.resize(bias.shape[0]);
        bytes["bias.npy"] = operands::encode_npy(bias);
    }
    std::vector<base::FileBytes> files;
    for (auto& [name, content] : bytes) files.push_back({folder.file(name), std::move(content)});
    const base::Uninterrupted all_or_none;
    base::write_together(std::move(files));
    for (const std::string& name : output_names()) {
        if (bytes.contains(name)) continue;
        std::error_code error;
        fs::remove(folder.file(name), error);
        if (error) {
            throw base::Error(fmt::format("{}: error: cannot be removed: {}", folder.file(name),
                                          error.message()));
        }
    }
}

/// What run would refuse.
void check_tiles(const generator::Config& config, const std::string& inputs,
                 const operands::Tensor<double>& x) {
    const auto rows = static_cast<std::size_t>(config.array.rows);
    const std::size_t tiles = (x.shape[1] + rows - 1) / rows;
    if (tiles <= static_cast<std::size_t>(config.accumulator.max_tiles)) return;
    throw base::Error(
        fmt::format("{}: error: K = {} features on {} rows are {} tiles; expected at most "
                    "accumulator.max_tiles = {}",
                    inputs, x.shape[1], rows, tiles, config.accumulator.max_tiles));
}

}  // namespace

Quantized quantize_files(const generator::Config& config, const std::string& weights,
                         const std::string& inputs, const std::string& out_dir,
                         const QuantizeOptions& options) {
    check_apart(weights, inputs, out_dir);
    const OutputFolder folder(out_dir);
    const operands::Tensor<double> w = read_matrix(weights, "(K, M)");
    const operands::Tensor<double> x = read_matrix(inputs, "(V, K)");
    check_tiles(config, inputs, x);
    Quantized q = [&] {
        try {
            return quantize_layer(config, w, x, options);
        } catch (const base::Error& e) {
            // quantize_layer() begins a message with the tensor's name
            const std::string_view message = e.what();
            for (const auto& [name, path] : {std::pair{"weights", &weights}, {"inputs", &inputs}}) {
                const std::string prefix = fmt::format("{}: ", name);
                if (!message.starts_with(prefix)) continue;
                throw base::Error(*path + ": " + std::string(message.substr(prefix.size())));
            }
            throw;
        }
    }();
    write_all(config, q, options.next, folder);
    return q;
}

}  // namespace quantize
