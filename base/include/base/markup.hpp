// SPDX-License-Identifier: Apache-2.0
/// Text in XML and HTML.
#pragma once

#include <string>
#include <string_view>

namespace base {

/// `&`, `<` and `>` as entities: for text between tags.
std::string escape_markup(std::string_view text);

}  // namespace base
