// SPDX-License-Identifier: Apache-2.0
/// The table of operators: what a model may hold.
#pragma once

#include <cstdint>
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
    /// Bit n: input n depends on the image, so that with `shapes_only` its elements are not yet
    /// known. Bit 31: 31 and beyond.
    std::uint32_t image_inputs = 0;
    /// Of a product: the first operand holds the weights (MatMul of a constant by the image).
    bool weights_first = false;

    const Tensor& in(std::size_t n) const { return *inputs[n]; }
    bool has(std::size_t n) const { return n < inputs.size() && inputs[n] != nullptr; }
    bool depends_on_image(std::size_t n) const {
        return (image_inputs >> (n < 31 ? n : 31) & 1U) != 0;
    }
    /// What input n holds counts: it is no zero that stands for an element of the image.
    bool known(std::size_t n) const { return !shapes_only || !depends_on_image(n); }
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
/// A tensor of int8 or uint8, what ONNX's integer nodes compute with; refuses others.
const Tensor& quantized_input(const Call& call, std::size_t n);
/// One number of the type of input 0; refuses others. `role`: what it is to the node.
const Tensor& single_input(const Call& call, std::size_t n, std::string_view role);
/// The larger of two; NaN if one is.
template <class T>
T larger(T a, T b) {
    return a != a || a > b ? a : b;  // NOLINT(misc-redundant-expression): NaN is not itself
}
/// Positive and finite.
bool is_scale(float value);
/// Scales at an input, any number of them; refuses other types, and what is no scale.
const Tensor& scale_input(const Call& call, std::size_t n);
/// The element type that an attribute names.
Type type_attribute(const Call& call, std::string_view key, std::int64_t otherwise);
/// The integers of an input or, in former opsets, of the attribute of that name.
std::vector<std::int64_t> integers_of(const Call& call, std::size_t input,
                                      std::string_view attribute);
bool given(const Call& call, std::size_t input, std::string_view attribute);
/// An axis from -rank to rank - 1 (or rank, with `past`) as one from 0 on; refuses others.
std::size_t axis_of(std::int64_t axis, std::int64_t rank, bool past = false);

/// Wraps one result.
std::vector<Tensor> one(Tensor t);

}  // namespace network
