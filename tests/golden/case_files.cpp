// SPDX-License-Identifier: Apache-2.0
#include "case_files.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "cases.hpp"

namespace golden_test {
namespace {

namespace fs = std::filesystem;

std::int64_t element(const char* bytes, char kind, std::size_t size) {
    std::uint64_t value = 0;
    std::memcpy(&value, bytes, size);
    const std::size_t unused = 64 - 8 * size;
    if (kind == 'i') return static_cast<std::int64_t>(value << unused) >> unused;
    return static_cast<std::int64_t>(value);
}

/// The text after 'key': in a .npy header.
std::string header_field(const std::string& header, const std::string& key) {
    const std::size_t at = header.find("'" + key + "':");
    if (at == std::string::npos) throw std::runtime_error("npy: no " + key);
    return header.substr(at + key.size() + 3);
}

void read_step(const YAML::Node& node, golden::Spec& spec) {
    const std::string text = node.as<std::string>();
    const std::size_t slash = text.find('/');
    spec.step_num = std::stoi(text.substr(0, slash));
    spec.step_den = slash == std::string::npos ? 1 : std::stoi(text.substr(slash + 1));
}

std::optional<int> width(const YAML::Node& node) {
    if (!node || node.as<std::string>() == "auto") return std::nullopt;
    return node.as<int>();
}

void read_zebra(const YAML::Node& pattern, golden::Spec& spec) {
    if (pattern && pattern.IsMap()) {
        zebra_of(spec).base = pattern["base"].as<std::vector<int>>();
        zebra_of(spec).ratio = pattern["ratio"].as<int>();
        return;
    }
    const golden::Spec named = zebra(1, pattern ? pattern.as<std::string>() : "option1");
    spec.own = named.own;
}

template <class T>
void read_key(const YAML::Node& section, const char* key, T& value) {
    if (section && section[key]) value = section[key].as<T>();
}

void read_bfp(const YAML::Node& section, golden::Spec& spec) {
    bfp_of(spec).mantissa_max = std::min(4, spec.input_bits);
    std::string block = "static";
    read_key(section, "mantissa_bits", bfp_of(spec).mantissa_max);
    read_key(section, "block", block);
    bfp_of(spec).dynamic = block == "dynamic";
}

void read_column_quant(const YAML::Node& section, golden::Spec& spec) {
    auto& own = column_quant_of(spec);
    std::string signing = "differential";
    read_key(section, "cell_bits", own.cell_bits);
    read_key(section, "signing", signing);
    read_key(section, "dac_bits", own.dac_bits);
    read_key(section, "alpha_frac", own.alpha_frac);
    read_key(section, "scale_bits", own.scale_bits);
    read_key(section, "center", own.center);
    own.differential = signing == "differential";
}

void read_binsparx(const YAML::Node& section, golden::Spec& spec) {
    read_key(section, "weights", binsparx_of(spec).weights);
    read_key(section, "activations", binsparx_of(spec).activations);
    read_key(section, "threshold", binsparx_of(spec).threshold);
}

/// The scheme's own section, which may be absent.
void read_section(const YAML::Node& config, golden::Spec& spec) {
    const YAML::Node section = config[std::string(spec.scheme())];
    if (spec.scheme() == "bfp") read_bfp(section, spec);
    if (spec.scheme() == "binsparx") read_binsparx(section, spec);
    if (spec.scheme() == "column_quant") read_column_quant(section, spec);
    if (spec.scheme() == "zebra")
        read_zebra(section ? section["pattern"] : YAML::Node(YAML::NodeType::Undefined), spec);
}

/// A decimal to the nearest multiple of 2^-bits, half up, exactly.
std::int64_t read_sigma(const YAML::Node& section, const char* key, int bits) {
    if (!section || !section[key]) return 0;
    return static_cast<std::int64_t>(
        std::floor(std::ldexp(section[key].as<long double>(), bits) + 0.5L));
}

void read_analog(const YAML::Node& section, golden::Analog& analog) {
    std::string unit = "lsb", kind = "normal", per = "cell";
    read_key(section, "seed", analog.seed);
    read_key(section, "noise_unit", unit);
    read_key(section, "mismatch_kind", kind);
    read_key(section, "mismatch_per", per);
    analog.noise_in_v = unit == "v";
    analog.lognormal = kind == "lognormal";
    analog.per_unit = per == "unit";
    analog.noise = read_sigma(section, "noise", 16);
    analog.mismatch = read_sigma(section, "mismatch", 16);
    analog.ir_drop = read_sigma(section, "ir_drop", 32);
    analog.adc_offset = read_sigma(section, "adc_offset", 16);
    analog.adc_gain = read_sigma(section, "adc_gain", 16);
}

golden::Spec read_spec(const YAML::Node& config) {
    golden::Spec spec;
    static const std::map<std::string, golden::OwnParameters> schemes = {
        {"bfp", golden::bfp::Parameters{}},
        {"binsparx", golden::binsparx::Parameters{}},
        {"column_quant", golden::column_quant::Parameters{}},
        {"conventional", golden::conventional::Parameters{}},
        {"zebra", golden::zebra::Parameters{}},
    };
    spec.own = schemes.at(config["scheme"].as<std::string>());
    const YAML::Node array = config["array"];
    spec.rows = array["rows"].as<int>();
    spec.outputs = array["outputs"].as<int>();
    read_key(array, "banks", spec.banks);
    spec.active_rows = array["active_rows"] ? array["active_rows"].as<int>() : spec.rows;
    if (const YAML::Node adc = config["adc"]) {
        spec.adc_bits = width(adc["bits"]);
        if (adc["step"]) read_step(adc["step"], spec);
        read_key(adc, "share", spec.adc_share);
        read_key(adc, "correction_bits", spec.correction_bits);
    }
    if (const YAML::Node acc = config["accumulator"]) {
        spec.accumulator_bits = width(acc["bits"]);
        if (acc["max_tiles"]) spec.max_tiles = acc["max_tiles"].as<int>();
        if (acc["bias"]) spec.bias = acc["bias"].as<bool>();
        if (acc["chain"]) spec.chain = acc["chain"].as<bool>();
    }
    if (const YAML::Node input = config["input"]) {
        spec.input_bits = input["bits"].as<int>();
        if (input["signed"]) spec.input_signed = input["signed"].as<bool>();
    }
    if (const YAML::Node weight = config["weight"]) spec.weight_bits = weight["bits"].as<int>();
    if (const YAML::Node output = config["output"]) {
        spec.output.requant = output["mode"] && output["mode"].as<std::string>() == "requant";
        read_key(output, "bits", spec.output.bits);
        read_key(output, "signed", spec.output.is_signed);
        read_key(output, "multiplier_bits", spec.output.multiplier_bits);
    }
    read_analog(config["analog"], spec.analog);
    read_section(config, spec);
    return spec;
}

/// The further options of `cimrtl run`: tensors by file, and the mantissa.
void read_args(const fs::path& folder, Case& result) {
    const std::map<std::string, std::vector<std::int64_t> golden::Operands::*> tensors = {
        {"--bias", &golden::Operands::bias},
        {"--alpha", &golden::Operands::alpha},
        {"--scale", &golden::Operands::scale},
        {"--center", &golden::Operands::center},
        {"--threshold", &golden::Operands::threshold},
        {"--multiplier", &golden::Operands::multiplier},
        {"--shift", &golden::Operands::shift},
        {"--cell-gain", &golden::Operands::cell_gain},
        {"--adc-offset", &golden::Operands::adc_offset},
        {"--adc-gain", &golden::Operands::adc_gain},
        {"--adc-inl", &golden::Operands::adc_inl},
        {"--correction", &golden::Operands::correction},
    };
    std::ifstream file(folder / "args");
    std::string option, value;
    while (file >> option) {
        if (const std::size_t equals = option.find('='); equals != std::string::npos) {
            value = option.substr(equals + 1);
            option.resize(equals);
        } else {
            file >> value;
        }
        if (option == "--mantissa") {
            bfp_of(result.spec).mantissa = std::stoi(value);
        } else if (option == "--zero-point") {
            result.operands.output.zero_point = std::stoll(value);
        } else if (option == "--clamp") {
            const std::size_t comma = value.find(',');
            result.operands.output.clamp = {std::stoll(value), std::stoll(value.substr(comma + 1))};
        } else {
            result.operands.*tensors.at(option) = read_npy(folder / value).data;
        }
    }
}

}  // namespace

golden::Matrix read_npy(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.size() < 12 || bytes.compare(1, 5, "NUMPY") != 0)
        throw std::runtime_error(path.string() + " is no .npy file");
    const bool first_version = bytes[6] == 1;
    std::uint32_t length = 0;
    std::memcpy(&length, &bytes[8], first_version ? 2 : 4);
    const std::size_t begin = first_version ? 10 : 12;
    const std::string header = bytes.substr(begin, length);
    if (header_field(header, "fortran_order").find("True") < 3)
        throw std::runtime_error(path.string() + ": Fortran order");

