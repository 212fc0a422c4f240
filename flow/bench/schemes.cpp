// SPDX-License-Identifier: Apache-2.0
#include "schemes.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "bare_analog.hpp"
#include "bare_dot.hpp"
#include "bare_kernel.hpp"
#include "golden/fast/kernels.hpp"
#include "golden/fast/targets.hpp"

namespace bench {

namespace {

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

/// Calls use(name, the yardstick's form) with each instruction set in use that a yardstick has.
void for_instruction_sets(const std::function<void(const std::string&, BareForm)>& use) {
    const std::pair<const char*, BareForm> sets[] = {
        {"AVX3_DL", BareForm::avx512},
        {"AVX2", BareForm::avx2},
        {"SSSE3", BareForm::portable},
    };
    for (const std::string& name : golden::fast::instruction_sets()) {
        const auto* of = std::find_if(std::begin(sets), std::end(sets),
                                      [&](const auto& set) { return set.first == name; });
        if (of == std::end(sets) || !has_form(of->second)) continue;
        golden::fast::force_instruction_set(name);
        use(name, of->second);
    }
    golden::fast::force_instruction_set("");
}

std::string bfp_name(bool dynamic, int mantissa) {
    return std::string("bfp ") + (dynamic ? "dynamic" : "static") +
           ", m = " + std::to_string(mantissa);
}

/// The time to look at each operand once, in place of a scheme's work.
void look_at(const golden::Operands& operands, const golden::Range& range) {
    static volatile long digest = 0;
    for (const golden::Matrix* m : {&operands.inputs, &operands.weights})
        digest = digest + golden::fast::all_inside(m->data.data(), m->data.size(), range);
}

}  // namespace

void bench_planes() {
    BareKernel bare(plain_shape.vectors);
    static volatile long digest = 0;
    const auto bare_work = [&] { digest = digest + bare.run(); };
    const auto row = [&](const std::string& name, const golden::Spec& spec, const Shape& shape) {
        const Pair best(bare_work, Product(spec, shape));
        print_row(name, shape.macs() / best.subject, plain_shape.macs() / best.yardstick);
    };
    const golden::Spec first = macro("conventional", 128, 64, 2, 6);
    golden::Spec rational = macro("conventional", 128, 64, 7, 6);
    rational.step_den = 3;
    golden::Spec grouped = macro("conventional", 128, 64, 1, 4);
    grouped.active_rows = 16;
    print_head("conventional and zebra", "MAC/s", "bare");
    row("conventional 8-8, 128x64, ADC 6 bits, step 2", first, plain_shape);
    row("  step 7/3", rational, plain_shape);
    row("  ADC auto (transparent)", macro("conventional", 128, 64, 1, 0), plain_shape);
    row("  16 active rows, ADC 4 bits, step 1", grouped, plain_shape);
    row("  1152x256 over 9 tiles", first, {1024, 1152, 256});
    row("  27 rows, 8 outputs", macro("conventional", 27, 8, 2, 4), {4096, 27, 8});
    row("zebra option1, 128x64, ADC 8 bits, step 4", macro("zebra", 128, 64, 4, 8), plain_shape);
    row("  ADC auto (transparent)", macro("zebra", 128, 64, 1, 0), plain_shape);
    print_head("The first case by instruction set", "MAC/s", "bare");
    for_instruction_sets([&](const std::string& name, BareForm form) {
        BareKernel own(plain_shape.vectors, form);
        const Pair best([&] { digest = digest + own.run(); }, Product(first, plain_shape));
        print_row(name, plain_shape.macs() / best.subject, plain_shape.macs() / best.yardstick);
    });
}

void bench_analog() {
    static volatile long digest = 0;
    constexpr std::size_t vectors_at_once = 1024, step_count = vectors_at_once * 8;
    const Shape shape{vectors_at_once, 128, 64};
    const golden::Spec ideal = macro("conventional", 128, 64, 2, 6);
    golden::Spec noise = ideal, mismatch = ideal, ir_drop = ideal;
    noise.analog.noise = 983;
    mismatch.analog.mismatch = 3277;
    mismatch.banks = 1;
    ir_drop.analog.ir_drop = 42950;
    const auto conversions = static_cast<double>(step_count * draw_columns);
    print_head("The first case, not ideal, by instruction set", "conv./s", "bare");
    for_instruction_sets([&](const std::string& name, BareForm form) {
        const auto row = [&](const char* effect, const golden::Spec& spec,
                             const std::function<void()>& bare) {
            const Pair best(bare, Product(spec, shape, false));
            print_row(name + ", " + effect, conversions / best.subject,
                      conversions / best.yardstick);
        };
        row("noise beside draws", noise, [&] { digest = digest + run_draws(form, step_count); });
        row("mismatch beside sums of gains", mismatch,
            [&] { digest = digest + run_gain_sums(form, step_count); });
        row("IR drop beside the ideal array", ir_drop, Product(ideal, shape, false));
    });
}

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

void bench_column_quant(const Shape& shape, int cell_bits, int dac_bits) {
    golden::Spec spec = macro("column_quant", 128, 64, 1, 5);
    spec.weight_bits = 4;
    spec.own = golden::column_quant::Parameters{cell_bits, true, dac_bits, 12, 8, 0};
    const auto resolved = golden::resolve(spec);
    const std::size_t columns =
        shape.outputs * resolved.planes * resolved.steps * (shape.features / 128);
    DotData data(shape.vectors, columns, 128 / 4);
    static volatile long digest = 0;
    const Product product(spec, shape);
    const auto dots = static_cast<double>(shape.vectors * columns);
    const auto row = [&](const std::string& name, const std::function<void()>& work) {
        const Pair best([&] { digest = digest + run_byte_dots(data); }, work);
        print_row(name, dots / best.subject, dots / best.yardstick);
    };
    row("8-4, cells of " + std::to_string(cell_bits) + ", DAC of " + std::to_string(dac_bits) +
            ", " + std::to_string(columns) + " columns and steps",
        product);
    row("  reading the operands and nothing else", [&] {
        look_at(product.operands(), {-255, 255, 1});
    });
}

void bench_binsparx(const Shape& shape) {
    DotData data(shape.vectors, shape.outputs, shape.features / 32);
    static volatile long digest = 0;
    const auto row = [&](const std::string& name, const std::function<void()>& work) {
        const Pair best([&] { digest = digest + run_bit_dots(data); }, work);
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

}  // namespace bench
