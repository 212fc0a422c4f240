// Rationale: a calibration is right if the chip is better on data that it never saw. Chips with
// offsets of two steps, of each scheme, without noise and with it: codes of other vectors
// and other weights, conversion by conversion against the ideal array. Without the correction the
// same measure has to be off by more than half a step somewhere, else it could not fail.
#include <cmath>

#include "golden/chip.hpp"
#include "operands/calibrate.hpp"
#include "rtl_bench.hpp"

using namespace rtl_bench;

namespace {

/// Mean error of the codes by ADC, over conversions whose ideal code is not at an end.
std::vector<double> code_errors(const generator::Design& d, const golden::Operands& o,
                                const std::vector<std::int64_t>& correction) {
    const golden::Spec spec = to_spec(d.config);
    const golden::Resolved resolved = golden::resolve(spec);
    const golden::ArrayForm form = golden::array_form(spec, resolved.planes);
    golden::Spec ideal = spec;
    ideal.analog = {};
    std::vector<double> sum(form.adcs()), count(form.adcs());
    for (std::size_t v = 0; v < o.inputs.rows; ++v) {
        const auto want = golden::trace(ideal, o, v, 0), got = golden::trace(spec, o, v, 0);
        REQUIRE(want.size() == got.size());
        for (std::size_t i = 0; i < want.size(); ++i) {
            if (want[i].code == resolved.code_min || want[i].code == resolved.code_max) continue;
            const std::size_t a = want[i].column / form.share;
            sum[a] += static_cast<double>(got[i].code - correction[a] - want[i].code);
            ++count[a];
        }
    }
    for (std::size_t a = 0; a < sum.size(); ++a) {
        REQUIRE(count[a] > 50);
        sum[a] /= count[a];
    }
    return sum;
}

double greatest(const std::vector<double>& errors) {
    double most = 0;
    for (const double e : errors) most = std::max(most, std::abs(e));
    return most;
}

struct Kind {
    std::string scheme, array, adc, own;
};

/// ADCs with room above and below the codes that random data make.
const std::vector<Kind> kinds = {
    {"conventional", "rows: 64, outputs: 6, banks: 2", "bits: 6, step: 1, share: 4",
     "input: {bits: 4}\nweight: {bits: 4}\n"},
    {"bfp", "rows: 64, outputs: 6, banks: 2", "bits: 6, step: 1, share: 4",
     "input: {bits: 4}\nweight: {bits: 4}\nbfp: {mantissa_bits: 3}\n"},
    {"binsparx", "rows: 64, outputs: 8, banks: 2", "bits: 7, step: 1, share: 2",
     "binsparx: {weights: false, activations: false}\n"},
    {"zebra", "rows: 32, outputs: 6, banks: 2", "bits: 7, step: 3, share: 4", ""},
    {"column_quant", "rows: 64, outputs: 6, banks: 1", "bits: 7, share: 1",
     "input: {bits: 4}\nweight: {bits: 3}\ncolumn_quant: {dac_bits: 1, alpha_frac: 8}\n"},
};

/// Under noise a mean of a few hundred codes is itself off by some hundredths of a step.
struct Trial {
    int seed;
    double noise, limit;
};
const std::vector<Trial> trials = {{1, 0, 0.5}, {2, 0, 0.5}, {3, 0.5, 0.6}};

}  // namespace

TEST_CASE("calibrate: below half a step on every ADC, on data that it did not use", "[calibrate]") {
    for (const Kind& kind : kinds) {
        for (const auto& [seed, noise, limit] : trials) {
            const std::string text = fmt::format(
                "name: chip\nscheme: {}\narray: {{{}}}\nadc: {{{}, correction_bits: 5}}\n{}"
                "analog: {{adc_offset: 2, noise: {}, seed: {}}}\n",
                kind.scheme, kind.array, kind.adc, kind.own, noise, seed);
            const generator::Design d = generator::load_design(text, "chip");
            const operands::StimulusSize size = operands::stimulus_size(d);
            golden::Operands given;
            golden::Operands other = random_operands(
                d, 240 / d.config.adc.share, size.tiles * d.config.array.rows, size.outputs, 4711);
            if (kind.scheme == "column_quant") {  // one code a unit of v, as it is
                const auto planes =
                    static_cast<std::size_t>(golden::resolve(to_spec(d.config)).planes);
                given.alpha.assign(size.tiles * planes * size.outputs, 1 << 8);
                other.alpha = given.alpha;
                other.scale.assign(given.alpha.size(), 1);
            }
            const operands::Calibration c = operands::calibrate(d, given, size);
            INFO(text);
            const std::vector<std::int64_t> none(c.correction.size(), 0);
            CHECK(greatest(code_errors(d, other, none)) > 0.5);
            CHECK(greatest(code_errors(d, other, c.correction)) < limit);
            CHECK(std::abs(c.after.mean) < 0.25);
            // The outputs gain as well.
            const auto error_of = [&](const std::vector<std::int64_t>& correction) {
                golden::Operands o = other;
                o.correction = correction;
                golden::Spec ideal = to_spec(d.config);
                ideal.analog = {};
                const auto y = golden::run_fast(to_spec(d.config), o).outputs;
                const auto y0 = golden::run_fast(ideal, other).outputs;
                double sum = 0;
                for (std::size_t i = 0; i < y.data.size(); ++i)
                    sum += std::pow(static_cast<double>(y.data[i] - y0.data[i]), 2);
                return sum;
            };
            CHECK(error_of(c.correction) < error_of({}));
        }
    }
}
