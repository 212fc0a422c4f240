// SPDX-License-Identifier: Apache-2.0
#include "generator/resources.hpp"

#include <algorithm>

namespace generator {

std::string_view resource(std::string_view path) {
    return base::resource(embedded_resources(), path);
}

std::vector<std::string_view> resource_names(std::string_view prefix) {
    std::vector<std::string_view> names;
    for (const base::Resource& r : embedded_resources()) {
        if (r.path.starts_with(prefix)) names.push_back(r.path);
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace generator
