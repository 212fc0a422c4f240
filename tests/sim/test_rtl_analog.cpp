// SPDX-License-Identifier: Apache-2.0
// Rationale: an array that is not ideal is still exact. The law stands twice in golden (reference
// and fast form) and once in SystemVerilog, written from docs/spec/analog.md each; here all three
// meet on random macros of every scheme, with random combinations of every effect, drawn and
// measured, small and at the ends of their ranges, under stalls, random conversion times and a
// reset in the middle. Then n: a run may begin at any number, and one vector of it by itself must
// meet the noise that it has in the whole. CIMRTL_ANALOG_CONFIGS: how many macros (each is one
// Verilator build; default 5, one of each scheme), from the seed CIMRTL_ANALOG_SEED on.
#include <iostream>

#include "golden/chip.hpp"
#include "golden/fast/targets.hpp"
#include "golden/steps.hpp"
#include "rtl_bench.hpp"

using namespace rtl_bench;

namespace {

using Random = std::mt19937_64;

std::int64_t between(Random& random, std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1));
}
bool chance(Random& random, int percent) { return between(random, 1, 100) <= percent; }
std::int64_t divisor_of(Random& random, std::int64_t n, std::int64_t most) {
    for (;;) {
        const std::int64_t d = between(random, 1, std::min(n, most));
        if (n % d == 0) return d;
    }
}

struct SchemeText {
    std::string lines;
    std::int64_t planes = 1;
};

SchemeText random_scheme(Random& random, const std::string& scheme) {
    const std::int64_t a = between(random, 2, 5), b = between(random, 2, 4);
    const std::string bits = fmt::format("input: {{bits: {}}}\nweight: {{bits: {}}}\n", a, b);
    if (scheme == "conventional") {
        return {fmt::format("input: {{bits: {}, signed: {}}}\nweight: {{bits: {}}}\n", a,
                            chance(random, 50), b),
                b};
    }
    if (scheme == "bfp") {
        return {bits + fmt::format("bfp: {{mantissa_bits: {}, block: {}}}\n", between(random, 1, a),
                                   chance(random, 50) ? "static" : "dynamic"),
                b};
    }
    if (scheme == "binsparx") {
        return {fmt::format("binsparx: {{weights: {}, activations: {}, threshold: {}}}\n",
                            chance(random, 70), chance(random, 50), chance(random, 30)),
                1};
    }
    if (scheme == "column_quant") {
        const std::int64_t cell = divisor_of(random, b, 4);
        const bool differential = chance(random, 50);
        return {bits + fmt::format("column_quant: {{cell_bits: {}, signing: {}, dac_bits: {}, "
                                   "alpha_frac: {}, center: {}}}\n",
                                   cell, differential ? "differential" : "twos_complement",
                                   divisor_of(random, a, a), between(random, 0, 24),
                                   between(random, -8, 8)),
                b / cell * (differential ? 2 : 1)};
    }
    return {"zebra: {pattern: " + std::string(chance(random, 50) ? "option1" : "window2") + "}\n",
            4};
}

/// Rows to 36 in up to three groups, up to five outputs; every kind of timing and hold.
std::string random_macro(Random& random, const std::string& scheme) {
    const auto [own, planes] = random_scheme(random, scheme);
    const std::int64_t active = between(random, 1, 12), rows = active * between(random, 1, 3);
    const std::int64_t outputs = between(random, 1, 5);
    const std::int64_t share = chance(random, 50) ? divisor_of(random, planes, planes)
                                                  : planes * divisor_of(random, outputs, outputs);
    const std::int64_t bits = between(random, 2, 8);
    const bool own_transfer = scheme == "column_quant", whole = scheme == "binsparx";
    const std::string steps[] = {"1", "2", "3", whole ? "4" : "\"7/2\"", whole ? "1" : "\"3/5\""};
    const std::string step =
        own_transfer ? "" : fmt::format("step: {}, ", steps[between(random, 0, 4)]);
    return fmt::format(
        "name: noisy\nscheme: {}\n"
        "array: {{rows: {}, outputs: {}, active_rows: {}, banks: {}, precharge: {}, settle: {}, "
        "hold: {}}}\n"
        "adc: {{bits: {}, {}share: {}, latency: {}}}\n"
        "accumulator: {{max_tiles: 4, bias: {}, chain: {}}}\n{}",
        scheme, rows, outputs, active, between(random, 1, 3), between(random, 0, 2),
        between(random, 0, 2), chance(random, 60) ? "column" : "none", bits, step, share,
        between(random, 1, 3), chance(random, 50), chance(random, 50), own);
}

