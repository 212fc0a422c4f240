// SPDX-License-Identifier: Apache-2.0
/// One scheme for each row of `SchemeSection`.
#include <array>
#include <memory>
#include <variant>

#include "generator/scheme.hpp"

namespace generator {

namespace {

template <class... Sections>
auto make_all(const std::variant<Sections...>&) {
    return std::array<std::unique_ptr<const Scheme>, sizeof...(Sections)>{
        make_scheme(Sections{})...};
}

}  // namespace

std::span<const std::unique_ptr<const Scheme>> schemes() {
    static const auto table = make_all(SchemeSection{});
    return table;
}

const Scheme* find_scheme(std::string_view name) {
    for (const auto& scheme : schemes()) {
        if (scheme->name() == name) return scheme.get();
    }
    return nullptr;
}

const Scheme& scheme_of(const Config& config) { return *schemes()[config.section.index()]; }

}  // namespace generator
