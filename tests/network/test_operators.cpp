// SPDX-License-Identifier: Apache-2.0
/// Single operators where no model of ONNX Runtime's goes: integers beyond float32, NaN, shapes
/// alone. Expected values are worked out by hand from the operators' definitions.
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "base/error.hpp"
#include "operators.hpp"

using network::Tensor;
using network::Type;

namespace {

Tensor whole(Type type, std::vector<std::int64_t> values) {
    Tensor t(type, {static_cast<std::int64_t>(values.size())});
    t.i = std::move(values);
    return t;
}

Tensor real(const network::Shape& shape, const std::vector<float>& values) {
    Tensor t(Type::f32, shape);
    for (std::size_t n = 0; n < values.size(); ++n) t.f[n] = values[n];
    return t;
}

Tensor run(const std::string& type, const std::vector<const Tensor*>& inputs,
           bool shapes_only = false, std::uint32_t image_inputs = 0,
           const std::string& domain = "") {
    network::Node node;
    node.type = type;
    node.opset = 13;
    network::Call call{node, inputs};
    call.shapes_only = shapes_only;
    call.image_inputs = image_inputs;
    const network::Operator* op = network::find_operator(domain, type);
    REQUIRE(op);
    return op->run(call).front();
}

constexpr float nan_value = std::numeric_limits<float>::quiet_NaN();
constexpr std::int64_t big = 4611686018427387904;  // 2^62

}  // namespace

TEST_CASE("Pow of integers is exact and wraps as its type does") {
    const auto power = [](Type type, std::vector<std::int64_t> bases,
                          std::vector<std::int64_t> exponents) {
        const Tensor a = whole(type, std::move(bases)), b = whole(Type::i64, std::move(exponents));
        const Tensor y = run("Pow", {&a, &b});
        CHECK(y.type == type);
        return y.i;
    };
    // 3^30 and 16777217^2 have more bits than float32 (and, the second's neighbours, than double).
    CHECK(power(Type::i64, {3, 16777217, 94906267, -7, 0}, {30, 2, 2, 3, 0}) ==
          std::vector<std::int64_t>{205891132094649, 281475010265089, 9007199515875289, -343, 1});
    CHECK(power(Type::i64, {2, 2, 3}, {62, 64, 41}) ==
          std::vector<std::int64_t>{big, 0, -420491770248316829});
    CHECK(power(Type::i32, {2, 3, 65537}, {31, 21, 2}) ==
          std::vector<std::int64_t>{-2147483648, 1870418611, 131073});
    // Truncated toward zero.
    CHECK(power(Type::i64, {1, -1, -1, 2, -9}, {-5, -5, -4, -1, -2}) ==
          std::vector<std::int64_t>{1, -1, 1, 0, 0});
    const Tensor zero = whole(Type::i64, {0}), minus = whole(Type::i64, {-1});
    CHECK_THROWS_WITH(run("Pow", {&zero, &minus}),
                      Catch::Contains("found 0 to a negative power in integers"));
}

TEST_CASE("Pow takes bases and exponents of different types") {
    const Tensor base = whole(Type::i64, {16777217, 9, 2}), e = real({3}, {2, 0.5F, -1});
    CHECK(run("Pow", {&base, &e}).i == std::vector<std::int64_t>{281475010265089, 3, 0});
    const Tensor x = real({2}, {1.0000001F, 2}), n = whole(Type::i64, {16777217, -2});
    const Tensor y = run("Pow", {&x, &n});
    CHECK(y.f[0] == static_cast<float>(std::pow(double{1.0000001F}, 16777217.0)));
    CHECK(y.f[1] == 0.25F);
}

TEST_CASE("NaN goes on, wherever it stands") {
    const Tensor x = real({1, 3, 3}, {nan_value, 1, 2, 1, nan_value, 2, 1, 2, nan_value});
    const Tensor y = run("GlobalMaxPool", {&x});
    REQUIRE(y.size() == 3);
    for (std::size_t n = 0; n < 3; ++n) CHECK(std::isnan(y.f[n]));
    const Tensor one = real({1}, {nan_value});
    for (const char* type : {"HardSigmoid", "HardSwish", "Relu", "Clip", "Sigmoid"}) {
        CAPTURE(type);
        CHECK(std::isnan(run(type, {&one}).f[0]));
    }
}

TEST_CASE("shapes alone: zeros that stand for an image are no divisors, bases or scales") {
    const Tensor zeros = whole(Type::i64, {0, 0}), minus = whole(Type::i64, {-1, -1});
    CHECK(run("Div", {&minus, &zeros}, true, 2).size() == 2);
    CHECK(run("Pow", {&zeros, &minus}, true, 1).size() == 2);
    CHECK_THROWS_WITH(run("Div", {&minus, &zeros}, true, 1), Catch::Contains("divided by 0"));
    const Tensor x = real({2}, {1, 2}), scale = real({}, {0});
    CHECK(run("QuantizeLinear", {&x, &scale}, true, 3).type == Type::u8);
    CHECK_THROWS_WITH(run("QuantizeLinear", {&x, &scale}, true, 1),
                      Catch::Contains("input 1: found scale 0; expected a positive number"));
    CHECK_THROWS_WITH(run("QuantizeLinear", {&x, &scale}),
                      Catch::Contains("input 1: found scale 0; expected a positive number"));
}