/// Any combination of effects, each off, small, or anywhere in its range.
void draw_analog(Random& random, bool may_drop, generator::AnalogConfig& a) {
    const auto sigma = [&](std::int64_t most) -> std::int64_t {
        if (chance(random, 40)) return 0;
        return between(random, 1, chance(random, 60) ? most / 50 : most);
    };
    a.seed = between(random, 0, 4294967295);
    a.noise = sigma(64 << 16);
    a.noise_in_v = chance(random, 30);
    a.mismatch = sigma(1 << 15);
    a.lognormal = chance(random, 50);
    a.per_unit = chance(random, 50);
    a.ir_drop = may_drop ? sigma(42949673) : 0;
    a.adc_offset = sigma(64 << 16);
    a.adc_gain = sigma(1 << 15);
}

/// Some of what may be measured.
void draw_chip(Random& random, const golden::Spec& spec, golden::Operands& o) {
    const golden::Resolved resolved = golden::resolve(spec);
    const golden::ArrayForm form = golden::array_form(spec, resolved.planes);
    const auto fill = [&](std::vector<std::int64_t>& tensor, std::size_t count,
                          const golden::Range& range) {
        if (!chance(random, 25)) return;
        const bool ends = chance(random, 30);
        for (std::size_t i = 0; i < count; ++i) {
            const bool low = chance(random, 50);
            tensor.push_back(ends ? (low ? range.min : range.max)
                                  : between(random, range.min, range.max));
        }
    };
    fill(o.cell_gain, (chance(random, 50) ? 1 : form.banks) * form.rows * form.columns,
         golden::cell_gains);
    fill(o.adc_offset, form.adcs(), golden::adc_offsets);
    fill(o.adc_gain, form.adcs(), golden::adc_gains);
    fill(o.adc_inl, form.adcs() << resolved.adc_bits, {-(4 << 16), 4 << 16, 1});
}

/// The tensors of the scheme itself, all that it takes.
void draw_own(Random& random, const generator::Design& d, golden::Operands& o) {
    const auto spec = to_spec(d.config);
    const std::size_t tiles = (o.inputs.cols + spec.rows - 1) / spec.rows;
    const std::size_t columns =
        tiles * static_cast<std::size_t>(golden::resolve(spec).planes) * o.weights.cols;
    if (spec.scheme() == "column_quant") {
        const auto& own = spec.as<golden::column_quant::Parameters>();
        const std::int64_t one = std::int64_t{1} << own.alpha_frac;
        for (std::size_t i = 0; i < columns; ++i) {
            o.alpha.push_back(std::min<std::int64_t>(65535, between(random, 0, 2 * one)));
            o.scale.push_back(between(random, 0, (1 << own.scale_bits) - 1));
        }
    }
    if (spec.scheme() == "binsparx" && spec.as<golden::binsparx::Parameters>().threshold) {
        for (std::size_t m = 0; m < o.weights.cols; ++m)
            o.threshold.push_back(between(random, -3, 3));
    }
}

bool same(const golden::Result& a, const golden::Result& b) {
    return a.outputs.data == b.outputs.data && a.saturated == b.saturated &&
           a.conversions == b.conversions && a.adc_clipped == b.adc_clipped &&
           a.lost_half == b.lost_half;
}

/// The reference form's result, which every instruction set and number of threads must have.
golden::Result golden_result(const golden::Spec& spec, const golden::Operands& o) {
    const golden::Result want = golden::run_reference(spec, o);
    for (const std::string& name : golden::fast::instruction_sets()) {
        golden::fast::force_instruction_set(name);
        INFO(name);
        CHECK(same(golden::run_fast(spec, o, 1), want));
        golden::fast::force_instruction_set("");
    }
    for (const unsigned threads : {2U, 7U}) CHECK(same(golden::run_fast(spec, o, threads), want));
    return want;
}

void check_rtl(const generator::Design& d, const RtlModel& model, const golden::Operands& o,
               const golden::Result& want, const RtlOptions& options) {
    const Job job = make_job(d, o);
    const RtlAnswer answer = run_rtl(model, job, options);
    CHECK(answer.violations == 0);
    CHECK(answer.mismatches == 0);
    CHECK(assemble(job, answer, o).data == want.outputs.data);
    CHECK(saturated_vectors(job, answer, o) == want.saturated);
    CHECK(answer.conversions == want.conversions);
    CHECK(answer.adc_clipped == want.adc_clipped);
}

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

constexpr const char* scheme_names[] = {"bfp", "binsparx", "column_quant", "conventional", "zebra"};
constexpr int chip_count = 6;  ///< of each macro

struct Trial {
    std::string text;
    std::optional<RtlModel> model;
};

}  // namespace

