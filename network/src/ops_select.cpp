// SPDX-License-Identifier: Apache-2.0
/// Which elements stay, and what stands beside them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "data.hpp"
#include "ops.hpp"

namespace network {

namespace {

/// y[k] = x[index(k)] along one axis; an index of -1 leaves `value`.
Tensor select(const Tensor& x, std::size_t axis, const std::vector<std::int64_t>& index,
              double value = 0) {
    Tensor y;
    y.type = x.type;
    y.shape = x.shape;
    y.shape[axis] = static_cast<std::int64_t>(index.size());
    y = Tensor(y.type, y.shape);
    const Split s = split_at(x.shape, axis);
    with_data(x, y, [&](const auto& from, auto& to) {
        using T = typename std::decay_t<decltype(to)>::value_type;
        const T filling =
            std::is_floating_point_v<T> ? static_cast<T>(value) : static_cast<T>(truncated(value));
        auto at = to.begin();
        for (std::size_t o = 0; o < s.outer; ++o) {
            for (const std::int64_t k : index) {
                if (k < 0) {
                    at = std::fill_n(at, s.inner, filling);
                } else {
                    at = std::copy_n(
                        from.begin() + static_cast<std::ptrdiff_t>((o * s.extent + k) * s.inner),
                        s.inner, at);
                }
            }
        }
    });
    return y;
}

/// Where element n of a padded axis comes from.
std::int64_t padded_from(std::int64_t n, std::int64_t extent, const std::string& mode) {
    if (n >= 0 && n < extent) return n;
    if (mode == "constant") return -1;
    if (mode == "edge") return n < 0 ? 0 : extent - 1;
    if (extent == 1) return 0;
    const std::int64_t period = 2 * (extent - 1), at = ((n % period) + period) % period;
    return at < extent ? at : period - at;
}

/// What Resize does with one axis, by the modes of its opset.
struct Coordinates {
    std::string mode, nearest;
    std::int64_t in, out;
    double scale;

    double original(double x) const {
        if (mode == "half_pixel") return (x + 0.5) / scale - 0.5;
        if (mode == "pytorch_half_pixel") return out > 1 ? (x + 0.5) / scale - 0.5 : 0;
        if (mode == "align_corners")
            return out > 1 ? x * static_cast<double>(in - 1) / static_cast<double>(out - 1) : 0;
        if (mode == "asymmetric") return x / scale;
        if (mode == "tf_half_pixel_for_nn") return (x + 0.5) / scale;
        if (mode == "half_pixel_symmetric") {
            const double adjust = static_cast<double>(out) / (scale * static_cast<double>(in));
            const double center = static_cast<double>(in) / 2;
            return center * (1 - adjust) + (x + 0.5) / scale - 0.5;
        }
        refuse(
            fmt::format("coordinate_transformation_mode: found {}; expected half_pixel, "
                        "pytorch_half_pixel, half_pixel_symmetric, align_corners, asymmetric or "
                        "tf_half_pixel_for_nn",
                        mode));
    }
    std::int64_t source(std::int64_t n) const {
        const double x = original(static_cast<double>(n));
        double k = 0;
        if (nearest == "round_prefer_floor") {
            k = std::ceil(x - 0.5);
        } else if (nearest == "round_prefer_ceil") {
            k = std::floor(x + 0.5);
        } else if (nearest == "floor" || (nearest == "simple" && scale >= 1)) {
            k = std::floor(x);
        } else if (nearest == "ceil" || nearest == "simple") {
            k = std::ceil(x);
        } else {
            refuse(fmt::format("nearest_mode: found {}", nearest));
        }
        return static_cast<std::int64_t>(std::clamp(k, 0.0, static_cast<double>(in - 1)));
    }
};

/// Scales and extents of the output of Resize, an entry an axis.
void resize_extents(const Call& c, const std::vector<std::size_t>& axes,
                    std::vector<double>& scales, Shape& shape) {
    const bool old = c.node.opset < 11;
    const std::size_t at = old ? 1 : 2;
    const bool by_size = !old && c.has(3) && c.in(3).size() > 0;
    const bool by_scale = c.has(at) && c.in(at).size() > 0;
    expect(by_size != by_scale, "expected either scales or sizes");
    const Tensor& given = by_size ? integer_input(c, 3) : real_input(c, at);
    expect(given.size() == axes.size(), "scales or sizes do not fit the input's axes");
    for (std::size_t n = 0; n < axes.size(); ++n) {
        const std::size_t k = axes[n];
        const double extent = static_cast<double>(shape[k]), value = given.number(n);
        expect(value > 0 && extent > 0, "found an extent or a scale of 0; expected more");
        scales[k] = by_size ? value / extent : value;
        const double size = by_size ? value : std::floor(extent * value);
        expect(size >= 1 && size <= 1e6, "the output's extent is out of range");
        shape[k] = static_cast<std::int64_t>(size);
    }
}

}  // namespace

Results concat(const Call& c) {
    const Tensor& first = c.in(0);
    expect(first.rank() > 0, "expected an axis");
    const std::size_t axis = axis_of(c.node.integer("axis", 1), first.rank());
    Tensor y;
    y.type = first.type;
    y.shape = first.shape;
    y.shape[axis] = 0;
    for (std::size_t n = 0; n < c.inputs.size(); ++n) {
        expect(c.has(n), "an input is missing");
        Shape like = c.in(n).shape;
        expect(like.size() == first.shape.size() && c.in(n).type == first.type,
               "the inputs' types or axes differ");
        y.shape[axis] += like[axis];
        like[axis] = first.shape[axis];
        if (like != first.shape) {
            refuse(fmt::format("found shapes {} and {}", shape_text(first.shape),
                               shape_text(c.in(n).shape)));
        }
    }
    y = Tensor(y.type, y.shape);
    const Split whole = split_at(y.shape, axis);
    std::size_t begin = 0;
    for (const Tensor* x : c.inputs) {
        const std::size_t run = split_at(x->shape, axis).extent * whole.inner;
        with_data(*x, y, [&](const auto& from, auto& to) {
            for (std::size_t o = 0; o < whole.outer; ++o) {
                std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(o * run), run,
                            to.begin() + static_cast<std::ptrdiff_t>(
                                             o * whole.extent * whole.inner + begin));
            }
        });
        begin += run;
    }
    return one(std::move(y));
}

