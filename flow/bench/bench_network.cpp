// SPDX-License-Identifier: Apache-2.0
// Where the time of `cimrtl net` goes: golden, the network in float beside it, and the rest
// (im2col, digital operators, copies, reading); golden's rate in the network beside its bare rate
// on random operands of the same shapes, in the same run. Wall time: on a busy machine look at the
// shares.
//   bench_network [MODEL.onnx X.npy CONFIG THREADS [KEY=VALUE ...]]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <exception>
#include <map>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "golden/fast/targets.hpp"
#include "measure.hpp"
#include "network/session.hpp"
#include "operands/operands.hpp"

namespace {

using bench::Shape;

constexpr int bare_runs = 3;
constexpr std::size_t piece_elements = std::size_t{1} << 22;  // as the network cuts its products

network::SessionOptions own_network() {
    const std::string source = CIMRTL_SOURCE_DIR;
    network::SessionOptions o;
    o.model = source + "/tests/data/models/fashion_float.onnx";
    o.data = source + "/tests/data/models/fashion_images.npy";
    o.config = source + "/generator/configs/conventional_64x16.yaml";
    o.overrides = {{"adc.bits", "6"}, {"adc.step", "2"}};
    o.threads = 2;
    return o;
}

network::SessionOptions from_arguments(int argc, char** argv) {
    network::SessionOptions o;
    o.model = argv[1];
    o.data = argv[2];
    o.config = argv[3];
    o.threads = static_cast<unsigned>(std::stoul(argv[4]));
    for (int n = 5; n < argc; ++n) {
        const std::string text = argv[n];
        const std::size_t at = text.find('=');
        if (at == text.npos) throw std::runtime_error(text + ": expected KEY=VALUE");
        o.overrides.push_back({text.substr(0, at), text.substr(at + 1)});
    }
    return o;
}

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// Seconds that golden alone takes for the vectors of a shape, the best of several runs.
double bare_seconds(const golden::Spec& spec, const Shape& shape, unsigned threads) {
    Shape piece = shape;
    piece.vectors = std::clamp<std::size_t>(
        piece_elements / std::max(shape.features, shape.outputs), 1, shape.vectors);
    const golden::Operands operands = bench::random_operands(spec, piece);
    double best = 1e300;
    for (int run = 0; run < bare_runs; ++run) {
        const double before = now();
        golden::run_fast(spec, operands, threads, false);
        best = std::min(best, now() - before);
    }
    return best * static_cast<double>(shape.vectors) / static_cast<double>(piece.vectors);
}

struct Products {
    double macs = 0, seconds = 0;
};

/// The layers' products by shape (K, M, vectors of all images).
std::map<std::tuple<std::size_t, std::size_t, std::size_t>, Products> by_shape(
    const network::Report& r) {
    std::map<std::tuple<std::size_t, std::size_t, std::size_t>, Products> out;
    for (const network::LayerReport& l : r.layers) {
        Products& p = out[{l.depth, l.outputs, l.totals.vectors}];
        p.macs += static_cast<double>(l.totals.macs);
        p.seconds += l.totals.seconds;
    }
    return out;
}

void run(const network::SessionOptions& o) {
    std::printf("Fast form: %s, %u threads.\n", golden::fast::instruction_set().c_str(), o.threads);
    const std::clock_t begin = std::clock();
    const network::Report r = network::run_session(o);
    const double processor = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    const golden::Spec spec = operands::to_spec(
        o.config_text ? generator::load_design(*o.config_text, o.config, o.overrides).config
                      : generator::load_design_file(o.config, o.overrides).config,
        {});
    bench::print_head("network " + r.model + ", " + std::to_string(r.images) + " images: V x K x M",
                      "MAC/s", "bare");
    double bare = 0;
    for (const auto& [key, products] : by_shape(r)) {
        const auto [depth, outputs, vectors] = key;
        const Shape shape{vectors, depth, outputs};
        const double alone = bare_seconds(spec, shape, o.threads) * products.macs / shape.macs();
        bench::print_row(shape.text(), products.macs / products.seconds, products.macs / alone);
        bare += alone;
    }
    const double rest = r.seconds - r.macro_seconds - r.reference_seconds;
    const auto row = [&](const char* name, double seconds) {
        std::printf("%-56s %10.3f %9.1f%%\n", name, seconds, 100 * seconds / r.seconds);
    };
    std::printf("\n%-56s %10s %10s\n", "Images without calibration", "seconds", "share");
    row("golden", r.macro_seconds);
    row("the network in float, to compare with", r.reference_seconds);
    row("im2col, digital operators, copies, reading", rest);
    row("all", r.seconds);
    row("golden bare, the same shapes", bare);
    std::printf(
        "golden's share of the network on the macro: %.1f%%; images/s: %.1f; processor "
        "time with calibration: %.2f s\n",
        100 * r.macro_seconds / (r.macro_seconds + rest), static_cast<double>(r.images) / r.seconds,
        processor);
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc > 1 && argc < 5) {
        throw std::runtime_error("expected MODEL.onnx X.npy CONFIG THREADS [KEY=VALUE ...]");
    }
    run(argc > 1 ? from_arguments(argc, argv) : own_network());
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "bench_network: %s\n", error.what());
    return 1;
}
