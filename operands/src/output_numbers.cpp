// SPDX-License-Identifier: Apache-2.0
#include "operands/output_numbers.hpp"

#include <fmt/format.h>

#include <charconv>

#include "base/findings.hpp"
#include "operands/operands.hpp"

namespace operands {

namespace {

std::optional<std::int64_t> integer(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (status != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// "L,H".
std::optional<std::pair<std::int64_t, std::int64_t>> pair_of(std::string_view text) {
    const auto comma = text.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const auto low = integer(text.substr(0, comma)), high = integer(text.substr(comma + 1));
    if (!low || !high) return std::nullopt;
    return std::pair(*low, *high);
}

}  // namespace

golden::OutputNumbers read_output_numbers(const generator::Design& d,
                                          const OutputNumberTexts& texts) {
    const golden::OutputStage stage = to_spec(d.config).output;
    golden::OutputNumbers numbers;
    base::Findings findings;
    const auto refuse = [&](std::string_view option) {
        findings.add(
            fmt::format("error: {0}: not taken by this config, which has output.mode: raw; "
                        "expected no {0}",
                        option));
    };
    if (!stage.requant) {
        if (texts.zero_point) refuse("--zero-point");
        if (texts.clamp) refuse("--clamp");
        findings.finish();
        return numbers;
    }
    if (texts.zero_point) {
        numbers.zero_point = *texts.zero_point;
        const std::int64_t half = std::int64_t{1} << stage.bits;
        if (numbers.zero_point < -half || numbers.zero_point >= half) {
            findings.add(fmt::format(
                "error: --zero-point: found {}; expected {} to {} (output.bits + 1 bits, signed)",
                numbers.zero_point, -half, half - 1));
        }
    }
    if (texts.clamp) {
        const auto [lowest, highest] = golden::type_range(stage);
        numbers.clamp = pair_of(*texts.clamp);
        const auto& c = numbers.clamp;
        if (!c || c->first > c->second || c->first < lowest || c->second > highest) {
            findings.add(
                fmt::format("error: --clamp: found {}; expected L,H: two integers, "
                            "{} <= L <= H <= {} (the output's type)",
                            *texts.clamp, lowest, highest));
        }
    }
    findings.finish();
    return numbers;
}

}  // namespace operands
