/// run_bnn: a whole binary network through the binsparx scheme, layer by layer on the golden model;
/// its accuracy beside that of the same network in floats; a slice of each layer on the RTL, bit by
/// bit.
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>

#include "generator/design.hpp"
#include "base/error.hpp"
#include "generator/load.hpp"
#include "report.hpp"

namespace {

using namespace bnn;

struct Options {
    std::string network, config, images, labels;
    std::size_t limit = 0, rtl_vectors = 0, chunk = 100;
};

struct Totals {
    std::size_t right = 0, right_float = 0, alike = 0;
    bool has_float = true;
    std::vector<LayerCost> costs;
};

template <class T>
std::size_t greatest(const std::vector<T>& scores, std::size_t image, std::size_t classes) {
    const auto first = scores.begin() + static_cast<std::ptrdiff_t>(image * classes);
    return static_cast<std::size_t>(
        std::max_element(first, first + static_cast<std::ptrdiff_t>(classes)) - first);
}

/// Some images through the network, golden (and RTL) and float.
void run_chunk(const Options& o, const Network& network, const Images& images, std::size_t first,
               std::size_t count, Totals& totals) {
    Maps x = encode(network.input, images, first, count), f = x;
    std::vector<std::int64_t> scores;
    std::vector<float> by_float;
    const std::size_t classes = network.layers.back().weights.cols;
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const Layer& layer = network.layers[i];
        const auto config = config_for(o.config, !layer.thresholds.empty());
        x = forward(config, layer, x, totals.costs[i], scores, first == 0 ? o.rtl_vectors : 0);
        if (totals.has_float) f = forward_float(layer, f, by_float);
    }
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t label = images.labels[first + i], found = greatest(scores, i, classes);
        totals.right += found == label;
        if (!totals.has_float) continue;
        const std::size_t other = greatest(by_float, i, classes);
        totals.right_float += other == label;
        totals.alike += other == found;
    }
}

/// The macro, and its ADCs with and without the scheme.
std::string notes(const std::string& path) {
    const auto design = [&](const std::string& sparse) {
        return generator::elaborate(generator::load_config_file(
            path, {{"binsparx.weights", sparse}, {"binsparx.activations", sparse}}));
    };
    const generator::Design d = design("true");
    return fmt::format(
        "Groups of {} rows: ones and v are means of a group's vector, column and sum; in brackets "
        "against the same group without the scheme. ADC bits: enough for the greatest v met; "
        "whatever the data, {} and without the scheme {}.\n",
        d.config.array.active_rows, d.adc.bits, design("false").adc.bits);
}

/// True if the RTL agreed wherever it ran.
bool report(const Options& o, const Network& network, const Images& images, const Totals& t) {
    const auto percent = [&](std::size_t n) {
        return 100 * static_cast<double>(n) / static_cast<double>(images.count);
    };
    fmt::print("{} images, golden: {:.2f} % right", images.count, percent(t.right));
    if (t.has_float) {
        fmt::print("; the same network in floats: {:.2f} %, the same class for {} of {}",
                   percent(t.right_float), t.alike, images.count);
    }
    fmt::print(".\n\n{}\n", table(network, t.costs));
    std::size_t outputs = 0;
    std::uint64_t cycles = 0, clipped = 0;
    bool equal = true;
    for (std::size_t i = 0; i < t.costs.size(); ++i) {
        outputs += t.costs[i].rtl_outputs;
        cycles += t.costs[i].rtl_cycles;
        clipped += t.costs[i].adc_clipped;
        if (t.costs[i].rtl_mismatch.empty()) continue;
        fmt::print(stderr, "error: {}: golden and RTL differ\n{}", network.layers[i].name,
                   t.costs[i].rtl_mismatch);
        equal = false;
    }
    fmt::print("{}Codes clipped at an ADC: {}.\n", notes(o.config), clipped);
    if (o.rtl_vectors > 0 && equal) {
        fmt::print(
            "RTL: up to {} vectors of each layer, {} outputs in {} cycles: all equal golden's.\n",
            o.rtl_vectors, outputs, cycles);
    }
    return equal;
}

int run(const Options& o) {
    const Network network = read_network(o.network);
    const Images images = network.input.kind == "cifar10" ? read_cifar10(o.images, o.limit)
                                                          : read_idx(o.images, o.labels, o.limit);
    Totals totals;
    totals.costs.resize(network.layers.size());
    for (const Layer& layer : network.layers) {
        totals.has_float = totals.has_float && layer.gain.empty() == layer.thresholds.empty();
    }
    const bool progress = isatty(STDERR_FILENO);
    for (std::size_t first = 0; first < images.count; first += o.chunk) {
        run_chunk(o, network, images, first, std::min(o.chunk, images.count - first), totals);
        if (progress) fmt::print(stderr, "\r\033[K{} of {} images", first, images.count);
    }
    if (progress) fmt::print(stderr, "\r\033[K");
    return report(o, network, images, totals) ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"A whole binary network through the binsparx scheme.", "run_bnn"};
    Options o;
    app.add_option("network", o.network, "folder with network.json")->required()->type_name("DIR");
    app.add_option("--config", o.config, "YAML of a binsparx macro")
        ->required()
        ->type_name("CONFIG");
    app.add_option("--images", o.images, "gzipped IDX file, or CIFAR-10 records")
        ->required()
        ->type_name("F");
    app.add_option("--labels", o.labels, "gzipped IDX file")->type_name("F");
    app.add_option("--limit", o.limit, "take the first N images only")->type_name("N");
    app.add_option("--rtl", o.rtl_vectors, "the first V vectors of each layer also on the RTL")
        ->type_name("V");
    app.add_option("--chunk", o.chunk, "images at a time (default 100)")
        ->check(CLI::Range(1, 10000))
        ->type_name("N");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? 0 : 2;
    }
    try {
        return run(o);
    } catch (const std::exception& e) {
        fmt::print(stderr, "{}\n", e.what());
    }
    return 1;
}