Results split(const Call& c) {
    const Tensor& x = c.in(0);
    const std::size_t axis = axis_of(c.node.integer("axis", 0), x.rank());
    const auto parts = static_cast<std::int64_t>(c.node.outputs.size());
    std::vector<std::int64_t> sizes = integers_of(c, 1, "split");
    if (sizes.empty()) {
        const std::int64_t count = c.node.integer("num_outputs", parts);
        expect(count == parts, "num_outputs does not fit the node's outputs");
        const std::int64_t even = (x.shape[axis] + parts - 1) / parts;
        for (std::int64_t n = 0; n < parts; ++n) {
            sizes.push_back(std::clamp<std::int64_t>(x.shape[axis] - n * even, 0, even));
        }
        expect(c.node.opset >= 18 || x.shape[axis] % parts == 0,
               "the axis does not split into equal parts");
    }
    expect(static_cast<std::int64_t>(sizes.size()) == parts,
           "the parts do not fit the node's outputs");
    Results out;
    std::int64_t begin = 0;
    for (const std::int64_t size : sizes) {
        expect(size >= 0 && size <= x.shape[axis] - begin, "the parts do not fit the axis");
        std::vector<std::int64_t> index;
        for (std::int64_t k = 0; k < size; ++k) index.push_back(begin + k);
        out.push_back(select(x, axis, index));
        begin += size;
    }
    expect(begin == x.shape[axis], "the parts do not fill the axis");
    return out;
}

Results slice(const Call& c) {
    const std::vector<std::int64_t> starts = integers_of(c, 1, "starts"),
                                    ends = integers_of(c, 2, "ends");
    std::vector<std::int64_t> axes = integers_of(c, 3, "axes");
    std::vector<std::int64_t> steps =
        c.has(4) ? integer_input(c, 4).i : std::vector<std::int64_t>{};
    if (axes.empty()) {
        for (std::size_t n = 0; n < starts.size(); ++n)
            axes.push_back(static_cast<std::int64_t>(n));
    }
    if (steps.empty()) steps.assign(starts.size(), 1);
    expect(starts.size() == ends.size() && axes.size() == starts.size() &&
               steps.size() == starts.size(),
           "starts, ends, axes and steps differ in length");
    Tensor y = c.in(0);
    for (std::size_t n = 0; n < starts.size(); ++n) {
        const std::size_t axis = axis_of(axes[n], y.rank());
        const std::int64_t extent = y.shape[axis], step = steps[n];
        expect(step != 0 && step > -max_elements && step < max_elements,
               "found a step of 0, or one out of range");
        const auto place = [&](std::int64_t at, std::int64_t low, std::int64_t high) {
            return std::clamp(at < 0 ? at + extent : at, low, high);
        };
        std::vector<std::int64_t> index;
        if (step > 0) {
            const std::int64_t end = place(ends[n], 0, extent);
            for (std::int64_t k = place(starts[n], 0, extent); k < end; k += step)
                index.push_back(k);
        } else {
            const std::int64_t end = place(ends[n], -1, extent - 1);
            for (std::int64_t k = place(starts[n], -1, extent - 1); k > end; k += step)
                index.push_back(k);
        }
        y = select(y, axis, index);
    }
    return one(std::move(y));
}