TEST_CASE("analog: golden's forms and the RTL agree on random macros and chips", "[rtl]") {
    if (!have_verilator()) return;
    const std::uint64_t count = number_from("CIMRTL_ANALOG_CONFIGS", 5);
    const std::uint64_t seed = number_from("CIMRTL_ANALOG_SEED", 1);
    std::vector<Trial> trials;
    for (std::uint64_t i = 0; i < count; ++i) {
        Random random(seed + i);
        trials.push_back({random_macro(random, scheme_names[i % 5]), {}});
    }
    const auto build = [&](std::size_t first) {  // every other one
        for (std::size_t i = first; i < trials.size(); i += 2) {
            const std::string real = trials[i].text + "analog: {noise: 1}\n";
            trials[i].model = build_rtl(generator::load_design(real, "noisy"), false);
        }
    };
    auto odd = std::async(std::launch::async, build, 1);
    build(0);
    odd.get();
    std::uint64_t conversions = 0, different = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        Random random(1000 + seed + i);
        generator::Design d =
            generator::load_design(trials[i].text + "analog: {noise: 1}\n", "noisy");
        const bool may_drop = golden::resolve(to_spec(d.config)).v_min >= 0;
        for (int chip = 0; chip < chip_count; ++chip) {
            draw_analog(random, may_drop, d.config.analog);
            const auto rows = static_cast<std::size_t>(d.config.array.rows);
            const auto outputs = static_cast<std::size_t>(d.config.array.outputs);
            golden::Operands o = random_operands(d, 1 + random() % 5, 1 + random() % (4 * rows),
                                                 1 + random() % (2 * outputs), random());
            draw_own(random, d, o);
            const golden::Spec spec = to_spec(d.config);
            draw_chip(random, spec, o);
            // A run may begin at any n.
            golden::Spec later = spec;
            later.analog.first_step = chance(random, 50) ? random() >> 24 : 0;
            o.first_steps = golden::first_steps(later, o);
            INFO("seed " << seed + i << ", chip " << chip << "\n" << generator::to_yaml(d.config));
            const golden::Result want = golden_result(spec, o);
            RtlOptions options;
            options.seed = random();
            if (chip % 2 == 1) {
                options.stall_percent = 30;
                options.random_latency = true;
            }
            if (chip % 3 == 2) options.reset_after = 1 + random() % 60;
            check_rtl(d, *trials[i].model, o, want, options);
            conversions += want.conversions;
            golden::Spec ideal = spec;
            ideal.analog = {};
            golden::Operands bare = o;
            bare.cell_gain = bare.adc_offset = bare.adc_gain = bare.adc_inl = {};
            different += golden::run_fast(ideal, bare).outputs.data != want.outputs.data;
        }
    }
    std::cout << "analog: " << count << " macros, " << count * chip_count << " chips, "
              << conversions << " conversions on RTL; " << different
              << " differ from the ideal array\n";
    CHECK(different > count * chip_count / 3);
}

TEST_CASE("analog: a vector by itself meets the noise that it has in the run", "[rtl]") {
    if (!have_verilator()) return;
    // bfp leaves out steps by the data, three tiles need two sets of banks, six outputs two blocks.
    const generator::Design d = generator::load_design(
        "name: part\nscheme: bfp\narray: {rows: 6, outputs: 4, active_rows: 3, banks: 2}\n"
        "adc: {bits: 5, share: 3, latency: 1}\naccumulator: {chain: true}\n"
        "input: {bits: 4}\nweight: {bits: 3}\nbfp: {mantissa_bits: 2, block: dynamic}\n"
        "analog: {noise: 1.5, seed: 77}\n",
        "part");
    const RtlModel model = build_rtl(d, false);
    golden::Operands o = random_operands(d, 4, 17, 6, 5);
    const golden::Result whole = golden::run_reference(to_spec(d.config), o);
    check_rtl(d, model, o, whole, {});
    o.first_steps = golden::first_steps(to_spec(d.config), o);
    for (std::size_t v = 0; v < 4; ++v) {
        for (std::size_t block = 0; block < 2; ++block) {
            const JobVector only{v, block, true};
            const Job job = make_job(d, o, {.only = &only});
            const RtlAnswer answer = run_rtl(model, job, {});
            const auto y = assemble(job, answer, o);
            for (std::size_t m = 4 * block; m < std::min<std::size_t>(6, 4 * block + 4); ++m) {
                INFO("vector " << v << ", output " << m);
                CHECK(y(v, m) == whole.outputs(v, m));
            }
        }
    }
    // The noise is what makes the difference: n one further, and the outputs are others.
    golden::Spec later = to_spec(d.config);
    later.analog.first_step = 1;
    CHECK(golden::run_reference(later, random_operands(d, 4, 17, 6, 5)).outputs.data !=
          whole.outputs.data);
}
