#include "schemes/column_quant.hpp"

#include <algorithm>

#include "src/bits.hpp"
#include "src/columns.hpp"

namespace golden::detail {
namespace {

constexpr Range kCenters = {-128, 127};
constexpr Range kAlphas = {0, 65535};

/// The scheme's tensors by tile, plane and output; outputs that are not used have alpha and scale
/// 0 and their plane's centre.
class ColumnTensors {
  public:
    ColumnTensors(const Operands& operands, int planes, int center)
        : operands_(operands), planes_(static_cast<std::size_t>(planes)), center_(center) {}

    std::int64_t alpha(std::size_t tile, std::size_t plane, std::size_t output) const {
        return at(operands_.alpha, tile, plane, output);
    }
    std::int64_t scale(std::size_t tile, std::size_t plane, std::size_t output) const {
        return at(operands_.scale, tile, plane, output);
    }
    std::int64_t center(std::size_t tile, std::size_t plane) const {
        return operands_.center.empty() ? center_ : operands_.center[tile * planes_ + plane];
    }

  private:
    std::int64_t at(const std::vector<std::int64_t>& tensor, std::size_t tile, std::size_t plane,
                    std::size_t output) const {
        const std::size_t outputs = operands_.weights.cols;
        return output < outputs ? tensor[(tile * planes_ + plane) * outputs + output] : 0;
    }

    const Operands& operands_;
    std::size_t planes_;
    std::int64_t center_;
};

/// u = clamp(RNE(alpha·v / 2^alpha_frac), c0 + lo, c0 + hi) − c0
class ColumnTransfer : public Transfer {
  public:
    ColumnTransfer(const ColumnTensors& tensors, int alpha_frac, Range codes)
        : tensors_(tensors), alpha_frac_(alpha_frac), codes_(codes) {}

    Sample digitize(const Site& site, std::int64_t v) const override {
        const std::int64_t alpha = tensors_.alpha(site.tile, site.plane, site.output);
        const std::int64_t center = tensors_.center(site.tile, site.plane);
        const std::int64_t ideal = round_half_even(alpha * v, alpha_frac_) - center;
        const std::int64_t u = std::clamp(ideal, codes_.min, codes_.max);
        return {v, u, u != ideal};
    }

  private:
    ColumnTensors tensors_;
    int alpha_frac_;
    Range codes_;
};

class ColumnQuant : public Scheme {
  public:
    explicit ColumnQuant(const Spec& spec)
        : active_rows_(spec.active_rows),
          input_bits_(spec.input_bits),
          weight_bits_(spec.weight_bits),
          dac_bits_(spec.column_quant.dac_bits == 0 ? spec.input_bits : spec.column_quant.dac_bits),
          own_(spec.column_quant),
          slices_(spec.weight_bits / spec.column_quant.cell_bits) {}

    Shape shape() const override;
    Range tile_range(int groups, Range codes) const override;
    std::vector<TensorRule> tensors(const Resolved& resolved, const Layout& layout) const override;
    std::unique_ptr<Transfer> transfer(const Adc& adc, const Operands& operands) const override {
        return std::make_unique<ColumnTransfer>(own_tensors(operands), own_.alpha_frac,
                                                Range{adc.lo, adc.hi});
    }
    void add_group(const Group& group, Array& array, std::span<std::int64_t> sums) const override;

  private:
    int planes() const { return own_.differential ? 2 * slices_ : slices_; }
    int steps() const { return input_bits_ / dac_bits_; }
    ColumnTensors own_tensors(const Operands& operands) const {
        return {operands, planes(), own_.center};
    }
    std::int64_t cell(std::int64_t weight, int plane) const;
    /// sign_j · 2^(d·t + c·slice(j))
    std::int64_t factor(int step, int plane) const {
        const std::int64_t magnitude = std::int64_t{1}
                                       << (dac_bits_ * step + own_.cell_bits * (plane % slices_));
        return plane >= slices_ ? -magnitude : magnitude;
    }

