// SPDX-License-Identifier: Apache-2.0
/// What tells an interrupted run from another.
#include <fmt/format.h>

#include <set>

#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/version.hpp"
#include "checkpoint.hpp"
#include "layer_macros.hpp"

namespace network {

namespace {

/// Files of `--layer NAME:alpha=…`, and the constants of the model that lie beside it.
std::set<std::string> further_files(const SessionOptions& o, const Model& model) {
    std::set<std::string> files(model.external.begin(), model.external.end());
    for (const auto& [name, setting] : o.layers) {
        if (is_layer_file(setting.path)) files.insert(setting.value);
    }
    return files;
}

}  // namespace

std::string checkpoint_key(const SessionOptions& o, const Model& model) {
    std::string text = fmt::format("{} {}", base::version(), base::program_hash());
    for (const std::string* path : {&o.model, &o.config, &o.data, &o.labels, &o.calibration}) {
        text += path->empty() ? "|" : "|" + base::sha256(base::bytes_of(*path));
    }
    for (const std::string& path : further_files(o, model))
        text += fmt::format("|{}={}", path, base::sha256(base::bytes_of(path)));
    text += "|" + o.config_text.value_or("");
    for (const auto& s : o.overrides) text += fmt::format("|{}={}", s.path, s.value);
    for (const auto& [name, s] : o.layers) text += fmt::format("|{}:{}={}", name, s.path, s.value);
    for (const auto& name : o.digital) text += "|" + name;
    text += fmt::format("|{} {} {} {} {} {} {} {} {}", o.mapping.requantize, o.mapping.per_output,
                        o.mapping.integer, o.calibrate.value_or(0), o.preparation.scale,
                        o.preparation.channels_last, o.rtl_vectors, o.chips, o.images);
    for (const double x : o.preparation.mean) text += fmt::format("|{}", x);
    for (const double x : o.preparation.std) text += fmt::format("/{}", x);
    return base::sha256(text);
}

}  // namespace network
