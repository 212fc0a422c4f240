// Speed of the golden model's fast form, each scheme beside a yardstick in the same run. A figure
// is the best of several runs on one thread; run_fast is timed as users call it: packing, checks,
// counts and the allocation of the result included. One MAC is one element of X times one of W,
// whatever its bits; one conversion is one ADC result of an output that is used.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <exception>
#include <functional>
#include <iterator>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "bare_analog.hpp"
#include "bare_dot.hpp"
#include "bare_kernel.hpp"
#include "golden/fast/kernels.hpp"
#include "golden/fast/targets.hpp"
#include "golden/golden.hpp"

namespace {

constexpr int kRuns = 15;

/// Of the processor, system calls included: what others do on the machine does not count.
double seconds(const std::function<void()>& work) {
    const std::clock_t start = std::clock();
    work();
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// The best of several runs of two works by turns, so that a busy machine slows both.
struct Pair {
    double yardstick = 1e300, subject = 1e300;

    Pair(const std::function<void()>& yardstick_work, const std::function<void()>& subject_work) {
        for (int run = 0; run < kRuns; ++run) {
            yardstick = std::min(yardstick, seconds(yardstick_work));
            subject = std::min(subject, seconds(subject_work));
        }
    }
};

struct Shape {
    std::size_t vectors, features, outputs;
    double macs() const { return static_cast<double>(vectors * features * outputs); }
    std::string text() const {
        return std::to_string(vectors) + "x" + std::to_string(features) + "x" +
               std::to_string(outputs);
    }
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
    const bool binary = spec.scheme() == "binsparx", zebra = spec.scheme() == "zebra";
    const int x_max = binary ? 1 : zebra ? 60 : (1 << spec.input_bits) - 1;
    const int w_max = binary ? 1 : zebra ? 60 : (1 << (spec.weight_bits - 1)) - 1;
    golden::Operands operands{
        random_matrix(rng, shape.vectors, shape.features, binary || zebra ? -x_max : 0, x_max,
                      binary ? 2 : 1),
        random_matrix(rng, shape.features, shape.outputs, -w_max, w_max, binary ? 2 : 1)};
    if (spec.scheme() == "column_quant") {
        const auto resolved = golden::resolve(spec);
        const std::size_t tiles = (shape.features + spec.rows - 1) / spec.rows;
        const std::size_t columns = tiles * resolved.planes * shape.outputs;
        // v about half of its maximum, spread over the window by alpha.
        std::uniform_int_distribution<std::int64_t> alpha(
            0, (2LL << spec.as<golden::column_quant::Parameters>().alpha_frac) * resolved.code_max /
                   resolved.v_max);
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
    if (scheme == "zebra") spec.own = golden::zebra::Parameters{{3, 2, 1, 0}, 4};
    if (scheme == "column_quant") spec.own = golden::column_quant::Parameters{};
    if (scheme == "binsparx") spec.own = golden::binsparx::Parameters{};
    spec.rows = spec.active_rows = rows;
    spec.outputs = outputs;
    spec.step_num = step;
    if (adc_bits > 0) spec.adc_bits = adc_bits;
    spec.input_bits = spec.weight_bits = 8;
    return spec;
}

/// One product that is run again and again.
class Product {
  public:
    Product(const golden::Spec& spec, const Shape& shape, bool statistics = true)
        : spec_(spec), operands_(random_operands(spec, shape)), statistics_(statistics) {
        conversions_ =
            static_cast<double>(golden::run_fast(spec, operands_, 1, statistics).conversions);
    }
    void operator()() const {
        static volatile std::int64_t digest = 0;
        digest = digest + golden::run_fast(spec_, operands_, 1, statistics_).outputs.data.back();
    }
    double conversions() const { return conversions_; }
    const golden::Operands& operands() const { return operands_; }

  private:
    golden::Spec spec_;
    golden::Operands operands_;
    bool statistics_;
    double conversions_ = 0;
};

void print_head(const std::string& title, const char* unit, const char* yardstick) {
    std::printf("\n%-56s %10s %10s %8s\n", title.c_str(), unit, yardstick, "ratio");
}

/// Rates of subject and yardstick, and how they compare.
void print_row(const std::string& name, double rate, double yardstick) {
    std::printf("%-56s %10.3g %10.3g %8.2f\n", name.c_str(), rate, yardstick, rate / yardstick);
}

/// Calls use(name, the yardstick's form) with each instruction set in use that a yardstick has.
void for_instruction_sets(const std::function<void(const std::string&, bench::BareForm)>& use) {
    const std::pair<const char*, bench::BareForm> sets[] = {
        {"AVX3_DL", bench::BareForm::avx512},
        {"AVX2", bench::BareForm::avx2},
        {"SSSE3", bench::BareForm::portable},
    };
    for (const std::string& name : golden::fast::instruction_sets()) {
        const auto* of = std::find_if(std::begin(sets), std::end(sets),
                                      [&](const auto& set) { return set.first == name; });
        if (of == std::end(sets) || !bench::has_form(of->second)) continue;
        golden::fast::force_instruction_set(name);
        use(name, of->second);
    }
    golden::fast::force_instruction_set("");
}

void bench_planes() {
    bench::BareKernel bare(kPlain.vectors);
    static volatile long digest = 0;
    const auto bare_work = [&] { digest = digest + bare.run(); };
    const auto row = [&](const std::string& name, const golden::Spec& spec, const Shape& shape) {
        const Pair best(bare_work, Product(spec, shape));
        print_row(name, shape.macs() / best.subject, kPlain.macs() / best.yardstick);
    };
    const golden::Spec first = macro("conventional", 128, 64, 2, 6);
    golden::Spec rational = macro("conventional", 128, 64, 7, 6);
    rational.step_den = 3;
    golden::Spec grouped = macro("conventional", 128, 64, 1, 4);
    grouped.active_rows = 16;
    print_head("conventional and zebra", "MAC/s", "bare");
    row("conventional 8-8, 128x64, ADC 6 bits, step 2", first, kPlain);
    row("  step 7/3", rational, kPlain);
    row("  ADC auto (transparent)", macro("conventional", 128, 64, 1, 0), kPlain);
    row("  16 active rows, ADC 4 bits, step 1", grouped, kPlain);
    row("  1152x256 over 9 tiles", first, {1024, 1152, 256});
    row("  27 rows, 8 outputs", macro("conventional", 27, 8, 2, 4), {4096, 27, 8});
    row("zebra option1, 128x64, ADC 8 bits, step 4", macro("zebra", 128, 64, 4, 8), kPlain);
    row("  ADC auto (transparent)", macro("zebra", 128, 64, 1, 0), kPlain);
    print_head("The first case by instruction set", "MAC/s", "bare");
    for_instruction_sets([&](const std::string& name, bench::BareForm form) {
        bench::BareKernel own(kPlain.vectors, form);
        const Pair best([&] { digest = digest + own.run(); }, Product(first, kPlain));
        print_row(name, kPlain.macs() / best.subject, kPlain.macs() / best.yardstick);
    });
}

/// The first case on arrays that are not ideal. Noise: beside the bare draws; mismatch: beside bare
/// sums of products with gains; the others beside the case without.
void bench_analog() {
    static volatile long digest = 0;
    constexpr std::size_t kVectors = 1024, kSteps = kVectors * 8;
    const Shape shape{kVectors, 128, 64};
    const golden::Spec ideal = macro("conventional", 128, 64, 2, 6);
    golden::Spec noise = ideal, mismatch = ideal, ir_drop = ideal;
    noise.analog.noise = 983;
    mismatch.analog.mismatch = 3277;
    mismatch.banks = 1;
    ir_drop.analog.ir_drop = 42950;
    const double conversions = static_cast<double>(kSteps * bench::kDrawColumns);
    print_head("The first case, not ideal, by instruction set", "conv./s", "bare");
    for_instruction_sets([&](const std::string& name, bench::BareForm form) {
        const auto row = [&](const char* effect, const golden::Spec& spec,
                             const std::function<void()>& bare) {
            const Pair best(bare, Product(spec, shape, false));
            print_row(name + ", " + effect, conversions / best.subject,
                      conversions / best.yardstick);
        };
        row("noise beside draws", noise, [&] { digest = digest + bench::run_draws(form, kSteps); });
        row("mismatch beside sums of gains", mismatch,
            [&] { digest = digest + bench::run_gain_sums(form, kSteps); });
        row("IR drop beside the ideal array", ir_drop, Product(ideal, shape, false));
    });
}

std::string bfp_name(bool dynamic, int mantissa) {
    return std::string("bfp ") + (dynamic ? "dynamic" : "static") +
           ", m = " + std::to_string(mantissa);
}

/// The yardstick: conventional with the same array, weights and ADC. Its conversions are more or
/// fewer; what counts is the time of one.
void bench_bfp(const Shape& shape) {
    const golden::Spec conventional = macro("conventional", 128, 64, 2, 6);
    const Product yardstick(conventional, shape);
    print_head("bfp 8-8, 128x64, ADC 6 bits, step 2: " + shape.text(), "conv./s", "conventional");
    for (bool dynamic : {false, true}) {
        for (int m : {4, 8}) {
            golden::Spec spec = conventional;
            spec.own = golden::bfp::Parameters{dynamic, m, 0};
            for (bool statistics : {false, true}) {
                const Product subject(spec, shape, statistics);
                const Pair best(yardstick, subject);
                print_row(bfp_name(dynamic, m) + (statistics ? ", statistics" : ""),
                          subject.conversions() / best.subject,
                          yardstick.conversions() / best.yardstick);
            }
        }
    }
}

/// The same with an ADC that neither clips nor rounds: the plain product of both.
void bench_bfp_product(const Shape& shape) {
    golden::Spec spec = macro("conventional", 128, 64, 1, 0);
    const Product yardstick(spec, shape);
    print_head("bfp 8-8, 128x64, ADC auto: " + shape.text(), "MAC/s", "conventional");
    for (bool dynamic : {false, true}) {
        spec.own = golden::bfp::Parameters{dynamic, 4, 0};
        const Pair best(yardstick, Product(spec, shape, false));
        print_row(bfp_name(dynamic, 4), shape.macs() / best.subject, shape.macs() / best.yardstick);
    }
}

/// The time to look at each operand once, in place of a scheme's work.
void look_at(const golden::Operands& operands, const golden::Range& range) {
    static volatile long digest = 0;
    for (const golden::Matrix* m : {&operands.inputs, &operands.weights})
        digest = digest + golden::fast::all_inside(m->data.data(), m->data.size(), range);
}

/// The yardstick: as many dot products of bytes over as many rows.
void bench_column_quant(const Shape& shape, int cell_bits, int dac_bits) {
    golden::Spec spec = macro("column_quant", 128, 64, 1, 5);
    spec.weight_bits = 4;
    spec.own = golden::column_quant::Parameters{cell_bits, true, dac_bits, 12, 8, 0};
    const auto resolved = golden::resolve(spec);
    const std::size_t columns =
        shape.outputs * resolved.planes * resolved.steps * (shape.features / 128);
    bench::DotData data(shape.vectors, columns, 128 / 4);
    static volatile long digest = 0;
    const Product product(spec, shape);
    const double dots = static_cast<double>(shape.vectors * columns);
    const auto row = [&](const std::string& name, const std::function<void()>& work) {
        const Pair best([&] { digest = digest + bench::run_byte_dots(data); }, work);
        print_row(name, dots / best.subject, dots / best.yardstick);
    };
    row("8-4, cells of " + std::to_string(cell_bits) + ", DAC of " + std::to_string(dac_bits) +
            ", " + std::to_string(columns) + " columns and steps",
        product);
    row("  reading the operands and nothing else", [&] {
        look_at(product.operands(), {-255, 255, 1});
    });
}

/// The yardstick: bits that differ, of packed operands. The last row is what no form can exceed
/// that takes operands of 64 bits an element: the time to look at each of them once.
void bench_binsparx(const Shape& shape) {
    bench::DotData data(shape.vectors, shape.outputs, shape.features / 32);
    static volatile long digest = 0;
    const auto row = [&](const std::string& name, const std::function<void()>& work) {
        const Pair best([&] { digest = digest + bench::run_bit_dots(data); }, work);
        print_row(name, shape.macs() / best.subject, shape.macs() / best.yardstick);
    };
    golden::Spec rounded = macro("binsparx", 512, 64, 2, 6);
    print_head("binsparx: " + shape.text(), "MAC/s", "popcount");
    for (bool statistics : {false, true}) {
        const std::string suffix = statistics ? ", statistics" : "";
        row("512 rows, ADC auto" + suffix,
            Product(macro("binsparx", 512, 64, 1, 0), shape, statistics));
        row("512 rows, ADC 6 bits, step 2" + suffix, Product(rounded, shape, statistics));
    }
    rounded.active_rows = 64;
    row("groups of 64 rows, ADC 6 bits, step 2", Product(rounded, shape, false));
    const golden::Operands operands = random_operands(rounded, shape);
    row("reading the operands and nothing else", [&] { look_at(operands, {-1, 1, 2}); });
}

/// A part of the table, by the name that may be given on the command line.
struct Part {
    const char* name;
    std::function<void()> run;
};

const Part kParts[] = {
    {"planes", bench_planes},
    {"analog", bench_analog},
    {"bfp",
     [] {
         for (const Shape& shape : {kPlain, Shape{512, 1152, 256}}) {
             bench_bfp(shape);
             bench_bfp_product(shape);
         }
     }},
    {"column_quant",
     [] {
         for (const Shape& shape : {kPlain, Shape{512, 1152, 256}}) {
             print_head("column_quant, 128x64, ADC 5 bits: " + shape.text(), "dots/s", "int8");
             bench_column_quant(shape, 1, 8);
             bench_column_quant(shape, 2, 4);
             bench_column_quant(shape, 4, 8);
         }
     }},
    {"binsparx",
     [] {
         bench_binsparx({4096, 512, 64});
         bench_binsparx({2048, 1024, 1024});
         bench_binsparx({2048, 4096, 2048});
     }},
};

/// All parts, or the one of that name.
void run(const std::string& only) {
    const auto wanted = [&](const Part& part) { return only.empty() || only == part.name; };
    if (std::none_of(std::begin(kParts), std::end(kParts), wanted)) {
        std::string names;
        for (const Part& part : kParts) names += std::string(" ") + part.name;
        throw std::runtime_error("no part " + only + "; there are:" + names);
    }
    if (bench::best_form() != bench::BareForm::avx512)
        std::printf(
            "This processor has no AVX-512 VPOPCNTDQ: the yardsticks of bytes and bits are their portable forms.\n");
    std::printf("Fast form: %s, one thread. Best of %d runs.\n",
                golden::fast::instruction_set().c_str(), kRuns);
    for (const Part& part : kParts) {
        if (wanted(part)) part.run();
    }
}

}  // namespace

int main(int argc, char** argv) try {
    run(argc > 1 ? argv[1] : "");
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "bench_golden: %s\n", error.what());
    return 1;
}
