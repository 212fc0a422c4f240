// SPDX-License-Identifier: Apache-2.0
#include "golden/schemes/column_quant/reference.hpp"

#include <algorithm>

#include "golden/bits.hpp"
#include "golden/columns.hpp"

namespace golden::column_quant {
namespace {

constexpr Range centers = {-128, 127};
constexpr Range alphas = {0, 65535};

/// u = clamp(RNE((alpha·e + x·2^alpha_frac) / 2^(alpha_frac + 16)), c0 + lo, c0 + hi) − c0
class ColumnTransfer : public Transfer {
  public:
    ColumnTransfer(const ColumnTensors& tensors, int alpha_frac, Range codes)
        : Transfer(codes), tensors_(tensors), alpha_frac_(alpha_frac) {}

    std::int64_t unclipped(const Site& site, std::int64_t e, std::int64_t x) const override {
        const std::int64_t alpha = tensors_.alpha(site.tile, site.plane, site.output);
        const std::int64_t center = tensors_.center(site.tile, site.plane);
        return round_half_even(alpha * e + (x << alpha_frac_), alpha_frac_ + 16) - center;
    }

  private:
    ColumnTensors tensors_;
    int alpha_frac_;
};

class ColumnQuant : public Scheme {
  public:
    ColumnQuant(const Macro& macro, const Parameters& own)
        : active_rows_(macro.active_rows),
          input_bits_(macro.input_bits),
          own_(own),
          coding_(macro, own) {}

    Shape shape() const override {
        const std::int64_t reach = active_rows_ * coding_.drive_range().max;
        return {.planes = coding_.planes(),
                .steps = coding_.steps(),
                .signed_adc = true,
                .value = {reach * coding_.cell_range().min, reach * coding_.cell_range().max},
                .input = unsigned_range(input_bits_),
                .weight = coding_.weight_range()};
    }
    Range tile_range(int groups, Range codes) const override;
    std::vector<TensorRule> tensors(const Resolved& resolved, const Layout& layout) const override;
    std::unique_ptr<Transfer> transfer(const Adc& adc, const Operands& operands) const override {
        return std::make_unique<ColumnTransfer>(tensors_of(operands), own_.alpha_frac,
                                                Range{adc.lo, adc.hi});
    }
    void add_group(const Group& group, Array& array, std::span<std::int64_t> sums) const override;

  private:
    ColumnTensors tensors_of(const Operands& operands) const {
        return {operands, coding_.planes(), own_.center};
    }
    std::int64_t factor(int step, int plane) const {
        return coding_.step_factor(step) * coding_.plane_factor(plane);
    }

