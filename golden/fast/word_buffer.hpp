// SPDX-License-Identifier: Apache-2.0
/// Words at a cache line's boundary.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>

namespace golden::fast {

class WordBuffer {
  public:
    enum class Fill { zeros, nothing };

    explicit WordBuffer(std::size_t words, Fill fill = Fill::zeros)
        : words_(static_cast<std::uint32_t*>(
              ::operator new(words * sizeof(std::uint32_t), alignment_bytes))) {
        if (fill == Fill::zeros) std::fill_n(words_.get(), words, 0U);
    }
    std::uint32_t* data() { return words_.get(); }
    const std::uint32_t* data() const { return words_.get(); }

  private:
    static constexpr std::align_val_t alignment_bytes{64};
    struct Free {
        void operator()(std::uint32_t* words) const { ::operator delete(words, alignment_bytes); }
    };
    std::unique_ptr<std::uint32_t, Free> words_;
};

}  // namespace golden::fast
