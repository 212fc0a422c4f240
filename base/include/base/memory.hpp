// SPDX-License-Identifier: Apache-2.0
/// Memory for buffers that are made and freed again and again.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>

namespace base {

/// A number of numbers, without values until they are written: no time goes into zeros that nobody
/// reads. Copies are deep; one that was moved from is empty.
template <class T>
class Buffer {
    static_assert(std::is_arithmetic_v<T>);

  public:
    using value_type = T;
    Buffer() = default;
    explicit Buffer(std::size_t size)
        : data_(std::make_unique_for_overwrite<T[]>(size)), size_(size) {}
    Buffer(std::size_t size, T value) : Buffer(size) { std::fill_n(data(), size, value); }
    template <std::input_iterator I>
    Buffer(I from, I to) : Buffer(static_cast<std::size_t>(std::distance(from, to))) {
        std::copy(from, to, data());
    }
    Buffer(const Buffer& other) : Buffer(other.begin(), other.end()) {}
    Buffer(Buffer&& other) noexcept
        : data_(std::move(other.data_)), size_(std::exchange(other.size_, 0)) {}
    Buffer& operator=(Buffer other) noexcept {
        data_ = std::move(other.data_);
        size_ = other.size_;
        return *this;
    }
    ~Buffer() = default;

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    T* data() { return data_.get(); }
    const T* data() const { return data_.get(); }
    T* begin() { return data(); }
    T* end() { return data() + size_; }
    const T* begin() const { return data(); }
    const T* end() const { return data() + size_; }
    T& operator[](std::size_t n) { return data_[n]; }
    const T& operator[](std::size_t n) const { return data_[n]; }
    friend bool operator==(const Buffer& a, const Buffer& b) {
        return std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

  private:
    std::unique_ptr<T[]> data_;
    std::size_t size_ = 0;
};

/// From now on the process keeps what it frees, for the next buffer of that size, instead of giving
/// it back to the system and taking new pages, each filled with zeros at its first touch.
void keep_freed_memory();

}  // namespace base
