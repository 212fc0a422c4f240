#include "cimrtl/resources.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cimrtl/diagnostic.hpp"

namespace cimrtl {

std::string_view resource(std::string_view path) {
    for (const Resource& r : embedded_resources()) {
        if (r.path == path) return r.contents;
    }
    throw Error(fmt::format("internal: no embedded file {}", path));
}

std::vector<std::string_view> resource_names(std::string_view prefix) {
    std::vector<std::string_view> names;
    for (const Resource& r : embedded_resources()) {
        if (r.path.starts_with(prefix)) names.push_back(r.path);
    }
    std::ranges::sort(names);
    return names;
}

}  // namespace cimrtl
