#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "cimrtl/diagnostic.hpp"
#include "cimrtl/scheme.hpp"
#include "cosim/output_paths.hpp"
#include "cosim/quantize.hpp"
#include "npy_header.hpp"
#include "npy_pending.hpp"

namespace cosim {

namespace fs = std::filesystem;

namespace {

/// A matrix of floats or integers; errors here name the file, which quantize() does not know.
Tensor<double> read_matrix(const std::string& path, std::string_view expected) {
    Tensor<double> t;
    if (npy_is_float(path)) {
        t = read_npy_float(path);
    } else {
        const Tensor<std::int64_t> integers = read_npy_int(path);
        t = {integers.shape, {integers.data.begin(), integers.data.end()}};
    }
    if (t.shape.size() == 2 && t.shape[0] > 0 && t.shape[1] > 0) return t;
    throw cimrtl::Error(fmt::format("{}: error: found shape {}; expected {}, none of them 0", path,
                                    shape_text(t.shape), expected));
}

/// JSON has no infinity: the SQNR of an exact tensor is written as null.
std::string scales_json(const cimrtl::Config& config, const Quantized& q) {
    nlohmann::ordered_json json;
    json["scheme"] = config.scheme;
    json["input_scale"] = q.input_scale;
    json["input_zero_point"] = q.input_zero_point;
    json["weight_scale"] = q.weight_scale;
    json["output_scale"] = q.output_scale;
    json["adc_step"] = {config.adc.step.num, config.adc.step.den};
    json["input_sqnr_db"] = q.input_sqnr_db;
    json["weight_sqnr_db"] = q.weight_sqnr_db;
    if (!q.operands.empty()) {
        json["partial_sum_sqnr_db"] = q.partial_sum_sqnr_db;
        json["partial_sum_sqnr_max_abs_db"] = q.max_abs_sqnr_db;
    }
    return json.dump(2) + "\n";
}

/// A folder, and those above it, made if absent. What it made and is empty in the end, because the
/// work failed, is removed.
class OutputFolder {
  public:
    explicit OutputFolder(const std::string& path) {
        fs::path missing = fs::path(path).lexically_normal();
        if (!missing.has_filename()) missing = missing.parent_path();
        for (std::error_code none; !missing.empty() && !fs::exists(missing, none);) {
            made_.push_back(missing);
            missing = missing.parent_path();
        }
        std::error_code error;
        fs::create_directories(path, error);
        const bool is_folder = !error && fs::is_directory(path, error);
        if (is_folder && access(path.c_str(), W_OK | X_OK) != 0) {
            error = {errno, std::generic_category()};
        }
        if (error || !is_folder) {
            undo();
            throw cimrtl::Error(fmt::format(
                "{}: error: cannot be a folder: {}; expected a folder or an unused name", path,
                error ? error.message() : "it is a file"));
        }
    }
    ~OutputFolder() { undo(); }
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

  private:
    void undo() {
        std::error_code ignored;  // not empty: the work succeeded
        for (const fs::path& p : made_) fs::remove(p, ignored);
    }
    std::vector<fs::path> made_;
};

/// Names of all that some scheme and some config write.
std::vector<std::string> output_names() {
    std::vector<std::string> names = {"weights.npy", "inputs.npy", "scales.json"};
    for (const auto& scheme : cimrtl::schemes()) {
        for (const auto* spec : cimrtl::operands_of(*scheme)) {
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
        for (const NamedPath& in : {NamedPath{"weights", weights}, {"inputs", inputs}}) {
            if (!same_file(output, in.path)) continue;
            throw cimrtl::Error(
                fmt::format("error: --output: found {}, where {} would replace "
                            "--{}; expected another folder",
                            out_dir, output, in.option));
        }
    }
}

void write_all(const cimrtl::Config& config, const Quantized& q, const std::string& out_dir) {
    const auto in = [&](const char* name) { return (fs::path(out_dir) / name).string(); };
    std::vector<PendingFile> files;
    files.emplace_back(in("weights.npy"), encode_npy(q.weights));
    files.emplace_back(in("inputs.npy"), encode_npy(q.inputs));
    for (const auto& [name, tensor] : q.operands) {
        files.emplace_back(in((name + ".npy").c_str()), encode_npy(tensor));
    }
    if (config.accumulator.bias) {
        Tensor<std::int64_t> bias{{q.weights.shape[1]}, q.bias};
        bias.data.resize(bias.shape[0]);
        files.emplace_back(in("bias.npy"), encode_npy(bias));
    }
    files.emplace_back(in("scales.json"), scales_json(config, q));
    for (PendingFile& file : files) file.commit();
    std::error_code error;
    if (!config.accumulator.bias && !fs::remove(in("bias.npy"), error) && error) {
        throw cimrtl::Error(
            fmt::format("{}: error: cannot be removed: {}", in("bias.npy"), error.message()));
    }
}

}  // namespace

Quantized quantize_files(const cimrtl::Config& config, const std::string& weights,
                         const std::string& inputs, const std::string& out_dir,
                         const QuantizeOptions& options) {
    check_apart(weights, inputs, out_dir);
    const OutputFolder folder(out_dir);
    const Tensor<double> w = read_matrix(weights, "(K, M)");
    const Tensor<double> x = read_matrix(inputs, "(V, K)");
    Quantized q = [&] {
        try {
            return quantize(config, w, x, options);
        } catch (const cimrtl::Error& e) {
            // quantize() begins a message with the tensor's name
            const std::string_view message = e.what();
            for (const auto& [name, path] : {std::pair{"weights", &weights}, {"inputs", &inputs}}) {
                const std::string prefix = fmt::format("{}: ", name);
                if (!message.starts_with(prefix)) continue;
                throw cimrtl::Error(*path + ": " + std::string(message.substr(prefix.size())));
            }
            throw;
        }
    }();
    write_all(config, q, out_dir);
    return q;
}

}  // namespace cosim
