// SPDX-License-Identifier: Apache-2.0
/// YAML text as a plain tree with positions. Bounded: whatever the text, parsing ends with a small
/// tree or with an Error; nothing recurses deeper than `max_depth`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace generator {

struct YamlNode {
    enum class Kind { null, scalar, list, map };
    Kind kind = Kind::null;
    std::string text;                ///< of a scalar
    bool plain = true;               ///< a scalar without quotes
    std::string tag;                 ///< an explicit tag, else empty
    int line = 0;                    ///< from 1
    int column = 0;                  ///< from 1, in bytes
    int height = 1;                  ///< 1 for a leaf
    std::size_t size = 1;            ///< nodes of the subtree
    std::vector<YamlNode> children;  ///< list: items; map: key, value, key, value, ...
};

/// Limits of a config file; far above what any config needs.
struct YamlLimits {
    static constexpr std::size_t bytes = std::size_t{1} << 20;
    static constexpr int depth = 8;
    static constexpr std::size_t nodes = 10000;
    static constexpr std::size_t alias_nodes = 1000;  ///< nodes that all aliases together stand for
};

/// A position and what is wrong there; the caller knows the file or the override.
struct YamlError {
    int line = 1;
    int column = 1;
    std::string message;
};

/// Parses one document. Throws YamlError. An empty text is a null node.
YamlNode parse_yaml(std::string_view text);

/// What was found, for a message: `4.0 (a decimal number)`, `"4" (a string)`, `a list`, `nothing`.
std::string describe(const YamlNode& node);

}  // namespace generator
