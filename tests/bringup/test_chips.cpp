// SPDX-License-Identifier: Apache-2.0
// Rationale: the loop closes only if what a host finds through the registers is what the chip has.
// The procedure runs on the RTL with the simulated array, for five drawn chips of several schemes;
// the true figures are golden's own numbers of the same chips, which the RTL's side never says.
// Offset, gain (of the ADC and the cells before it), noise, INL and DNL have to agree within a few
// of the errors that are stated. The comparison is then seen to fail on an array whose offsets are
// a tenth of a step off.
#include <cmath>
#include <functional>

#include "bringup/characterize.hpp"
#include "golden/chip.hpp"
#include "job_writer.hpp"
#include "rtl_bench.hpp"

using namespace rtl_bench;

namespace {

constexpr double one = 65536;
constexpr double most_errors = 4.5;  ///< of some hundred figures
constexpr std::size_t chips = 5;

struct Scheme {
    std::string name, yaml;
    double noise;  ///< in ADC steps
};

const std::vector<Scheme> schemes = {
    {"conventional",
     "name: conv\nscheme: conventional\narray: {rows: 32, outputs: 2, banks: 2, settle: 1}\n"
     "adc: {bits: 5, step: 5/4, share: 4, latency: 2}\ninput: {bits: 2}\nweight: {bits: 4}\n"
     "analog: {noise: 0.4, adc_offset: 1.5, adc_gain: 0.03}\n",
     0.4},
    {"zebra",
     "name: zeb\nscheme: zebra\narray: {rows: 32, outputs: 2, banks: 1, active_rows: 8}\n"
     "adc: {bits: 5, step: 3/2, share: 2, latency: 1}\n"
     "analog: {noise: 0.3, adc_offset: 1, adc_gain: 0.02}\n",
     0.3},
    {"column_quant",
     "name: cq\nscheme: column_quant\narray: {rows: 24, outputs: 2, banks: 2}\n"
     "adc: {bits: 4, share: 4}\ninput: {bits: 4}\nweight: {bits: 4}\n"
     "column_quant: {signing: twos_complement, range_bits: 3}\n"
     "analog: {noise: 0.5, adc_offset: 1, adc_gain: 0.02}\n",
     0.5},
    {"bfp",
     "name: bfp\nscheme: bfp\narray: {rows: 24, outputs: 2, banks: 2, settle: 1}\n"
     "adc: {bits: 4, step: 5/4, share: 4}\ninput: {bits: 4}\nweight: {bits: 4}\n"
     "bfp: {block: dynamic}\n"
     "analog: {noise: 0.4, adc_offset: 1, adc_gain: 0.03, mismatch: 0.02}\n",
     0.4},
    {"binsparx",
     "name: bin\nscheme: binsparx\narray: {rows: 24, outputs: 4, banks: 2, hold: none}\n"
     "adc: {bits: 4, step: 2, share: 2, latency: 1}\n"
     "analog: {noise: 0.3, adc_offset: 1, adc_gain: 0.02, mismatch: 0.02}\n",
     0.3},
};

generator::Design design_of(const Scheme& s, std::size_t chip) {
    return generator::load_design(s.yaml + "test: {observe: true}\n", s.name + ".yaml",
                                  {{"analog.seed", std::to_string(chip)}});
}

golden::Chip true_chip(const generator::Design& d, const golden::Operands& measured) {
    const golden::Spec spec = operands::to_spec(d.config);
    return golden::make_chip(spec, golden::resolve(spec), measured, true);
}

/// Mean gain of the cells of an ADC's columns.
double mean_cell_gain(const golden::Chip& chip, std::size_t adc, std::size_t bank) {
    double sum = 0;
    for (std::size_t r = 0; r < chip.form.rows; ++r) {
        for (std::size_t k = 0; k < chip.form.share; ++k)
            sum += static_cast<double>(chip.gain(bank, r, adc * chip.form.share + k)) / one;
    }
    return sum / static_cast<double>(chip.form.rows * chip.form.share);
}

/// Deviations from the truth in stated errors.
struct Deviations {
    std::vector<double> offset, gain, noise;
    static double most(const std::vector<double>& z) {
        double most = 0;
        for (const double x : z) most = std::max(most, std::abs(x));
        return most;
    }
    static double typical(const std::vector<double>& z) {
        double sum = 0;
        for (const double x : z) sum += x * x;
        return std::sqrt(sum / static_cast<double>(z.size()));
    }
};

double deviation(const bringup::Estimate& e, double truth) {
    REQUIRE(e.error > 0);
    return (e.value - truth) / e.error;
}

/// `array`: what the simulated array has, where it is not the drawn chip.
Deviations deviations_of(const Scheme& s, std::size_t first, std::size_t last,
                         const golden::Operands& array = {}) {
    Deviations z;
    for (std::size_t number = first; number <= last; ++number) {
        const generator::Design d = design_of(s, number);
        const auto found = bringup::characterize(d, array, {}, false);
        const golden::Chip chip = true_chip(d, {});
        REQUIRE(found.adcs.size() == chip.form.adcs());
        for (std::size_t a = 0; a < found.adcs.size(); ++a) {
            const auto& f = found.adcs[a].figures;
            REQUIRE(f.measured);
            z.offset.push_back(deviation(f.offset, static_cast<double>(chip.adc_offset[a]) / one));
            z.gain.push_back(deviation(f.gain, (1 + static_cast<double>(chip.adc_gain[a]) / one) *
                                                   mean_cell_gain(chip, a, 0)));
            z.noise.push_back(deviation(f.noise, s.noise));
        }
    }
    return z;
}

/// Levels of an ADC by the law, on the ideal codes that were used.
struct TrueLevels {
    std::vector<double> ideal, level;
    double offset = 0, gain = 0;  ///< least squares
};

TrueLevels true_levels(const golden::Chip& chip, std::size_t adc, std::int64_t least,
                       const bringup::AdcFigures& f) {
    TrueLevels t;
    const double gain = 1 + static_cast<double>(chip.adc_gain[adc]) / one;
    for (const auto& level : f.levels) {
        if (!level.used) continue;
        const double x = gain * level.ideal + static_cast<double>(chip.adc_offset[adc]) / one;
        const auto code = static_cast<std::int64_t>(std::floor(x + 0.5));
        const auto inl = chip.inl(adc, static_cast<std::size_t>(code - least));
        t.ideal.push_back(level.ideal);
        t.level.push_back(x + static_cast<double>(inl) / one);
    }
    const auto n = static_cast<double>(t.ideal.size());
    double sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (std::size_t i = 0; i < t.ideal.size(); ++i) {
        sx += t.ideal[i];
        sy += t.level[i];
        sxx += t.ideal[i] * t.ideal[i];
        sxy += t.ideal[i] * t.level[i];
    }
    t.gain = (n * sxy - sx * sy) / (n * sxx - sx * sx);
    t.offset = (sy - t.gain * sx) / n;
    return t;
}

/// Where the levels first rise through `height`; not a number if nowhere.
double crossing(const TrueLevels& t, double height) {
    for (std::size_t i = 1; i < t.ideal.size(); ++i) {
        if (t.level[i - 1] > height || t.level[i] <= height) continue;
        return t.ideal[i - 1] + (height - t.level[i - 1]) * (t.ideal[i] - t.ideal[i - 1]) /
                                    (t.level[i] - t.level[i - 1]);
    }
    return std::nan("");
}

/// Vectors of all tiles of one bank while every ADC is masked.
Job masked_job(const generator::Design& d, std::size_t vectors) {
    JobWriter writer;
    for (std::size_t i = 0; i < d.registers.size(); ++i) {
        if (d.registers[i].name != "adc_mask") continue;
        for (int a = 0; a < d.adcs; ++a)
            writer.config(job::config_write, generator::register_address(d, i, a), 1);
    }
    const std::vector<std::int64_t> ones(static_cast<std::size_t>(d.config.array.rows), 1);
    for (std::size_t v = 0; v < vectors; ++v)
        writer.tile(0, true, true, ones.size(), ones.data(), std::identity{});
    return {.bytes = writer.take(), .vectors = {}};
}

}  // namespace

