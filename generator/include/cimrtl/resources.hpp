/// Files that travel inside the program: everything below `rtl_templates/` under its relative path
/// (`blocks/adder.sv`), and everything below `sim/harness/` under `harness/`.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace cimrtl {

struct Resource {
    std::string_view path;
    std::string_view contents;
};

/// The table that the build makes (generator/cmake/embed.cmake), in order of the full file names.
std::span<const Resource> embedded_resources();

/// Contents of one file; Error when there is none of that path.
std::string_view resource(std::string_view path);

/// Sorted paths of all files whose path begins with `prefix`.
std::vector<std::string_view> resource_names(std::string_view prefix);

}  // namespace cimrtl
