// SPDX-License-Identifier: Apache-2.0
#include "base/resources.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"

namespace base {

std::string_view resource(std::span<const Resource> table, std::string_view path) {
    const auto found = std::ranges::find(table, path, &Resource::path);
    if (found == table.end()) throw Error(fmt::format("internal: no embedded file {}", path));
    return found->contents;
}

}  // namespace base