    int active_rows_;
    int input_bits_;
    Parameters own_;
    ColumnCoding coding_;
};

/// `codes` is the range of u; a code is u plus any centre.
Range ColumnQuant::tile_range(int groups, Range codes) const {
    const Range whole{codes.min + centers.min, codes.max + centers.max};
    const std::int64_t scale = unsigned_range(own_.scale_bits).max;
    Range sum;
    for (int t = 0; t < coding_.steps(); ++t) {
        for (int j = 0; j < coding_.planes(); ++j) {
            const std::int64_t term = factor(t, j) * scale;
            sum.max += groups * std::max(term * whole.min, term * whole.max);
            sum.min += groups * std::min(term * whole.min, term * whole.max);
        }
    }
    return sum;
}

std::vector<TensorRule> ColumnQuant::tensors(const Resolved&, const Layout& layout) const {
    const auto planes_count = static_cast<std::size_t>(coding_.planes());
    const std::vector<std::size_t> columns = {layout.tiles, planes_count, layout.outputs};
    return {{&Operands::alpha, columns, alphas},
            {&Operands::scale, columns, unsigned_range(own_.scale_bits)},
            {&Operands::center, {layout.tiles, planes_count}, centers, false}};
}

void ColumnQuant::add_group(const Group& group, Array& array, std::span<std::int64_t> sums) const {
    const ColumnTensors tensors = tensors_of(group.operands);
    const Columns columns(group, coding_.planes(), [&](std::int64_t weight, int plane) {
        return coding_.cell(weight, plane);
    });
    std::vector<std::int64_t> driven(group.inputs.size());
    for (int t = 0; t < coding_.steps(); ++t) {
        for (std::size_t row = 0; row < driven.size(); ++row)
            driven[row] = coding_.drive(group.inputs[row], t);
        columns.convert(array, 0, t, driven, [&](std::size_t output, int plane, std::int64_t u) {
            const auto j = static_cast<std::size_t>(plane);
            const std::int64_t code = u + tensors.center(group.tile, j);
            const std::int64_t scale = tensors.scale(group.tile, j, group.first_output + output);
            sums[output] += factor(t, plane) * code * scale;
        });
    }
}

void check_between(const char* key, int value, int low, int high) {
    if (value < low || value > high)
        throw Error(std::string("golden: ") + key + " must be " + std::to_string(low) + " to " +
                    std::to_string(high));
}

}  // namespace

std::int64_t round_half_even(std::int64_t numerator, int shift) {
    const std::int64_t below = numerator >> shift;
    const std::int64_t doubled_rest = 2 * (numerator - (below << shift));
    const std::int64_t one = std::int64_t{1} << shift;
    const bool up = doubled_rest > one || (doubled_rest == one && bit(below, 0) != 0);
    return below + (up ? 1 : 0);
}

ColumnCoding::ColumnCoding(const Macro& macro, const Parameters& own)
    : input_bits_(macro.input_bits),
      weight_bits_(macro.weight_bits),
      dac_bits_(own.dac_bits == 0 ? macro.input_bits : own.dac_bits),
      cell_bits_(own.cell_bits),
      differential_(own.differential),
      slices_(macro.weight_bits / own.cell_bits) {}

Range ColumnCoding::drive_range() const { return unsigned_range(dac_bits_); }

Range ColumnCoding::cell_range() const {
    const Range top = number_range(cell_bits_, !differential_);
    return {top.min, slices_ > 1 ? unsigned_range(cell_bits_).max : top.max};
}

Range ColumnCoding::weight_range() const {
    const std::int64_t greatest = unsigned_range(weight_bits_).max;
    return differential_ ? Range{-greatest, greatest} : signed_range(weight_bits_);
}

std::int64_t ColumnCoding::drive(std::int64_t input, int step) const {
    return digit(input, step, dac_bits_);
}

std::int64_t ColumnCoding::cell(std::int64_t weight, int plane) const {
    const int slice = plane % slices_;
    if (differential_) {
        const std::int64_t part = plane < slices_ ? weight : -weight;
        return digit(std::max<std::int64_t>(part, 0), slice, cell_bits_);
    }
    const std::int64_t value = digit(weight, slice, cell_bits_);
    const bool negative = slice == slices_ - 1 && bit(value, cell_bits_ - 1) != 0;
    return negative ? value - (std::int64_t{1} << cell_bits_) : value;
}

std::int64_t ColumnCoding::plane_factor(int plane) const {
    const std::int64_t magnitude = std::int64_t{1} << (cell_bits_ * (plane % slices_));
    return plane >= slices_ ? -magnitude : magnitude;
}

std::unique_ptr<Scheme> make_scheme(const Macro& macro, const Parameters& own) {
    check_between("input.bits", macro.input_bits, 1, 8);
    check_between("weight.bits", macro.weight_bits, 2, 8);
    check_between("column_quant.cell_bits", own.cell_bits, 1, 4);
    check_between("column_quant.dac_bits", own.dac_bits, 0, macro.input_bits);
    check_between("column_quant.alpha_frac", own.alpha_frac, 0, 24);
    check_between("column_quant.scale_bits", own.scale_bits, 1, 16);
    check_between("column_quant.center", own.center, static_cast<int>(centers.min),
                  static_cast<int>(centers.max));
    if (!macro.adc_bits) throw Error("golden: column_quant has no adc.bits: auto");
    check_between("adc.bits", *macro.adc_bits, 1, 8);
    if (macro.input_signed) throw Error("golden: column_quant takes unsigned inputs");
    if (macro.weight_bits % own.cell_bits != 0)
        throw Error("golden: column_quant.cell_bits must divide weight.bits");
    if (own.dac_bits != 0 && macro.input_bits % own.dac_bits != 0)
        throw Error("golden: column_quant.dac_bits must divide input.bits");
    return std::make_unique<ColumnQuant>(macro, own);
}

}  // namespace golden::column_quant
