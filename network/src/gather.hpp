// SPDX-License-Identifier: Apache-2.0
/// im2col: the vectors of a product from an image.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "lowering.hpp"

namespace network {

/// The part of a plane that windows reach, pads included: where each element of a window lies from
/// the window's first one.
class PaddedPlane {
  public:
    explicit PaddedPlane(const Window& window);
    std::size_t size() const { return size_; }
    /// Of a window of `channels` planes, in the order (channel, z, y, x): the first of each run of
    /// elements that follow each other.
    std::vector<std::size_t> runs(std::size_t channels) const;
    std::size_t run_length() const;
    /// Of all elements of the window.
    std::vector<std::size_t> offsets(std::size_t channels) const;
    /// The first element of each window.
    std::vector<std::size_t> origins() const;

    /// `channels` planes of an image, value(x) for each element and `empty` in the pads.
    template <class S, class T, class F>
    std::vector<T> fill(const S* image, std::size_t channels, T empty, F&& value) const {
        std::vector<T> out(channels * size_, empty);
        for (std::size_t c = 0; c < channels; ++c) {
            for (const Line& line : lines_) {
                const S* from = image + c * window_.in_size() + line.from;
                T* to = out.data() + c * size_ + line.to;
                for (std::size_t x = 0; x < line_length_; ++x) to[x] = value(from[x]);
            }
        }
        return out;
    }

  private:
    struct Line {
        std::size_t from, to;
    };
    const Window& window_;
    std::array<std::size_t, 3> extent_{};
    std::size_t size_ = 1, line_length_ = 0;
    std::vector<Line> lines_;  ///< of the image's elements, where they come from and go to
};

/// Vectors `from` … `to` − 1 of a group, `depth` elements each, one behind the other; `empty` is
/// what pads hold.
template <class S, class T>
void gather_vectors(const Lowering& l, const S* x, std::size_t group, std::size_t from,
                    std::size_t to, T* out, S empty) {
    if (!l.windows) {
        for (std::size_t v = from; v < to; ++v) {
            const S* at = x + v * l.vector_stride;
            for (std::size_t k = 0; k < l.depth; ++k) *out++ = at[k * l.depth_stride];
        }
        return;
    }
    const PaddedPlane plane(l.window);
    const std::size_t channels = l.depth / l.window.kernel_size();
    const std::vector<S> padded = plane.fill(x + group * channels * l.window.in_size(), channels,
                                             empty, [](S element) { return element; });
    const std::vector<std::size_t> runs = plane.runs(channels), origins = plane.origins();
    const auto copy = [&](auto length) {
        for (std::size_t v = from; v < to; ++v) {
            for (const std::size_t run : runs) {
                const S* element = padded.data() + origins[v] + run;
                for (std::size_t e = 0; e < length; ++e) *out++ = *element++;
            }
        }
    };
    if (plane.run_length() == 3) {  // the usual length, known to the compiler
        copy(std::integral_constant<std::size_t, 3>());
    } else {
        copy(plane.run_length());
    }
}

/// Where the elements of all vectors of a group stand, none of them copied out:
/// x[v, k] = data[starts[v] + offsets[k]].
struct Places {
    std::vector<double> data;
    std::vector<std::size_t> starts, offsets;
};

/// `size` elements of x, value(x) for each and 0 in pads.
template <class S, class F>
Places places_of(const Lowering& l, const S* x, std::size_t size, std::size_t group, F&& value) {
    Places p;
    if (!l.windows) {
        p.data.resize(size);
        for (std::size_t n = 0; n < size; ++n) p.data[n] = value(x[n]);
        for (std::size_t v = 0; v < l.vectors; ++v) p.starts.push_back(v * l.vector_stride);
        for (std::size_t k = 0; k < l.depth; ++k) p.offsets.push_back(k * l.depth_stride);
        return p;
    }
    const PaddedPlane plane(l.window);
    const std::size_t channels = l.depth / l.window.kernel_size();
    p.data = plane.fill(x + group * channels * l.window.in_size(), channels, 0.0, value);
    p.offsets = plane.offsets(channels);
    p.starts = plane.origins();
    return p;
}

}  // namespace network
