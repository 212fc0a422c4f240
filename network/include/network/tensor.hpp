// SPDX-License-Identifier: Apache-2.0
/// Dense tensors of a model, row-major.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/memory.hpp"

namespace network {

using Shape = std::vector<std::int64_t>;

/// Element types that a model may compute with. float16, bfloat16 and double are read into float32.
enum class Type : std::uint8_t { f32, boolean, i8, u8, i16, u16, i32, u32, i64, u64 };

std::string_view type_name(Type type);
/// Lowest and highest integer of an integer type (u64: what int64 holds).
std::int64_t lowest(Type type);
std::int64_t highest(Type type);
/// The integer modulo the type's width, as two's complement hardware keeps it.
std::int64_t wrapped(Type type, std::int64_t value);

/// Most elements of one tensor.
inline constexpr std::int64_t max_elements = std::int64_t{1} << 28;
/// Elements of a shape; throws base::Error on a negative extent and above max_elements.
std::size_t element_count(const Shape& shape);
/// "(1, 3, 32, 32)".
std::string shape_text(const Shape& shape);

/// `f` holds the elements of f32, `i` those of every other type.
struct Tensor {
    Type type = Type::f32;
    Shape shape;
    base::Buffer<float> f;
    std::vector<std::int64_t> i;

    Tensor() = default;
    /// All zeros.
    Tensor(Type t, Shape s);
    /// Float32 elements that have no value yet.
    static Tensor unset(Shape s);

    bool is_float() const { return type == Type::f32; }
    std::size_t size() const { return is_float() ? f.size() : i.size(); }
    std::int64_t rank() const { return static_cast<std::int64_t>(shape.size()); }
    /// Any element as a double.
    double number(std::size_t n) const { return is_float() ? f[n] : static_cast<double>(i[n]); }
    /// The same elements under another shape of the same count.
    Tensor reshaped(Shape s) const&;
    Tensor reshaped(Shape s) &&;
};

Tensor scalar(float value);
Tensor integers(std::vector<std::int64_t> values);

/// NumPy's rule; throws base::Error if the shapes do not fit.
Shape broadcast(const Shape& a, const Shape& b);
/// `t` repeated to `shape`.
Tensor expand(const Tensor& t, const Shape& shape);

/// Offsets of a broadcast operand while another shape is walked in order: the innermost extent is
/// walked by the caller with `inner` as stride.
struct Walk {
    std::size_t rows = 1;        ///< runs of the innermost extent
    std::size_t length = 1;      ///< the innermost extent
    std::ptrdiff_t inner_a = 0;  ///< stride of each operand along it: 0 or 1
    std::ptrdiff_t inner_b = 0;
    std::vector<std::size_t> a, b;  ///< where each run begins
};
Walk walk(const Shape& out, const Shape& a, const Shape& b);

}  // namespace network
