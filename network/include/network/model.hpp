// SPDX-License-Identifier: Apache-2.0
/// An ONNX model as a graph of typed nodes, read and checked.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "network/tensor.hpp"

namespace network {

using Attribute = std::variant<std::int64_t, float, std::string, std::vector<std::int64_t>,
                               std::vector<float>, Tensor>;

struct Operator;

struct Node {
    std::string name;  ///< as the file has it, or type and number of one without a name; unique
    std::string type;
    std::string domain;      ///< "" for ONNX's own
    std::int64_t opset = 0;  ///< of its domain
    const Operator* op = nullptr;
    std::vector<int> inputs;   ///< values; -1: left out
    std::vector<int> outputs;  ///< values; -1: left out
    std::map<std::string, Attribute, std::less<>> attributes;

    /// The attribute or its default; an Error without the node's place names it if it has another
    /// kind.
    std::int64_t integer(std::string_view key, std::int64_t otherwise) const;
    float real(std::string_view key, float otherwise) const;
    std::string text(std::string_view key, std::string_view otherwise) const;
    std::vector<std::int64_t> list(std::string_view key) const;
    const Attribute* find(std::string_view key) const;
    bool has(std::string_view key) const { return find(key) != nullptr; }
};

struct Value {
    std::string name;
    int producer = -1;               ///< node, -1: the input or a constant of the file
    std::optional<Tensor> constant;  ///< of the file, or computed from constants alone
};

struct Model {
    std::string path;
    std::string graph;
    std::vector<Node> nodes;  ///< in the order of execution: the file's where that is sorted
    std::vector<Value> values;
    int input = -1, output = -1;
    Type input_type = Type::f32;
    Shape input_shape;  ///< one image, first axis 1; -1: free
    bool integer_output = false;
    std::vector<std::string> external;  ///< files beside it that hold constants, as paths

    const std::string& value_name(int value) const {
        return values[static_cast<std::size_t>(value)].name;
    }
};

/// Reads and checks a file: opset 9 and later, one input, one output, every node in the table of
/// operators (all that are not are named at once), no value twice or never made, no cycle, no NaN
/// in a constant, external data inside the model's folder. Throws base::Error with one clear
/// message for any bytes.
Model read_model(const std::string& path);
/// The same from memory; `path` names it and its folder.
Model parse_model(const std::string& bytes, const std::string& path);

/// "file: node `name` (Type, opset 13)": how messages begin.
std::string place(const Model& model, const Node& node);

}  // namespace network
