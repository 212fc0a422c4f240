// SPDX-License-Identifier: Apache-2.0
/// `cimrtl net`: a model on a macro, over a file of images.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "generator/load.hpp"
#include "network/images.hpp"
#include "network/mapping.hpp"

namespace network {

struct SessionOptions {
    std::string model, config, data, labels, calibration, out_dir;
    std::optional<std::string> config_text;  ///< in place of the file's, which then names it only
    std::vector<generator::Override> overrides;
    Preparation preparation;
    std::optional<std::size_t>
        calibrate;  ///< images that calibrate; 64, or the whole file of its own
    MappingOptions mapping;
    std::vector<std::string> digital;                                 ///< names of layers
    std::vector<std::pair<std::string, generator::Override>> layers;  ///< NAME:key=value
    std::size_t rtl_vectors = 0, chips = 1, batch = 0;
    std::size_t images = 0;  ///< the first of data; 0: all
    unsigned threads = 0;    ///< 0: all cores
    bool resume = false, progress = false;
};

/// Share of images with its 95 % interval.
struct Share {
    std::uint64_t hits = 0, of = 0;
    double value() const { return of ? static_cast<double>(hits) / static_cast<double>(of) : 0; }
    /// Wilson's interval.
    std::pair<double, double> interval() const;
};

struct LayerReport {
    std::string name, type, dialect;
    bool digital = false;
    std::size_t depth = 0, outputs = 0, groups = 1,
                vectors = 0;  ///< K, M of a group, vectors an image
    std::uint64_t macs = 0;   ///< an image
    LayerTotals totals;
    std::uint64_t steps = 0, cycles = 0;
    int adc_bits = 0, adc_bits_no_clip = 0;
    generator::Rational step;
    bool counts_steps = true;
};

struct ChipReport {
    std::uint64_t seed = 0;
    Share top1, same;
};

struct Report {
    std::string model, graph, config, scheme, data;
    std::uint64_t images = 0, done = 0, classes = 0;
    std::uint64_t seed = 0;  ///< of the (first) chip
    bool labelled = false, interrupted = false;
    Share top1, top5, float_top1, float_top5, same;
    /// Of the first chip: greatest difference of a logit from the network's that runs digitally,
    /// and the greatest of the latter's.
    double logit_difference = 0, greatest_logit = 0;
    std::vector<LayerReport> layers;
    std::vector<ChipReport> chips;  ///< the first and the further ones; empty for one
    std::vector<float> logits;      ///< (done, classes)
    /// Of this call; in no file. In all, in golden, in the network that runs digitally.
    double seconds = 0, macro_seconds = 0, reference_seconds = 0;
};

struct Spread {
    double mean = 0, deviation = 0, worst = 0;
};
/// Top 1 over the chips (same class as float where there are no labels); of one, its own.
Spread spread(const Report& report);

/// Runs all; writes report.json, report.md, report.html and logits.npy into out_dir unless it is
/// empty or the run was interrupted. Throws base::Error for bad inputs, before any work where it
/// can be known then; a failure leaves nothing behind.
Report run_session(const SessionOptions& options);

/// The layers of a model, as a table and as JSON: name, type, dialect, K, M, vectors an image,
/// MACs.
struct LayerList {
    std::string table, json;
};
LayerList list_layers(const std::string& model, const std::string& data,
                      const Preparation& preparation);

std::string report_json(const Report& report);
std::string report_markdown(const Report& report);
std::string report_html(const Report& report);

}  // namespace network
