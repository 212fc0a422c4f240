// Speed of the golden model's fast form, each scheme beside a yardstick in the same run. A figure
// is the best of several runs on one thread; run_fast is timed as users call it: packing, checks,
// counts and the allocation of the result included. One MAC is one element of X times one of W,
// whatever its bits; one conversion is one ADC result of an output that is used.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <random>
#include <string>
#include <vector>

#include "bare_dot.hpp"
#include "bare_kernel.hpp"
#include "golden/golden.hpp"
#include "src/fast_isa.hpp"

namespace {

constexpr int kRuns = 12;

template <class Work>
double best_seconds(const Work& work) {
    double best = 1e300;
    for (int run = 0; run < kRuns; ++run) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
        best = std::min(best, spent.count());
    }
    return best;
}

struct Shape {
    std::size_t vectors, features, outputs;
    double macs() const { return static_cast<double>(vectors * features * outputs); }
};

constexpr Shape kPlain{4096, 128, 64};

golden::Matrix random_matrix(std::mt19937_64& rng, std::size_t rows, std::size_t cols, int low,
                             int high, int stride = 1) {
    std::uniform_int_distribution<std::int64_t> value(0, (high - low) / stride);
    golden::Matrix matrix{rows, cols, std::vector<std::int64_t>(rows * cols)};
    for (auto& element : matrix.data) element = low + stride * value(rng);
    return matrix;
}

/// Uniform over the ranges of inputs and weights, zebra's over its levels.
golden::Operands random_operands(const golden::Spec& spec, const Shape& shape) {
    std::mt19937_64 rng(1);
    const bool binary = spec.scheme == "binsparx", zebra = spec.scheme == "zebra";
    const int x_max = binary ? 1 : zebra ? 60 : (1 << spec.input_bits) - 1;
    const int w_max = binary ? 1 : zebra ? 60 : (1 << (spec.weight_bits - 1)) - 1;
    golden::Operands operands{
        random_matrix(rng, shape.vectors, shape.features, binary || zebra ? -x_max : 0, x_max,
                      binary ? 2 : 1),
        random_matrix(rng, shape.features, shape.outputs, -w_max, w_max, binary ? 2 : 1)};
    if (spec.scheme == "column_quant") {
        const auto resolved = golden::resolve(spec);
        const std::size_t tiles = (shape.features + spec.rows - 1) / spec.rows;
        const std::size_t columns = tiles * resolved.planes * shape.outputs;
        // v about half of its maximum, spread over the window by alpha.
        std::uniform_int_distribution<std::int64_t> alpha(
            0, (2LL << spec.column_quant.alpha_frac) * resolved.code_max / resolved.v_max);
        std::uniform_int_distribution<std::int64_t> scale(0, 255);
        for (std::size_t i = 0; i < columns; ++i) {
            operands.alpha.push_back(alpha(rng));
            operands.scale.push_back(scale(rng));
        }
    }
    return operands;
}

golden::Spec macro(const std::string& scheme, int rows, int outputs, int step, int adc_bits) {
    golden::Spec spec;
    spec.scheme = scheme;
    spec.rows = spec.active_rows = rows;
    spec.outputs = outputs;
    spec.step_num = step;
    if (adc_bits > 0) spec.adc_bits = adc_bits;
    spec.input_bits = spec.weight_bits = 8;
    if (scheme == "zebra") {
        spec.zebra_base = {3, 2, 1, 0};
        spec.zebra_ratio = 4;
    }
    return spec;
}

struct Timing {
    double seconds = 0;
    double conversions = 0;
};

Timing time_fast(const golden::Spec& spec, const Shape& shape, bool statistics = true) {
    const golden::Operands operands = random_operands(spec, shape);
    static volatile std::int64_t digest = 0;
    Timing timing;
    timing.seconds = best_seconds([&] {
        const golden::Result result = golden::run_fast(spec, operands, 1, statistics);
        timing.conversions = static_cast<double>(result.conversions);
        digest = digest + result.outputs.data.back();
    });
    return timing;
}

void print_head(const char* title, const char* unit, const char* yardstick) {
    std::printf("\n%-56s %12s %10s\n", title, unit, yardstick);
}

void print_row(const std::string& name, double rate, double yardstick) {
    std::printf("%-56s %12.3g %10.2f\n", name.c_str(), rate, rate / yardstick);
}

void bench_planes() {
    bench::BareKernel bare(kPlain.vectors);
    volatile long digest = 0;
    const double bare_rate = kPlain.macs() / best_seconds([&] { digest = digest + bare.run(); });
    golden::Spec rational = macro("conventional", 128, 64, 7, 6);
    rational.step_den = 3;
    golden::Spec grouped = macro("conventional", 128, 64, 1, 4);
    grouped.active_rows = 16;
    struct Row {
        const char* name;
        golden::Spec spec;
        Shape shape = kPlain;
    };
    const Row rows[] = {
        {"conventional 8-8, 128x64, ADC 6 bits, step 2", macro("conventional", 128, 64, 2, 6)},
        {"  step 7/3", rational},
        {"  ADC auto (transparent)", macro("conventional", 128, 64, 1, 0)},
        {"  16 active rows, ADC 4 bits, step 1", grouped},
        {"  1152x256 over 9 tiles", macro("conventional", 128, 64, 2, 6), {1024, 1152, 256}},
        {"  27 rows, 8 outputs", macro("conventional", 27, 8, 2, 4), {4096, 27, 8}},
        {"zebra option1, 128x64, ADC 8 bits, step 4", macro("zebra", 128, 64, 4, 8)},
        {"  ADC auto (transparent)", macro("zebra", 128, 64, 1, 0)},
    };
    print_head("conventional and zebra", "MAC/s", "to bare");
    print_row("bare kernel (8-8, 128x64, ADC 6 bits, step 2)", bare_rate, bare_rate);
    for (const Row& row : rows)
        print_row(row.name, row.shape.macs() / time_fast(row.spec, row.shape).seconds, bare_rate);
    using golden::detail::Isa;
    for (Isa isa : {Isa::avx2, Isa::portable}) {
        if (!golden::detail::isa_available(isa)) continue;
        golden::detail::force_isa(isa);
        print_row(std::string("first case, ") + golden::detail::select_kernels().name,
                  kPlain.macs() / time_fast(rows[0].spec, kPlain).seconds, bare_rate);
    }
    golden::detail::force_isa(Isa::automatic);
}