TEST_CASE("five drawn chips of each scheme: golden's figures within the stated errors", "[chips]") {
    if (!have_verilator()) return;
    for (const Scheme& s : schemes) {
        CAPTURE(s.name);
        const Deviations z = deviations_of(s, 1, chips);
        for (const auto* figure : {&z.offset, &z.gain, &z.noise}) {
            CHECK(Deviations::most(*figure) < most_errors);
            CHECK(Deviations::typical(*figure) < 1.8);
        }
    }
}

TEST_CASE("an INL that was put in is found, level by level and code by code", "[chips]") {
    if (!have_verilator()) return;
    const Scheme& s = schemes[0];
    const generator::Design d = design_of(s, 7);
    golden::Operands measured;
    std::mt19937_64 random(7);
    for (std::size_t i = 0; i < static_cast<std::size_t>(d.adcs) << d.adc.bits; ++i)
        measured.adc_inl.push_back(static_cast<std::int64_t>(random() % 39321) - 19660);  // ±0.3
    const golden::Chip chip = true_chip(d, measured);
    const auto found = bringup::characterize(d, measured, {.samples = 256}, false);
    for (std::size_t a = 0; a < found.adcs.size(); ++a) {
        CAPTURE(a);
        const auto& f = found.adcs[a].figures;
        REQUIRE(f.measured);
        const TrueLevels t = true_levels(chip, a, d.adc.code_min, f);
        CHECK(std::abs(deviation(f.offset, t.offset)) < most_errors);
        CHECK(std::abs(deviation(f.gain, t.gain)) < most_errors);
        CHECK(std::abs(deviation(f.noise, s.noise)) < most_errors);
        std::vector<double> inl, dnl;
        std::size_t i = 0;
        double worst = 0;
        for (const auto& level : f.levels) {
            if (!level.used) continue;
            const double truth = t.level[i] - t.gain * t.ideal[i] - t.offset;
            worst = std::max(worst, std::abs(truth));
            inl.push_back(deviation(level.inl, truth));
            ++i;
        }
        CHECK(Deviations::most(inl) < most_errors);
        CHECK(worst > 0.2);
        CHECK(std::abs(std::abs(f.worst_inl.value) - worst) < 3 * f.worst_inl.error);
        for (const auto& code : f.codes) {
            if (!code.has_dnl) continue;
            const auto c = static_cast<double>(code.code);
            const double truth = t.gain * (crossing(t, c + 0.5) - crossing(t, c - 0.5)) - 1;
            if (std::isfinite(truth)) dnl.push_back(deviation(code.dnl, truth));
        }
        CHECK(dnl.size() > 10);
        CHECK(Deviations::most(dnl) < most_errors);
    }
}

TEST_CASE("an array that is a tenth of a step off is not taken for the chip", "[chips]") {
    if (!have_verilator()) return;
    const Scheme& s = schemes[0];
    const golden::Chip chip = true_chip(design_of(s, 1), {});
    golden::Operands off;
    for (const auto offset : chip.adc_offset) off.adc_offset.push_back(offset + 6554);
    const Deviations z = deviations_of(s, 1, 1, off);
    CHECK(Deviations::most(z.offset) > 2 * most_errors);
    CHECK(Deviations::most(z.gain) < most_errors);
}

TEST_CASE("with every ADC masked no rule of the array is broken", "[chips]") {
    if (!have_verilator()) return;
    for (const Scheme& s : schemes) {
        CAPTURE(s.name);
        const generator::Design d = design_of(s, 1);
        const RtlAnswer answer = run_rtl(build_rtl(d, false), masked_job(d, 5), {});
        CHECK(answer.violations == 0);
        CHECK(answer.outputs.rows == 5);
    }
}
