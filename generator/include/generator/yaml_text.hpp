// SPDX-License-Identifier: Apache-2.0
/// Checks of the raw text, and words about scalars.
#pragma once

#include <string>
#include <string_view>

namespace generator {

/// Throws YamlError at the first byte that no config may hold: the text is over the size limit,
/// not UTF-8, or has a control character.
void check_text(std::string_view text);

/// Text for a message: long ones are cut, control characters and quotes are written as escapes.
std::string escape(std::string_view text);
/// The same in quotes.
std::string quote(std::string_view text);

/// Plain decimal integer without leading zeros: -?(0|[1-9][0-9]*).
bool is_integer(std::string_view text);

/// What a plain scalar is in YAML's core schema, with an article: "an integer", "a boolean", ...
std::string_view scalar_type(std::string_view text);

}  // namespace generator