/// The same array, weights and ADC for both; conversions differ in number.
void bench_bfp(const Shape& shape, const char* title) {
    const golden::Spec base = macro("conventional", 128, 64, 2, 6);
    const Timing plain = time_fast(base, shape);
    const double rate = plain.conversions / plain.seconds;
    print_head(title, "conv/s", "to conv.");
    print_row("conventional 8-8, 128x64, ADC 6 bits, step 2", rate, rate);
    for (bool dynamic : {false, true}) {
        for (int m : {4, 8}) {
            golden::Spec spec = base;
            spec.scheme = "bfp";
            spec.bfp = {dynamic, m, 0};
            for (bool statistics : {true, false}) {
                const Timing timing = time_fast(spec, shape, statistics);
                print_row(std::string("bfp ") + (dynamic ? "dynamic" : "static") +
                              ", m = " + std::to_string(m) + (statistics ? ", statistics" : ""),
                          timing.conversions / timing.seconds, rate);
            }
        }
    }
    golden::Spec transparent = base;
    transparent.step_num = 1;
    transparent.adc_bits.reset();
    const double product = shape.macs() / time_fast(transparent, shape).seconds;
    transparent.scheme = "bfp";
    print_head("  ADC auto: the plain product", "MAC/s", "to conv.");
    print_row("conventional", product, product);
    for (bool dynamic : {false, true}) {
        transparent.bfp = {dynamic, 4, 0};
        print_row(std::string("bfp ") + (dynamic ? "dynamic" : "static") + ", m = 4",
                  shape.macs() / time_fast(transparent, shape, false).seconds, product);
    }
}

/// The yardstick: as many dot products of bytes over as many rows.
void bench_column_quant(const Shape& shape, int cell_bits, int dac_bits) {
    golden::Spec spec = macro("column_quant", 128, 64, 1, 5);
    spec.weight_bits = 4;
    spec.column_quant = {cell_bits, true, dac_bits, 12, 8, 0};
    const auto resolved = golden::resolve(spec);
    const std::size_t tiles = shape.features / 128;
    const std::size_t columns = shape.outputs * resolved.planes * resolved.steps * tiles;
    bench::DotData data(shape.vectors, columns, 128 / 4);
    volatile long digest = 0;
    const double bare = best_seconds([&] { digest = digest + bench::run_byte_dots(data); });
    const double dots = static_cast<double>(shape.vectors * columns);
    print_row("int8 dot products, " + std::to_string(columns) + " columns of 128 rows", dots / bare,
              dots / bare);
    print_row("column_quant 8-4, cells of " + std::to_string(cell_bits) + ", DAC of " +
                  std::to_string(dac_bits),
              dots / time_fast(spec, shape).seconds, dots / bare);
}

void bench_binsparx(const Shape& shape) {
    golden::Spec exact = macro("binsparx", 512, 64, 1, 0),
                 rounded = macro("binsparx", 512, 64, 2, 6);
    bench::DotData data(shape.vectors, shape.outputs, shape.features / 32);
    volatile long digest = 0;
    const double bare =
        shape.macs() / best_seconds([&] { digest = digest + bench::run_bit_dots(data); });
    const std::string size = std::to_string(shape.features) + "x" + std::to_string(shape.outputs);
    print_row("XOR and count of ones, " + size, bare, bare);
    for (bool statistics : {false, true}) {
        const char* suffix = statistics ? ", statistics" : "";
        print_row("binsparx, 512 rows, ADC auto" + std::string(suffix),
                  shape.macs() / time_fast(exact, shape, statistics).seconds, bare);
        print_row("binsparx, 512 rows, ADC 6 bits, step 2" + std::string(suffix),
                  shape.macs() / time_fast(rounded, shape, statistics).seconds, bare);
    }
    rounded.active_rows = 64;
    print_row("binsparx, groups of 64, ADC 6 bits, step 2",
              shape.macs() / time_fast(rounded, shape, false).seconds, bare);
}

void run() {
    if (!bench::bare_kernel_is_wide())
        std::printf(
            "This processor has no AVX-512 VPOPCNTDQ: the yardsticks are their portable forms.\n");
    std::printf("Fast form: %s, one thread. Best of %d runs.\n",
                golden::detail::select_kernels().name, kRuns);
    bench_planes();
    bench_bfp(kPlain, "bfp, 4096 vectors of 128 to 64");
    bench_bfp({512, 1152, 256}, "bfp, 512 vectors of 1152 to 256");
    print_head("column_quant, 4096 vectors of 128 to 64", "dots/s", "to int8");
    for (int cell_bits : {1, 4}) bench_column_quant(kPlain, cell_bits, 8);
    bench_column_quant(kPlain, 2, 4);
    print_head("binsparx", "MAC/s", "to count");
    bench_binsparx({2048, 1024, 1024});
    bench_binsparx({4096, 512, 64});
}

}  // namespace

int main() try {
    run();
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "bench_golden: %s\n", error.what());
    return 1;
}
