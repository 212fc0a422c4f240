// SPDX-License-Identifier: Apache-2.0
/// The rules between keys that hold in every scheme. Source: docs/spec/contract.md, "Config keys".
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "generator/limits.hpp"
#include "load_steps.hpp"

namespace generator {

namespace {

const std::int64_t* integer_at(const Values& values, std::string_view path) {
    return find_value<std::int64_t>(values, path);
}

std::vector<std::int64_t> divisors(std::int64_t n) {
    std::vector<std::int64_t> all;
    for (std::int64_t d = 1; d <= n; ++d) {
        if (n % d == 0) all.push_back(d);
    }
    return all;
}

void check_active_rows(Values& values, Loading& loading) {
    const auto* rows = integer_at(values, "array.rows");
    const auto* active = integer_at(values, "array.active_rows");
    if (!rows) return;
    if (!active) {
        if (!loading.broken.contains("array.active_rows")) values["array.active_rows"] = *rows;
    } else if (*rows % *active != 0) {
        loading.error("array.active_rows",
                      fmt::format("found {}; expected a divisor of array.rows = {}: {}", *active,
                                  *rows, fmt::join(divisors(*rows), ", ")));
        values.erase("array.active_rows");
    }
}

/// Shares that divide the planes, or gather whole outputs.
std::vector<std::int64_t> allowed_shares(std::int64_t planes, std::int64_t outputs) {
    std::vector<std::int64_t> shares = divisors(planes);
    for (std::int64_t d : divisors(outputs)) {
        if (d > 1 && d * planes <= max_adc_share) shares.push_back(d * planes);
    }
    return shares;
}

void check_share(std::int64_t planes, Values& values, Loading& loading) {
    const auto* share = integer_at(values, "adc.share");
    const auto* outputs = integer_at(values, "array.outputs");
    if (!share) {
        if (!loading.broken.contains("adc.share")) values["adc.share"] = planes;
        return;
    }
    if (!outputs) return;
    const std::vector<std::int64_t> allowed = allowed_shares(planes, *outputs);
    if (std::ranges::find(allowed, *share) != allowed.end()) return;
    loading.error("adc.share",
                  fmt::format("found {}; expected a divisor of the {} planes, or a multiple of {} "
                              "that divides outputs*planes = {}: {}",
                              *share, planes, planes, *outputs * planes, fmt::join(allowed, ", ")));
}

void check_stream(std::string_view path, std::string_view what, std::int64_t limit,
                  const Values& values, Loading& loading) {
    const auto* width = integer_at(values, path);
    if (!width || *width <= limit) return;
    loading.error(path,
                  fmt::format("found {}; expected at most {} = {}, or auto", *width, what, limit));
}

void check_streams(std::optional<std::int64_t> planes, const Values& values, Loading& loading) {
    const auto* rows = integer_at(values, "array.rows");
    const auto* outputs = integer_at(values, "array.outputs");
    if (rows) check_stream("stream.in", "array.rows", *rows, values, loading);
    if (outputs) check_stream("stream.out", "array.outputs", *outputs, values, loading);
    if (outputs && planes) {
        check_stream("stream.weight", "outputs*planes", *outputs * *planes, values, loading);
    }
}

void check_cells(std::int64_t planes, const Values& values, Loading& loading) {
    const auto* rows = integer_at(values, "array.rows");
    const auto* outputs = integer_at(values, "array.outputs");
    const auto* banks = integer_at(values, "array.banks");
    if (!rows || !outputs || !banks) return;
    const std::int64_t cells = *rows * *outputs * planes * *banks;
    if (cells <= max_cells) return;
    loading.error("array", fmt::format("found {} rows * {} outputs * {} planes * {} banks = {} "
                                       "cells; expected at most {}",
                                       *rows, *outputs, planes, *banks, cells, max_cells));
}

}  // namespace

void check_rules(const SchemeKeys& scheme, Values& values, Loading& loading) {
    check_active_rows(values, loading);
    scheme.complete(values, [&](std::string_view path) { return loading.broken.contains(path); });
    bool scheme_good = std::ranges::all_of(
        scheme.keys(), [&](const KeySpec& k) { return values.contains(k.path); });
    scheme.validate(values, [&](std::string_view path, std::string message) {
        loading.error(path, std::move(message));
        scheme_good = false;
    });
    std::optional<std::int64_t> planes;
    if (scheme_good) planes = scheme.planes(values);
    if (planes) {
        check_share(*planes, values, loading);
        check_cells(*planes, values, loading);
    }
    check_streams(planes, values, loading);
}

void check_register_bits(std::int64_t bits, std::string_view what) {
    if (bits <= max_register_bits) return;
    throw base::KeyError(
        "array", fmt::format("found {} register-file bits ({}); expected at most {}", bits, what,
                             max_register_bits));
}

}  // namespace generator
