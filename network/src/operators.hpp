// SPDX-License-Identifier: Apache-2.0
/// The table of operators: what a model may hold.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "network/model.hpp"
#include "network/tensor.hpp"

namespace network {

/// One evaluation of a node: its inputs (null: left out) for one image.
struct Call {
    const Node& node;
    std::vector<const Tensor*> inputs;
    /// Only shapes are wanted: the large products leave zeros.
    bool shapes_only = false;
    /// Of a product: the first operand holds the weights (MatMul of a constant by the image).
    bool weights_first = false;

    const Tensor& in(std::size_t n) const { return *inputs[n]; }
    bool has(std::size_t n) const { return n < inputs.size() && inputs[n] != nullptr; }
};

enum class Domain { onnx, qonnx, microsoft };

/// A node is shaped, checked and computed by one function.
struct Operator {
    std::string_view type;
    Domain domain;
    int least_inputs, most_inputs;  ///< most -1: any number
    int most_outputs;               ///< -1: any number
    /// Bit n: input n decides shapes, so it has to be constant. Bit 31: 31 and beyond.
    std::uint32_t constant_inputs;
    std::string_view attributes;  ///< known ones, separated by spaces
    std::vector<Tensor> (*run)(const Call&);
};

/// Null for a node that is not supported.
const Operator* find_operator(std::string_view domain, std::string_view type);
/// Names of all, for messages.
std::string supported_operators();

/// What a function throws for bad inputs; the caller puts the node's place before it.
[[noreturn]] void refuse(const std::string& message);
/// Refuses unless the condition holds.
void expect(bool condition, std::string_view message);
/// The float or integer tensor at an input; refuses the other kind.
const Tensor& real_input(const Call& call, std::size_t n);
const Tensor& integer_input(const Call& call, std::size_t n);
/// The integers of an input or, in former opsets, of the attribute of that name.
std::vector<std::int64_t> integers_of(const Call& call, std::size_t input,
                                      std::string_view attribute);
bool given(const Call& call, std::size_t input, std::string_view attribute);
/// An axis from -rank to rank - 1 (or rank, with `past`) as one from 0 on; refuses others.
std::size_t axis_of(std::int64_t axis, std::int64_t rank, bool past = false);

/// Wraps one result.
std::vector<Tensor> one(Tensor t);

}  // namespace network