    const std::string descr = header_field(header, "descr");
    const std::size_t quote = descr.find('\'');
    const char kind = descr.at(quote + 2);
    const auto size = static_cast<std::size_t>(descr.at(quote + 3) - '0');
    std::string shape = header_field(header, "shape");
    shape = shape.substr(shape.find('(') + 1, shape.find(')') - shape.find('(') - 1);
    golden::Matrix matrix{1, 1, {}};
    for (std::size_t at = 0; at < shape.size();
         at = std::min(shape.find(',', at), shape.size()) + 1) {
        if (shape.find_first_of("0123456789", at) == std::string::npos) break;
        matrix.rows *= std::exchange(matrix.cols, std::stoul(shape.substr(at)));
    }
    for (std::size_t i = 0; i < matrix.rows * matrix.cols; ++i)
        matrix.data.push_back(element(&bytes.at(begin + length + i * size), kind, size));
    return matrix;
}

Case read_case(const fs::path& folder) {
    const YAML::Node config = YAML::LoadFile((folder / "config.yaml").string());
    Case result;
    result.spec = read_spec(config);
    result.operands.inputs = read_npy(folder / "inputs.npy");
    result.operands.weights = read_npy(folder / "weights.npy");
    read_args(folder, result);
    result.expected = read_npy(folder / "expected.npy");
    return result;
}

}  // namespace golden_test
