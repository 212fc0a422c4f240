// SPDX-License-Identifier: Apache-2.0
#include "scoring.hpp"

#include <algorithm>
#include <cmath>

namespace network {

namespace {

/// Of equal ones the lowest; an integer result of one element is a class itself.
std::size_t class_of(const Tensor& logits) {
    if (!logits.is_float() && logits.size() == 1)
        return static_cast<std::size_t>(std::max<std::int64_t>(logits.i[0], 0));
    std::size_t best = 0;
    for (std::size_t c = 1; c < logits.size(); ++c) {
        if (logits.number(c) > logits.number(best)) best = c;
    }
    return best;
}

bool in_top(const Tensor& logits, std::size_t label, std::size_t count) {
    std::size_t before = 0;
    const double own = logits.number(label);
    for (std::size_t c = 0; c < logits.size(); ++c) {
        if (logits.number(c) > own || (logits.number(c) == own && c < label)) ++before;
    }
    return before < count;
}

void count(Share& share, bool hit) {
    share.of += 1;
    share.hits += hit;
}

}  // namespace

std::pair<double, double> Share::interval() const {
    if (of == 0) return {0, 1};
    constexpr double z = 1.959963984540054;  // 95 %
    const double n = static_cast<double>(of), p = value();
    const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

Spread spread(const Report& r) {
    std::vector<double> values;
    const auto add = [&](const Share& top1, const Share& same) {
        values.push_back(r.labelled ? top1.value() : same.value());
    };
    for (const ChipReport& c : r.chips) add(c.top1, c.same);
    if (values.empty()) add(r.top1, r.same);
    const auto count = static_cast<double>(values.size());
    Spread s{0, 0, values.front()};
    for (const double v : values) {
        s.mean += v / count;
        s.worst = std::min(s.worst, v);
    }
    for (const double v : values) s.deviation += (v - s.mean) * (v - s.mean);
    s.deviation = values.size() > 1 ? std::sqrt(s.deviation / (count - 1)) : 0;
    return s;
}

void score(Report& r, const Tensor& found, const Tensor& reference,
           std::optional<std::size_t> label) {
    for (std::size_t c = 0; c < r.classes; ++c) {
        const double own = found.number(c), wanted = reference.number(c);
        r.logits.push_back(static_cast<float>(own));
        r.logit_difference = std::max(r.logit_difference, std::abs(own - wanted));
        r.greatest_logit = std::max(r.greatest_logit, std::abs(wanted));
    }
    const std::size_t own = class_of(found), real = class_of(reference);
    count(r.same, own == real);
    if (!label) return;
    count(r.top1, own == *label);
    count(r.float_top1, real == *label);
    if (r.classes < 10) return;
    count(r.top5, in_top(found, *label, 5));
    count(r.float_top5, in_top(reference, *label, 5));
}

}  // namespace network
