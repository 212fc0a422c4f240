// SPDX-License-Identifier: Apache-2.0
/// Shapes and constants, before any work is done.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/findings.hpp"
#include "evaluate.hpp"
#include "layers.hpp"
#include "lowering.hpp"
#include "network/network.hpp"
#include "operand_check.hpp"

namespace network {

namespace {

Shape input_shape(const Model& model, const std::optional<Shape>& image) {
    Shape shape = model.input_shape;
    const auto fail = [&](const std::string& message) {
        throw base::Error(fmt::format("{}: error: input `{}`: {}", model.path,
                                      model.value_name(model.input), message));
    };
    if (image && image->size() != shape.size()) {
        fail(fmt::format("found an image of shape {}; expected {} axes with the batch's",
                         shape_text(*image), shape.size()));
    }
    for (std::size_t k = 0; k < shape.size(); ++k) {
        if (shape[k] < -1 || shape[k] > max_elements)
            fail(fmt::format("found an extent of {}", shape[k]));
        if (shape[k] < 0 && image) shape[k] = (*image)[k];
        if (shape[k] < 0) fail(fmt::format("axis {} is free; expected a number", k));
        if (image && shape[k] != (*image)[k]) {
            fail(fmt::format("found images of shape {}; expected {}", shape_text(*image),
                             shape_text(shape)));
        }
    }
    try {
        element_count(shape);
    } catch (const base::Error& error) {
        fail(error.what());
    }
    return shape;
}

/// Walks the nodes once in order with one image of zeros.
class Resolver {
  public:
    Resolver(Network& network)
        : net_(network), model_(network.model), values_(model_.values.size()) {}

    void run(const Shape& image) {
        net_.shapes.resize(model_.values.size());
        net_.types.resize(model_.values.size());
        for (std::size_t v = 0; v < model_.values.size(); ++v) {
            if (model_.values[v].constant) note(static_cast<int>(v), *model_.values[v].constant);
        }
        values_[static_cast<std::size_t>(model_.input)] = Tensor(model_.input_type, image);
        note(model_.input, *values_[static_cast<std::size_t>(model_.input)]);
        last_uses();
        try {
            for (std::size_t n = 0; n < model_.nodes.size(); ++n) {
                net_.computed.push_back(resolve(model_.nodes[n]));
                for (const int v : net_.last_uses[n]) values_[static_cast<std::size_t>(v)].reset();
            }
        } catch (const base::Error&) {
            findings_.finish();  // what else fails may follow from these
            throw;
        }
        findings_.finish();
    }

  private:
    void note(int value, const Tensor& t) {
        net_.shapes[static_cast<std::size_t>(value)] = t.shape;
        net_.types[static_cast<std::size_t>(value)] = t.type;
    }

    void last_uses() {
        std::vector<int> last(model_.values.size(), -1);
        for (std::size_t n = 0; n < model_.nodes.size(); ++n) {
            for (const auto* list : {&model_.nodes[n].inputs, &model_.nodes[n].outputs}) {
                for (const int v : *list) {
                    if (v >= 0) last[static_cast<std::size_t>(v)] = static_cast<int>(n);
                }
            }
        }
        net_.last_uses.resize(model_.nodes.size());
        for (std::size_t v = 0; v < last.size(); ++v) {
            if (last[v] >= 0 && static_cast<int>(v) != model_.output) {
                net_.last_uses[static_cast<std::size_t>(last[v])].push_back(static_cast<int>(v));
            }
        }
    }

    /// True if the node's results are constants.
    bool resolve(const Node& node) {
        Call call{node, {}};
        bool constant = true;
        for (std::size_t k = 0; k < node.inputs.size(); ++k) {
            const int v = node.inputs[k];
            const auto& value = model_.values[static_cast<std::size_t>(std::max(v, 0))];
            if (v < 0) {
                call.inputs.push_back(nullptr);
                continue;
            }
            if (!value.constant) {
                if (node.op->constant_inputs >> std::min<std::size_t>(k, 31) & 1U) {
                    fail_at(
                        model_, node,
                        fmt::format(
                            "input `{}` decides a shape and depends on the image; expected a constant "
                            "(dynamic shapes are not supported)",
                            value.name));
                }
                constant = false;
                call.image_inputs |= 1U << std::min<std::size_t>(k, 31);
            }
            call.inputs.push_back(value.constant ? &*value.constant
                                                 : &*values_[static_cast<std::size_t>(v)]);
        }
        call.shapes_only = !constant;
        std::vector<Tensor> results =
            product_kind(node.type) ? checked_product(call) : evaluate(model_, call);
        constant = constant || node.type == "Shape";
        for (std::size_t k = 0; k < node.outputs.size(); ++k) {
            const int v = node.outputs[k];
            if (v < 0) continue;
            note(v, results[k]);
            if (constant) {
                model_.values[static_cast<std::size_t>(v)].constant = std::move(results[k]);
            } else {
                values_[static_cast<std::size_t>(v)] = std::move(results[k]);
            }
        }
        return constant;
    }

    /// What is wrong with its operands is said with that of the other products, so far as shapes
    /// are known behind it.
    std::vector<Tensor> checked_product(Call& call) {
        const ProductKind& kind = *product_kind(call.node.type);
        const auto known = [&](int n) {
            return !call.depends_on_image(static_cast<std::size_t>(n));
        };
        call.weights_first = !kind.convolution &&
                             call.node.type.find("MatMul") != std::string::npos && known(kind.x) &&
                             !known(kind.w);
        OperandCheck check = check_operands(call);
        for (const std::string& fault : check.faults)
            findings_.add(fmt::format("{}: error: {}", place(model_, call.node), fault));
        if (check.faults.empty()) return evaluate(model_, call);
        if (!check.result) findings_.finish();
        std::vector<Tensor> results;
        results.push_back(std::move(*check.result));
        return results;
    }

    Network& net_;
    Model& model_;
    std::vector<std::optional<Tensor>> values_;
    base::Findings findings_;
};

}  // namespace

void fail_at(const Model& model, const Node& node, const std::string& message) {
    throw base::Error(fmt::format("{}: error: {}", place(model, node), message));
}

std::vector<Tensor> evaluate(const Model& model, const Call& call) {
    std::vector<Tensor> results = placed(model, call.node, [&] { return call.node.op->run(call); });
    for (std::size_t k = results.size(); k < call.node.outputs.size(); ++k) {
        if (call.node.outputs[k] >= 0)
            fail_at(model, call.node, fmt::format("output {} is not supported", k));
    }
    return results;
}

const Tensor* Network::constant(int value) const {
    if (value < 0) return nullptr;
    const auto& c = model.values[static_cast<std::size_t>(value)].constant;
    return c ? &*c : nullptr;
}

std::size_t Network::classes() const {
    return element_count(shapes[static_cast<std::size_t>(model.output)]);
}

Network prepare(Model model, const std::optional<Shape>& image) {
    Network net;
    net.model = std::move(model);
    Resolver(net).run(input_shape(net.model, image));
    if (net.constant(net.model.output) || net.classes() == 0) {
        throw base::Error(
            fmt::format("{}: error: the output does not depend on the image", net.model.path));
    }
    find_layers(net);
    return net;
}

}  // namespace network
