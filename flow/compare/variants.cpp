#include "variants.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace comparing {

namespace {

constexpr Variant table[] = {
    {"conventional 8-8", "conventional", "conventional", ""},
    {"zebra option1", "zebra_option1", "zebra", "option1"},
    {"zebra option2", "zebra_option2", "zebra", "option2"},
    {"zebra option1_paired", "zebra_option1_paired", "zebra", "option1_paired"},
    {"zebra window2", "zebra_window2", "zebra", "window2"},
};

constexpr int default_banks = 16;

}  // namespace

std::span<const Variant> variants() { return table; }

int Macro::banks() const { return std::max(default_banks, tiles); }

std::string step_text(const cimrtl::Rational& step) {
    return step.den == 1 ? fmt::format("{}", step.num) : fmt::format("{}/{}", step.num, step.den);
}

std::string config_text(const Variant& v, const Macro& m, const std::optional<FixedAdc>& adc) {
    std::string text = fmt::format(
        "name: {}_{}x{}_{}\nscheme: {}\n"
        "array: {{rows: {}, outputs: {}, banks: {}, precharge: 1, settle: 1}}\n"
        "accumulator: {{max_tiles: {}}}\n",
        v.key, m.rows, m.outputs, adc ? fmt::format("adc{}", FixedAdc::bits) : "auto", v.scheme,
        m.rows, m.outputs, m.banks(), m.banks());
    text += adc ? fmt::format("adc: {{bits: {}, step: \"{}/{}\"}}\n", FixedAdc::bits, adc->step.num,
                              adc->step.den)
                : std::string("adc: {bits: auto, step: 1}\n");
    if (v.pattern.empty()) {
        return text + fmt::format("input: {{bits: 8, signed: {}}}\nweight: {{bits: 8}}\n",
                                  m.signed_inputs);
    }
    return text + fmt::format("zebra: {{pattern: {}}}\n", v.pattern);
}

}  // namespace comparing
