// SPDX-License-Identifier: Apache-2.0
/// A node's attributes and its place in messages.
#include <fmt/format.h>

#include <array>

#include "base/error.hpp"
#include "network/model.hpp"
#include "onnx.hpp"

namespace network {

namespace {

/// In the order of Attribute's kinds.
constexpr std::array<std::string_view, 6> attribute_kinds = {"an integer", "a number", "a string",
                                                             "integers",   "numbers",  "a tensor"};

template <class T>
const T* kind(const Attribute* a, std::string_view key, std::string_view expected) {
    if (!a) return nullptr;
    if (const T* found = std::get_if<T>(a)) return found;
    throw base::Error(fmt::format("attribute `{}`: found {}; expected {}", key,
                                  attribute_kinds[a->index()], expected));
}

}  // namespace

const Attribute* Node::find(std::string_view key) const {
    const auto found = attributes.find(key);
    return found == attributes.end() ? nullptr : &found->second;
}
std::int64_t Node::integer(std::string_view key, std::int64_t otherwise) const {
    const auto* found = kind<std::int64_t>(find(key), key, "an integer");
    return found ? *found : otherwise;
}
float Node::real(std::string_view key, float otherwise) const {
    const auto* found = kind<float>(find(key), key, "a number");
    return found ? *found : otherwise;
}
std::string Node::text(std::string_view key, std::string_view otherwise) const {
    const auto* found = kind<std::string>(find(key), key, "a string");
    return found ? *found : std::string(otherwise);
}
std::vector<std::int64_t> Node::list(std::string_view key) const {
    const auto* found = kind<std::vector<std::int64_t>>(find(key), key, "integers");
    return found ? *found : std::vector<std::int64_t>{};
}

std::string place(const Model& model, const Node& node) {
    const std::string domain = node.domain.empty() ? "" : printable(node.domain) + " ";
    return fmt::format("{}: node `{}` ({}, {}opset {})", model.path, node.name, node.type, domain,
                       node.opset);
}

}  // namespace network