Results pad(const Call& c) {
    const std::string mode = c.node.text("mode", "constant");
    expect(mode == "constant" || mode == "edge" || mode == "reflect",
           "mode: expected constant, edge or reflect");
    const double value = c.has(2) ? single_input(c, 2, "value").number(0) : c.node.real("value", 0);
    const std::vector<std::int64_t> pads = integers_of(c, 1, "pads");
    std::vector<std::int64_t> axes = c.has(3) ? integer_input(c, 3).i : std::vector<std::int64_t>{};
    Tensor y = c.in(0);
    if (axes.empty()) {
        for (std::int64_t k = 0; k < y.rank(); ++k) axes.push_back(k);
    }
    expect(pads.size() == 2 * axes.size(), "pads do not fit the axes");
    for (std::size_t n = 0; n < axes.size(); ++n) {
        const std::size_t axis = axis_of(axes[n], y.rank());
        const std::int64_t extent = y.shape[axis], before = pads[n], after = pads[n + axes.size()];
        const auto sane = [](std::int64_t p) { return p > -max_elements && p < max_elements; };
        expect(sane(before) && sane(after) && extent + before + after >= 0,
               "pads are out of range");
        expect(mode == "constant" || extent > 0, "an empty axis is padded with its own values");
        if (before == 0 && after == 0) continue;
        Shape shape = y.shape;
        shape[axis] = extent + before + after;
        element_count(shape);  // refuses what is too large before it is made
        std::vector<std::int64_t> index;
        for (std::int64_t k = -before; k < extent + after; ++k)
            index.push_back(padded_from(k, extent, mode));
        y = select(y, axis, index, value);
    }
    return one(std::move(y));
}

Results gather(const Call& c) {
    const Tensor& x = c.in(0);
    const Tensor& which = integer_input(c, 1);
    expect(x.rank() > 0, "expected an axis");
    const std::size_t axis = axis_of(c.node.integer("axis", 0), x.rank());
    std::vector<std::int64_t> index = which.i;
    for (std::int64_t& k : index) {
        if (k < -x.shape[axis] || k >= x.shape[axis]) {
            refuse(fmt::format("found index {} along an axis of {}", k, x.shape[axis]));
        }
        if (k < 0) k += x.shape[axis];
    }
    Shape shape(x.shape.begin(), x.shape.begin() + static_cast<std::ptrdiff_t>(axis));
    shape.insert(shape.end(), which.shape.begin(), which.shape.end());
    shape.insert(shape.end(), x.shape.begin() + static_cast<std::ptrdiff_t>(axis) + 1,
                 x.shape.end());
    element_count(shape);
    return one(select(x, axis, index).reshaped(std::move(shape)));
}

Results resize(const Call& c) {
    const std::string mode = c.node.text("mode", "nearest");
    if (mode != "nearest") refuse(fmt::format("mode: found {}; expected nearest", mode));
    expect(c.node.text("keep_aspect_ratio_policy", "stretch") == "stretch",
           "keep_aspect_ratio_policy: expected stretch");
    const bool old = c.node.opset < 11;
    Tensor y = c.in(0);
    std::vector<std::size_t> axes;
    for (const std::int64_t axis : c.node.list("axes")) axes.push_back(axis_of(axis, y.rank()));
    if (axes.empty()) {
        for (std::size_t k = 0; k < y.shape.size(); ++k) axes.push_back(k);
    }
    std::vector<double> scales(y.shape.size(), 1);
    Shape shape = y.shape;
    resize_extents(c, axes, scales, shape);
    element_count(shape);
    for (std::size_t k = 0; k < shape.size(); ++k) {
        if (shape[k] == y.shape[k] && scales[k] == 1) continue;
        const Coordinates coordinates{
            c.node.text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel"),
            c.node.text("nearest_mode", old ? "simple" : "round_prefer_floor"), y.shape[k],
            shape[k], scales[k]};
        std::vector<std::int64_t> index;
        for (std::int64_t n = 0; n < shape[k]; ++n) index.push_back(coordinates.source(n));
        y = select(y, k, index);
    }
    return one(std::move(y));
}

}  // namespace network
