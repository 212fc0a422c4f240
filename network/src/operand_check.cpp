// SPDX-License-Identifier: Apache-2.0
#include "operand_check.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/error.hpp"
#include "lowering.hpp"

namespace network {

namespace {

constexpr std::string_view eight_bits = "int8 or uint8";

bool is_eight_bits(const Tensor& t) { return t.type == Type::i8 || t.type == Type::u8; }

class Checker {
  public:
    explicit Checker(const Call& call)
        : c_(call),
          kind_(*product_kind(call.node.type)),
          data_(call.weights_first ? kind_.w : kind_.x),
          weights_(call.weights_first ? kind_.x : kind_.w) {}

    OperandCheck run() {
        lower_shapes();
        if (kind_.integer) {
            integers();
        } else {
            for (const int n : {kind_.x, kind_.w}) type(n, real(n), "a float");
            if (const Tensor* bias = given(kind_.bias))
                type(kind_.bias, bias->is_float(), "a float");
        }
        bias_shape();
        for (const int n : {kind_.x, kind_.w, kind_.bias, kind_.x_scale, kind_.x_zero,
                            kind_.w_scale, kind_.w_zero, kind_.y_scale, kind_.y_zero}) {
            if (n != data_) constant(n);
        }
        for (const int n : {weights_, kind_.bias}) finite(n);
        if (lowering_) out_.result = Tensor(result_type(), lowering_->shape);
        return std::move(out_);
    }

  private:
    /// The operand; null for one that the node has not.
    const Tensor* given(int n) const {
        const auto at = static_cast<std::size_t>(n);
        return n >= 0 && c_.has(at) ? &c_.in(at) : nullptr;
    }
    bool real(int n) const { return given(n)->is_float(); }

    void add(const std::string& fault) { out_.faults.push_back(fault); }

    std::string name(int n) const {
        const std::string_view role = n == data_           ? "data"
                                      : n == weights_      ? "weights"
                                      : n == kind_.bias    ? "bias"
                                      : n == kind_.x_scale ? "first scale"
                                      : n == kind_.x_zero  ? "first zero point"
                                      : n == kind_.w_scale ? "second scale"
                                      : n == kind_.w_zero  ? "second zero point"
                                      : n == kind_.y_scale ? "result's scale"
                                                           : "result's zero point";
        return fmt::format("input {} ({})", n, role);
    }

    void lower_shapes() {
        const Shape &x = given(data_)->shape, &w = given(weights_)->shape;
        try {
            lowering_ = lower(c_.node, x, w, c_.weights_first);
        } catch (const base::Error& e) {
            add(e.what());
        }
    }

    bool type(int n, bool right, std::string_view expected) {
        if (!right) {
            add(fmt::format("{}: found {}; expected {}", name(n), type_name(given(n)->type),
                            expected));
        }
        return right;
    }

    /// Of the weights one an output too.
    void count(int n, bool of_weights) {
        const Tensor& t = *given(n);
        const std::size_t outputs = of_weights && lowering_ ? lowering_->all_outputs() : 1;
        if (t.size() == 1 || t.size() == outputs || (of_weights && !lowering_)) return;
        add(fmt::format("{}: found shape {}; expected one number{}", name(n), shape_text(t.shape),
                        outputs > 1 ? fmt::format(" or {}", outputs) : ""));
    }

    void integers() {
        for (const int n : {kind_.x, kind_.w}) type(n, is_eight_bits(*given(n)), eight_bits);
        scale(kind_.x_scale, weights_ == kind_.x);
        scale(kind_.w_scale, weights_ == kind_.w);
        // A result of rows of weights may have a scale each.
        scale(kind_.y_scale, c_.weights_first);
        zero_point(kind_.x_zero, kind_.x);
        zero_point(kind_.w_zero, kind_.w);
        if (const Tensor* zero = given(kind_.y_zero)) {
            type(kind_.y_zero, is_eight_bits(*zero), eight_bits);
            count(kind_.y_zero, false);
        }
        if (const Tensor* bias = given(kind_.bias))
            type(kind_.bias, bias->type == Type::i32, "int32");
    }

    void scale(int n, bool of_weights) {
        const Tensor* t = given(n);
        if (!t || !type(n, t->is_float(), "a float")) return;
        count(n, of_weights);
        if (c_.depends_on_image(static_cast<std::size_t>(n))) return;
        for (const float s : t->f) {
            if (is_scale(s)) continue;
            return add(fmt::format("{}: found {}; expected a positive number", name(n), s));
        }
    }

    void zero_point(int n, int operand) {
        const Tensor* t = given(n);
        if (!t) return;
        const Tensor& of = *given(operand);
        if (is_eight_bits(of)) {
            type(n, t->type == of.type,
                 fmt::format("{}, the type of input {}", type_name(of.type), operand));
        } else {
            type(n, is_eight_bits(*t), eight_bits);
        }
        count(n, operand == weights_);
    }

    void bias_shape() {
        const Tensor* bias = given(kind_.bias);
        if (!bias || !lowering_) return;
        const Shape& y = lowering_->shape;
        std::optional<Shape> fit;
        try {
            fit = broadcast(bias->shape, y);
        } catch (const base::Error&) {  // said below
        }
        const std::size_t outputs = lowering_->all_outputs();
        if (kind_.convolution ? bias->size() == outputs : fit == y) return;
        add(fmt::format(
            "{}: found shape {}; expected {}", name(kind_.bias), shape_text(bias->shape),
            kind_.convolution ? fmt::format("({},)", outputs)
                              : fmt::format("one that broadcasts to {}", shape_text(y))));
    }

    void constant(int n) {
        if (!given(n) || !c_.depends_on_image(static_cast<std::size_t>(n))) return;
        add(n == weights_ ? "its weights are not constant; expected constant weights"
                          : fmt::format("{} is not constant; expected a constant", name(n)));
    }

    void finite(int n) {
        const Tensor* t = given(n);
        if (!t || c_.image_inputs == 0) return;
        for (std::size_t k = 0; k < t->f.size(); ++k) {
            if (std::isfinite(t->f[k])) continue;
            return add(fmt::format("input {}, element {}: found {}; expected a finite number", n, k,
                                   t->f[k]));
        }
    }

    /// As Epilogue has it.
    Type result_type() const {
        if (!kind_.integer) return Type::f32;
        if (kind_.y_scale < 0) return Type::i32;
        if (!given(kind_.y_scale)) return Type::f32;
        const Tensor* zero = given(kind_.y_zero);
        return zero && is_eight_bits(*zero) ? zero->type : Type::u8;
    }

    const Call& c_;
    const ProductKind& kind_;
    const int data_, weights_;
    std::optional<Lowering> lowering_;
    OperandCheck out_;
};

}  // namespace

OperandCheck check_operands(const Call& call) { return Checker(call).run(); }

}  // namespace network
