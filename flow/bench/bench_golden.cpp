// Multiply-accumulates per second of the golden model's fast form, beside a bare kernel in the same
// run. A figure is the best of several runs; run_fast is timed as users call it: packing, checks,
// counts and the allocation of the result included. One MAC is one element of X times one of W,
// whatever its bits.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <random>
#include <string>
#include <thread>
#include <vector>

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
};

struct Benchmark {
    std::string name;
    golden::Spec spec;
    Shape shape;
};

golden::Matrix random_matrix(std::mt19937_64& rng, std::size_t rows, std::size_t cols, int low,
                             int high) {
    std::uniform_int_distribution<std::int64_t> value(low, high);
    golden::Matrix matrix{rows, cols, std::vector<std::int64_t>(rows * cols)};
    for (auto& element : matrix.data) element = value(rng);
    return matrix;
}

golden::Operands random_operands(const Benchmark& benchmark) {
    std::mt19937_64 rng(1);
    const Shape& shape = benchmark.shape;
    const bool zebra = benchmark.spec.scheme == "zebra";
    const int x_max = zebra ? 60 : (1 << benchmark.spec.input_bits) - 1;
    const int w_max = zebra ? 60 : (1 << (benchmark.spec.weight_bits - 1)) - 1;
    return {random_matrix(rng, shape.vectors, shape.features, zebra ? -x_max : 0, x_max),
            random_matrix(rng, shape.features, shape.outputs, -w_max, w_max),
            {}};
}

golden::Spec macro(const std::string& scheme, int rows, int outputs, int step, int adc_bits) {
    golden::Spec spec;
    spec.scheme = scheme;
    spec.rows = spec.active_rows = rows;
    spec.outputs = outputs;
    spec.step_num = step;
    if (adc_bits > 0) spec.adc_bits = adc_bits;
    if (scheme == "zebra") {
        spec.zebra_base = {3, 2, 1, 0};
        spec.zebra_ratio = 4;
    } else {
        spec.input_bits = spec.weight_bits = 8;
    }
    return spec;
}

std::vector<Benchmark> benchmarks() {
    golden::Spec rational = macro("conventional", 128, 64, 7, 6);
    rational.step_den = 3;
    golden::Spec grouped = macro("conventional", 128, 64, 1, 4);
    grouped.active_rows = 16;
    const Shape plain{4096, 128, 64};
    return {
        {"conventional 8-8, 128x64, ADC 6 bits, step 2", macro("conventional", 128, 64, 2, 6),
         plain},
        {"  step 7/3", rational, plain},
        {"  ADC auto (transparent)", macro("conventional", 128, 64, 1, 0), plain},
        {"  16 active rows, ADC 4 bits, step 1", grouped, plain},
        {"  1152x256 over 9 tiles", macro("conventional", 128, 64, 2, 6), {1024, 1152, 256}},
        {"  27 rows, 8 outputs", macro("conventional", 27, 8, 2, 4), {4096, 27, 8}},
        {"zebra option1, 128x64, ADC 8 bits, step 4", macro("zebra", 128, 64, 4, 8), plain},
        {"  ADC auto (transparent)", macro("zebra", 128, 64, 1, 0), plain},
    };
}

double macs_per_second(const Benchmark& benchmark, unsigned threads) {
    const golden::Operands operands = random_operands(benchmark);
    static volatile std::int64_t digest = 0;
    const double seconds = best_seconds([&] {
        digest = digest + golden::run_fast(benchmark.spec, operands, threads).outputs.data.back();
    });
    const Shape& shape = benchmark.shape;
    return static_cast<double>(shape.vectors * shape.features * shape.outputs) / seconds;
}

void run() {
    constexpr std::size_t kVectors = 4096;
    bench::BareKernel bare(kVectors);
    volatile long digest = 0;
    const double bare_rate =
        static_cast<double>(kVectors * bench::kBareRows * bench::kBareOutputs) /
        best_seconds([&] { digest = digest + bare.run(); });

    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    if (!bench::bare_kernel_is_wide())
        std::printf(
            "This processor has no AVX-512 VPOPCNTDQ: the bare kernel is its portable form.\n");
    std::printf("Fast form: %s, %u cores. Best of %d runs.\n\n",
                golden::detail::select_kernels().name, cores, kRuns);
    std::printf("%-48s %12s %8s %12s\n", "", "MAC/s", "to bare", "all cores");
    std::printf("%-48s %12.3g %8.2f\n", "bare kernel (8-8, 128x64, ADC 6 bits, step 2)", bare_rate,
                1.0);
    for (const Benchmark& benchmark : benchmarks()) {
        const double one = macs_per_second(benchmark, 1);
        const double all = macs_per_second(benchmark, 0);
        std::printf("%-48s %12.3g %8.2f %12.3g\n", benchmark.name.c_str(), one, one / bare_rate,
                    all);
    }
    using golden::detail::Isa;
    for (Isa isa : {Isa::avx2, Isa::portable}) {
        if (!golden::detail::isa_available(isa)) continue;
        golden::detail::force_isa(isa);
        const Benchmark first = benchmarks().front();
        const double one = macs_per_second(first, 1);
        const std::string name =
            std::string("first case, ") + golden::detail::select_kernels().name;
        std::printf("%-48s %12.3g %8.2f\n", name.c_str(), one, one / bare_rate);
    }
}

}  // namespace

int main() try {
    run();
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "bench_golden: %s\n", error.what());
    return 1;
}
