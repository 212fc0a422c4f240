// SPDX-License-Identifier: Apache-2.0
/// Files that travel inside the program, so that an installed one needs no data folder.
///
/// `cimrtl_embed` (cmake/embed.cmake) makes a room's table from its folder.
#pragma once

#include <span>
#include <string_view>

namespace base {

struct Resource {
    std::string_view path;  ///< relative to the embedded folder, with `/`
    std::string_view contents;
};

/// Contents of one file of a table; Error when there is none of that path.
std::string_view resource(std::span<const Resource> table, std::string_view path);

}  // namespace base
