// SPDX-License-Identifier: Apache-2.0
/// Pools over windows and over whole planes.
#include <algorithm>
#include <limits>
#include <numeric>

#include "data.hpp"
#include "ops.hpp"
#include "pool.hpp"
#include "window.hpp"

namespace network {

namespace {

Shape pooled_shape(const Shape& input, const Window& w) {
    Shape shape = {input[0], input[1]};
    const Shape spatial = w.out_shape();
    shape.insert(shape.end(), spatial.begin(), spatial.end());
    return shape;
}

/// (N, C, 1 …).
Shape global_shape(const Shape& input) {
    expect(input.size() >= 3, "expected an input of shape (N, C, spatial axes)");
    Shape shape(input.size(), 1);
    shape[0] = input[0];
    shape[1] = input[1];
    return shape;
}

/// How many elements of the window at o lie in the padded image; `inside`: in the image itself.
std::size_t counted(const Window& w, std::size_t o, std::size_t inside, bool pads) {
    if (!pads) return inside;
    std::size_t count = 1;
    auto rest = static_cast<std::int64_t>(o);
    for (std::size_t d = 3; d-- > 0;) {
        const std::int64_t origin = rest % w.out[d] * w.stride[d] - w.before[d];
        rest /= w.out[d];
        const std::int64_t room = w.in[d] + w.after[d] - origin;
        count *= static_cast<std::size_t>(
            std::clamp<std::int64_t>((room + w.dilation[d] - 1) / w.dilation[d], 1, w.kernel[d]));
    }
    return count;
}

}  // namespace

Pooled average_windows(const Call& c, const Tensor& x) {
    const Window w = window_of(c.node, x.shape, {});
    const bool pads = c.node.integer("count_include_pad", 0) != 0;
    Pooled y{pooled_shape(x.shape, w), {}, {}};
    const auto planes = static_cast<std::size_t>(x.shape[0] * x.shape[1]);
    element_count(y.shape);
    for (std::size_t p = 0; p < planes; ++p) {
        for (std::size_t o = 0; o < w.out_size(); ++o) {
            double sum = 0;
            std::size_t inside = 0;
            for_window(w, o, [&](std::size_t, std::size_t at) {
                sum += x.number(p * w.in_size() + at);
                ++inside;
            });
            y.sums.push_back(sum);
            y.counts.emplace_back(static_cast<double>(counted(w, o, inside, pads)),
                                  static_cast<double>(inside));
        }
    }
    return y;
}

Pooled average_planes(const Tensor& x) {
    Pooled y{global_shape(x.shape), {}, {}};
    const std::size_t planes = element_count(y.shape);
    expect(x.size() > 0, "found an empty input");
    const std::size_t plane = x.size() / planes;
    for (std::size_t p = 0; p < planes; ++p) {
        double sum = 0;
        for (std::size_t n = 0; n < plane; ++n) sum += x.number(p * plane + n);
        y.sums.push_back(sum);
        y.counts.emplace_back(static_cast<double>(plane), static_cast<double>(plane));
    }
    return y;
}

Results max_pool(const Call& c) {
    const Tensor& x = c.in(0);
    expect(c.node.integer("storage_order", 0) == 0, "storage_order: expected 0");
    const Window w = window_of(c.node, x.shape, {});
    Tensor y(x.type, pooled_shape(x.shape, w));
    const auto planes = static_cast<std::size_t>(x.shape[0] * x.shape[1]);
    with_data(x, y, [&](const auto& from, auto& to) {
        using T = typename std::decay_t<decltype(to)>::value_type;
        auto at = to.begin();
        for (std::size_t p = 0; p < planes; ++p) {
            const T* plane = from.data() + p * w.in_size();
            for (std::size_t o = 0; o < w.out_size(); ++o) {
                T best = std::numeric_limits<T>::has_infinity ? -std::numeric_limits<T>::infinity()
                                                              : std::numeric_limits<T>::lowest();
                for_window(w, o,
                           [&](std::size_t, std::size_t n) { best = larger(plane[n], best); });
                *at++ = best;
            }
        }
    });
    return one(std::move(y));
}

Results global_max_pool(const Call& c) {
    const Tensor& x = c.in(0);
    Tensor y(x.type, global_shape(x.shape));
    expect(x.size() > 0, "found an empty input");
    const std::size_t plane = x.size() / y.size();
    with_data(x, y, [&](const auto& from, auto& to) {
        for (std::size_t p = 0; p < to.size(); ++p) {
            auto best = from[p * plane];
            for (std::size_t n = p * plane; n < (p + 1) * plane; ++n) best = larger(from[n], best);
            to[p] = best;
        }
    });
    return one(std::move(y));
}

namespace {

Results averaged(const Pooled& pooled) {
    Tensor y(Type::f32, pooled.shape);
    for (std::size_t n = 0; n < y.f.size(); ++n) {
        y.f[n] = static_cast<float>(pooled.sums[n] / pooled.counts[n].first);
    }
    return one(std::move(y));
}

}  // namespace

Results average_pool(const Call& c) { return averaged(average_windows(c, real_input(c, 0))); }
Results global_average_pool(const Call& c) { return averaged(average_planes(real_input(c, 0))); }

}  // namespace network