    int active_rows_;
    int input_bits_;
    int weight_bits_;
    int dac_bits_;
    Spec::ColumnQuant own_;
    int slices_;
};

Shape ColumnQuant::shape() const {
    const std::int64_t reach = active_rows_ * unsigned_range(dac_bits_).max;
    const Range top = number_range(own_.cell_bits, !own_.differential);
    const std::int64_t cell_max =
        planes() > 1 ? unsigned_range(own_.cell_bits).max : top.max;  // only the top is signed
    const std::int64_t weight_max = unsigned_range(weight_bits_).max;
    return {
        .planes = planes(),
        .steps = steps(),
        .signed_adc = true,
        .value = {reach * top.min, reach * cell_max},
        .input = unsigned_range(input_bits_),
        .weight = own_.differential ? Range{-weight_max, weight_max} : signed_range(weight_bits_)};
}

/// Differential: slices of w⁺, then of w⁻. Two's complement: slices of w, the top one signed.
std::int64_t ColumnQuant::cell(std::int64_t weight, int plane) const {
    const int width = own_.cell_bits;
    const int slice = plane % slices_;
    if (own_.differential)
        return digit(std::max<std::int64_t>(plane < slices_ ? weight : -weight, 0), slice, width);
    const std::int64_t value = digit(weight, slice, width);
    const bool negative = slice == slices_ - 1 && bit(value, width - 1) != 0;
    return negative ? value - (std::int64_t{1} << width) : value;
}

/// `codes` is the range of u; a code is u plus any centre.
Range ColumnQuant::tile_range(int groups, Range codes) const {
    const Range whole{codes.min + kCenters.min, codes.max + kCenters.max};
    const std::int64_t scale = unsigned_range(own_.scale_bits).max;
    Range sum;
    for (int t = 0; t < steps(); ++t) {
        for (int j = 0; j < planes(); ++j) {
            const std::int64_t term = factor(t, j) * scale;
            sum.max += groups * std::max(term * whole.min, term * whole.max);
            sum.min += groups * std::min(term * whole.min, term * whole.max);
        }
    }
    return sum;
}

std::vector<TensorRule> ColumnQuant::tensors(const Resolved&, const Layout& layout) const {
    const auto planes_count = static_cast<std::size_t>(planes());
    const std::vector<std::size_t> columns = {layout.tiles, planes_count, layout.outputs};
    return {{&Operands::alpha, columns, kAlphas},
            {&Operands::scale, columns, unsigned_range(own_.scale_bits)},
            {&Operands::center, {layout.tiles, planes_count}, kCenters, false}};
}

void ColumnQuant::add_group(const Group& group, Array& array, std::span<std::int64_t> sums) const {
    const ColumnTensors tensors = own_tensors(group.operands);
    const Columns columns(group, planes(),
                          [&](std::int64_t weight, int plane) { return cell(weight, plane); });
    std::vector<std::int64_t> driven(group.inputs.size());
    for (int t = 0; t < steps(); ++t) {
        for (std::size_t row = 0; row < driven.size(); ++row)
            driven[row] = digit(group.inputs[row], t, dac_bits_);
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

std::unique_ptr<Scheme> make_column_quant(const Spec& spec) {
    const Spec::ColumnQuant& own = spec.column_quant;
    check_between("input.bits", spec.input_bits, 1, 8);
    check_between("weight.bits", spec.weight_bits, 2, 8);
    check_between("column_quant.cell_bits", own.cell_bits, 1, 4);
    check_between("column_quant.dac_bits", own.dac_bits, 0, spec.input_bits);
    check_between("column_quant.alpha_frac", own.alpha_frac, 0, 24);
    check_between("column_quant.scale_bits", own.scale_bits, 1, 16);
    check_between("column_quant.center", own.center, static_cast<int>(kCenters.min),
                  static_cast<int>(kCenters.max));
    if (!spec.adc_bits) throw Error("golden: column_quant has no adc.bits: auto");
    check_between("adc.bits", *spec.adc_bits, 1, 8);
    if (spec.input_signed) throw Error("golden: column_quant takes unsigned inputs");
    if (spec.weight_bits % own.cell_bits != 0)
        throw Error("golden: column_quant.cell_bits must divide weight.bits");
    if (own.dac_bits != 0 && spec.input_bits % own.dac_bits != 0)
        throw Error("golden: column_quant.dac_bits must divide input.bits");
    return std::make_unique<ColumnQuant>(spec);
}

}  // namespace golden::detail
