/// Zeroed words at a cache line's boundary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace golden::fast {

class WordBuffer {
  public:
    explicit WordBuffer(std::size_t words) : lines_((words + kLineWords - 1) / kLineWords) {}
    std::uint32_t* data() { return lines_.empty() ? nullptr : lines_.front().words; }
    const std::uint32_t* data() const { return lines_.empty() ? nullptr : lines_.front().words; }

  private:
    static constexpr std::size_t kLineWords = 16;
    struct alignas(64) Line {
        std::uint32_t words[kLineWords] = {};
    };
    std::vector<Line> lines_;
};

}  // namespace golden::fast
