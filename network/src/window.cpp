// SPDX-License-Identifier: Apache-2.0
#include "window.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace network {

namespace {

constexpr std::int64_t most = 1 << 20;  // of any attribute

/// The attribute's numbers, one an axis, or the default for each.
std::vector<std::int64_t> numbers(const Node& node, std::string_view key, std::size_t count,
                                  std::int64_t otherwise, std::int64_t least) {
    std::vector<std::int64_t> list = node.list(key);
    if (list.empty()) list.assign(count, otherwise);
    if (list.size() != count)
        refuse(fmt::format("{}: found {} numbers; expected {}", key, list.size(), count));
    for (const std::int64_t n : list) {
        if (n < least || n > most)
            refuse(fmt::format("{}: found {}; expected {} to {}", key, n, least, most));
    }
    return list;
}

std::int64_t extent(std::int64_t room, std::int64_t stride, bool ceil) {
    return (ceil ? (room + stride - 1) / stride : room / stride) + 1;
}

/// Pads and output of one axis.
void place_axis(Window& w, std::size_t d, const std::string& automatic, bool ceil) {
    const std::int64_t reach = (w.kernel[d] - 1) * w.dilation[d] + 1;
    if (automatic == "SAME_UPPER" || automatic == "SAME_LOWER") {
        w.out[d] = (w.in[d] + w.stride[d] - 1) / w.stride[d];
        const std::int64_t pad =
            std::max<std::int64_t>(0, (w.out[d] - 1) * w.stride[d] + reach - w.in[d]);
        w.before[d] = automatic == "SAME_UPPER" ? pad / 2 : pad - pad / 2;
        w.after[d] = pad - w.before[d];
        return;
    }
    const std::int64_t room = w.in[d] + w.before[d] + w.after[d] - reach;
    if (room < 0) {
        refuse(fmt::format("a window of {} does not fit an axis of {} with pads {} and {}", reach,
                           w.in[d], w.before[d], w.after[d]));
    }
    w.out[d] = extent(room, w.stride[d], ceil);
    // A window that would begin in the pads behind the image is none.
    if (ceil && (w.out[d] - 1) * w.stride[d] >= w.in[d] + w.before[d]) --w.out[d];
}

}  // namespace

Shape Window::out_shape() const {
    return {out.end() - static_cast<std::ptrdiff_t>(spatial), out.end()};
}

Window window_of(const Node& node, const Shape& input, const Shape& kernel) {
    if (input.size() < 3 || input.size() > 5) {
        refuse(fmt::format("found an input of shape {}; expected (N, C, 1 to 3 spatial axes)",
                           shape_text(input)));
    }
    Window w;
    w.spatial = input.size() - 2;
    const std::size_t skip = 3 - w.spatial;
    const auto given = node.list("kernel_shape");
    if (kernel.empty() && given.empty()) refuse("kernel_shape: missing");
    if (!kernel.empty() && !given.empty() && given != kernel) {
        refuse(fmt::format("kernel_shape: found {}; expected the weights' {}", shape_text(given),
                           shape_text(kernel)));
    }
    const auto sizes = kernel.empty() ? numbers(node, "kernel_shape", w.spatial, 1, 1) : kernel;
    const auto strides = numbers(node, "strides", w.spatial, 1, 1);
    const auto dilations = numbers(node, "dilations", w.spatial, 1, 1);
    const std::string automatic = node.text("auto_pad", "NOTSET");
    if (automatic != "NOTSET" && !automatic.empty() && automatic != "VALID" &&
        automatic != "SAME_UPPER" && automatic != "SAME_LOWER") {
        refuse("auto_pad: expected NOTSET, VALID, SAME_UPPER or SAME_LOWER");
    }
    const bool own = automatic == "NOTSET" || automatic.empty();
    auto pads = numbers(node, "pads", 2 * w.spatial, 0, 0);
    if (!own) pads.assign(2 * w.spatial, 0);
    const bool ceil = node.integer("ceil_mode", 0) != 0;
    if (sizes.size() != w.spatial) refuse("the weights' axes do not fit the input's");
    for (std::size_t k = 0; k < w.spatial; ++k) {
        const std::size_t d = skip + k;
        w.in[d] = input[k + 2];
        w.kernel[d] = sizes[k];
        w.stride[d] = strides[k];
        w.dilation[d] = dilations[k];
        w.before[d] = pads[k];
        w.after[d] = pads[k + w.spatial];
        if (w.kernel[d] < 1 || w.kernel[d] > most || w.in[d] < 1)
            refuse("found an empty axis; expected 1 or more");
        place_axis(w, d, automatic, ceil);
    }
    return w;
}

}  // namespace network
