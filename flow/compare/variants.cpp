#include "variants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace comparing {

namespace {

const Variant baseline = {"conventional 8-8", "conventional", "conventional"};

const std::vector<Variant> table = {
    baseline,
    {"zebra option1", "zebra_option1", "zebra", "option1"},
    {"zebra option2", "zebra_option2", "zebra", "option2"},
    {"zebra option1_paired", "zebra_option1_paired", "zebra", "option1_paired"},
    {"zebra window2", "zebra_window2", "zebra", "window2"},
};

constexpr int bfp_first = 2, bfp_last = 8;  // mantissa bits

std::vector<Variant> make_bfp() {
    std::vector<Variant> all = {baseline};
    for (const bool dynamic : {false, true}) {
        const std::string block = dynamic ? "dynamic" : "static";
        for (int m = bfp_first; m <= bfp_last; ++m) {
            all.push_back({fmt::format("bfp {} m = {}", block, m),
                           fmt::format("bfp_{}_m{}", block, m), "bfp", "", m, dynamic});
        }
    }
    return all;
}

/// The part of a config that only its scheme has.
std::string own_text(const Variant& v, const Macro& m) {
    if (!v.pattern.empty()) return fmt::format("zebra: {{pattern: {}}}\n", v.pattern);
    if (v.mantissa == 0) {
        return fmt::format("input: {{bits: 8, signed: {}}}\nweight: {{bits: 8}}\n",
                           m.signed_inputs);
    }
    return fmt::format(
        "input: {{bits: 8}}\nweight: {{bits: 8}}\nbfp: {{mantissa_bits: {}, block: {}}}\n",
        v.mantissa, v.dynamic ? "dynamic" : "static");
}

}  // namespace

std::span<const Variant> variants() { return table; }

std::span<const Variant> bfp_variants() {
    static const std::vector<Variant> all = make_bfp();
    return all;
}

int Macro::banks() const { return std::max(least_banks, tiles); }

std::string step_text(const generator::Rational& step) {
    return step.den == 1 ? fmt::format("{}", step.num) : fmt::format("{}/{}", step.num, step.den);
}

std::string config_text(const Variant& v, const Macro& m, const std::optional<FixedAdc>& adc) {
    std::string text = fmt::format(
        "name: {}_{}x{}_{}\nscheme: {}\n"
        "array: {{rows: {}, outputs: {}, banks: {}, precharge: 1, settle: 1}}\n"
        "accumulator: {{max_tiles: {}{}}}\n",
        v.key, m.rows, m.outputs, adc ? fmt::format("adc{}", FixedAdc::bits) : "auto", v.scheme,
        m.rows, m.outputs, m.banks(), m.banks(),
        v.mantissa > 0 && m.signed_inputs ? ", bias: true" : "");
    text += adc ? fmt::format("adc: {{bits: {}, step: \"{}/{}\"}}\n", FixedAdc::bits, adc->step.num,
                              adc->step.den)
                : std::string("adc: {bits: auto, step: 1}\n");
    return text + own_text(v, m);
}

}  // namespace comparing
