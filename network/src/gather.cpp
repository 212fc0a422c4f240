// SPDX-License-Identifier: Apache-2.0
#include "gather.hpp"

#include <algorithm>

namespace network {

PaddedPlane::PaddedPlane(const Window& window) : window_(window) {
    std::array<std::int64_t, 3> extent{};
    for (std::size_t d = 0; d < 3; ++d) {
        extent[d] = (window.out[d] - 1) * window.stride[d] +
                    (window.kernel[d] - 1) * window.dilation[d] + 1;
        extent_[d] = static_cast<std::size_t>(extent[d]);
        size_ *= extent_[d];
    }
    // How many image elements of an axis windows reach.
    const auto reached = [&](std::size_t d) {
        return std::min(window.in[d], extent[d] - window.before[d]);
    };
    const std::int64_t length = reached(2);
    if (length <= 0) return;
    line_length_ = static_cast<std::size_t>(length);
    for (std::int64_t z = 0; z < reached(0); ++z) {
        for (std::int64_t y = 0; y < reached(1); ++y) {
            const std::int64_t row = (z + window.before[0]) * extent[1] + y + window.before[1];
            lines_.push_back({static_cast<std::size_t>((z * window.in[1] + y) * window.in[2]),
                              static_cast<std::size_t>(row * extent[2] + window.before[2])});
        }
    }
}

std::size_t PaddedPlane::run_length() const {
    return window_.dilation[2] == 1 ? static_cast<std::size_t>(window_.kernel[2]) : 1;
}

std::vector<std::size_t> PaddedPlane::runs(std::size_t channels) const {
    std::vector<std::size_t> out;
    const auto at = [&](std::size_t d, std::int64_t k) {
        return static_cast<std::size_t>(k * window_.dilation[d]);
    };
    const auto length = static_cast<std::int64_t>(run_length());
    for (std::size_t c = 0; c < channels; ++c) {
        for (std::int64_t a = 0; a < window_.kernel[0]; ++a) {
            for (std::int64_t b = 0; b < window_.kernel[1]; ++b) {
                const std::size_t row = at(0, a) * extent_[1] + at(1, b);
                for (std::int64_t e = 0; e < window_.kernel[2]; e += length)
                    out.push_back(c * size_ + row * extent_[2] + at(2, e));
            }
        }
    }
    return out;
}

std::vector<std::size_t> PaddedPlane::offsets(std::size_t channels) const {
    std::vector<std::size_t> out;
    for (const std::size_t run : runs(channels)) {
        for (std::size_t e = 0; e < run_length(); ++e) out.push_back(run + e);
    }
    return out;
}

std::vector<std::size_t> PaddedPlane::origins() const {
    std::vector<std::size_t> out;
    const auto at = [&](std::size_t d, std::int64_t n) {
        return static_cast<std::size_t>(n * window_.stride[d]);
    };
    for (std::int64_t a = 0; a < window_.out[0]; ++a) {
        for (std::int64_t b = 0; b < window_.out[1]; ++b) {
            const std::size_t row = (at(0, a) * extent_[1] + at(1, b)) * extent_[2];
            for (std::int64_t e = 0; e < window_.out[2]; ++e) out.push_back(row + at(2, e));
        }
    }
    return out;
}

}  // namespace network
