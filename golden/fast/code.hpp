// SPDX-License-Identifier: Apache-2.0
/// Packing of inputs and weights for the fast form.
///
/// A plane's value of an element is 0, ±1 or ±λ (drive and cell of a PlaneScheme). Its magnitude
/// makes the class (0: magnitude 1, 1: magnitude λ), its sign a bit of its own that all planes
/// share. v is then a sum of counts: with s = sx ⊕ sw and level l = class(x) + class(w)
///     v = Σ_l λ^l · (ones(product bits of level l) − 2·ones(product bits of level l with s)).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "golden/fast/engine.hpp"
#include "golden/plane_scheme.hpp"

namespace golden::fast {

/// One element in all its planes: bit p of a class is 1 if plane p has a bit of that class.
struct ElementCode {
    std::uint8_t classes[2] = {0, 0};
    std::uint8_t negative = 0;
    std::uint8_t clipped = 0;
    std::int16_t level = 0;
};

/// How values of a range split into planes: value = Σ_p factor(p) · part(value, p) where nothing
/// clips.
struct Coding {
    Range range;
    int planes = 0;
    std::function<std::int64_t(std::int64_t value, int plane)> part;
    std::function<std::int64_t(int plane)> factor;
    std::function<bool(std::int64_t value)> clips = [](std::int64_t) { return false; };
};
Coding input_coding(const PlaneScheme& scheme);
Coding weight_coding(const PlaneScheme& scheme);

/// The codes of all values of a range.
class CodeTable {
  public:
    explicit CodeTable(const Coding& coding);
    const ElementCode& operator[](std::int64_t value) const {
        return codes_[static_cast<std::size_t>(value - range_.min)];
    }
    bool has_signs() const { return has_signs_; }
    /// Plane p is bit p of the value: no table is needed.
    bool is_bits() const { return is_bits_; }
    std::int64_t ratio() const { return ratio_; }  ///< λ: the greatest magnitude of a plane
    /// Its planes can be packed: at most 8 of them, parts 0, ±1 and ±λ with λ a power of two, and
    /// of each value one sign for all planes.
    bool is_packable() const { return is_packable_; }
    std::uint64_t count_clipped(const Matrix& matrix) const;

  private:
    Range range_;
    std::vector<ElementCode> codes_;
    std::int64_t ratio_ = 1;
    bool has_signs_ = false;
    bool is_bits_ = true;
    bool can_clip_ = false;
    bool is_packable_ = true;
};

/// Packs elements group by group: [plane][class][word] and, if signed, [word] signs.
class PlanePacker {
  public:
    PlanePacker(const CodeTable& table, bool is_signed, int planes, std::size_t rows);

    std::size_t words() const { return packed_.size(); }  ///< of a group
    /// Word i goes to out[i · out_stride].
    void pack(const Elements& elements, std::uint32_t* out, std::size_t out_stride);

  private:
    void load(const Elements& elements);

    const CodeTable& table_;
    bool is_signed_;
    std::size_t planes_;
    std::size_t plane_words_;
    std::vector<std::uint8_t> bytes_[3];  ///< of the classes and the signs
    std::vector<std::uint32_t> bits_;     ///< of one class, [plane][word]
    std::vector<std::uint32_t> packed_;
};

}  // namespace golden::fast
