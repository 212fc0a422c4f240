#include <algorithm>
#include <bit>
#include <mutex>

#include "golden/fast/analog.hpp"
#include "golden/plane_scheme.hpp"
#include "golden/reference/check.hpp"
#include "golden/wide.hpp"

namespace golden::fast {
namespace {

std::size_t padded(std::size_t columns) { return (columns + kStrip - 1) / kStrip * kStrip; }

/// What one group of one column block holds; columns are [plane][output].
struct GroupTable {
    std::size_t rows = 0;
    std::vector<std::int16_t> cells;   ///< [strip][row][column]
    std::vector<std::uint8_t> bytes;   ///< the same, where law.bytes
    std::vector<std::int32_t> gained;  ///< the same, where cells have gains
    std::vector<std::int32_t> weights, alpha, center;
    std::vector<std::int64_t> constant, sign;  ///< of the outputs
};

/// What one column block has at every step.
struct BlockTable {
    std::size_t outputs = 0, columns = 0, stride = 0;
    std::vector<std::uint64_t> noise;
    std::vector<std::int32_t> offset, gain, correction;
    std::vector<const std::int64_t*> inl;
    std::vector<GroupTable> groups;
};

/// Greatest magnitudes decide which width the law needs.
class Bounds {
  public:
    Bounds(const Job& job, const Chip& chip)
        : value_(std::max(job.resolved.v_max, -job.resolved.v_min)) {
        std::int64_t gain = kGainOne;
        for (const std::int64_t g : chip.cell_gain) gain = std::max(gain, g);
        sum_ = value_ * gain * (chip.adc_gain.empty() ? 1 : 2);
        noise_ = (chip.analog.noise * 20547966 * 1020 >> 32) + 2;
        if (chip.analog.noise_in_v) sum_ += noise_;
        const std::int64_t kappa = chip.analog.ir_drop;
        squares_ = job.spec.rows * value_ * value_;
        wire_ = (Wide{5 * value_} << 16) + 6 * ((Wide{kappa} * squares_) >> 16);
    }
    std::int64_t value() const { return value_; }
    /// e, q·e and what an ADC adds to them, all below 2^31.
    bool law_fits_32(const Job& job, const Chip& chip) const {
        if (chip.analog.ir_drop != 0) return false;
        constexpr std::int64_t kAdded = 2 * kAdcOffsets.max + kOne;
        return sum_ <= (std::int64_t{1} << 30) / job.spec.step_den && noise_ + kAdded < 1 << 30;
    }
    bool squares_fit_32() const { return squares_ < std::int64_t{1} << 31; }
    bool wire_fits_doubles() const { return wire_ < std::int64_t{1} << 36; }

  private:
    std::int64_t value_, sum_, noise_, squares_;
    Wide wire_;
};

class AnalogEngine : public Engine {
  public:
    AnalogEngine(const Job& job, std::unique_ptr<AnalogScheme> scheme)
        : job_(job), scheme_(std::move(scheme)), law_(make_law()) {
        for (std::size_t block = 0; block < job.layout.blocks; ++block)
            blocks_.push_back(make_block(block));
    }

    void run(std::size_t first, std::size_t last, Result& result) override {
        const Layout& layout = job_.layout;
        std::vector<AnalogSteps> steps(last - first);
        std::uint64_t driven = 0;
        for (std::size_t v = first; v < last; ++v) {
            const std::int64_t* inputs = &job_.operands.inputs.data[v * layout.features];
            for_groups(layout, {inputs, layout.features},
                       [&](const Elements& group, std::size_t, std::size_t) {
                           scheme_->add_steps({group.data, group.count}, steps[v - first]);
                           steps[v - first].end_group();
                       });
            driven += steps[v - first].group_end(layout.driven_groups - 1);
        }
        AnalogCounts counts;
        for (std::size_t block = 0; block < layout.blocks; ++block)
            run_block(block, first, steps, result, counts);
        const std::lock_guard lock(mutex_);
        driven_ += driven;
        counts_.clipped += counts.clipped;
        counts_.lost_half += counts.lost_half;
        counts_.value_max = std::max(counts_.value_max, counts.value_max);
    }

    void finish(Result& result) const override {
        const Layout& layout = job_.layout;
        result.conversions = driven_ * layout.blocks * layout.macro_outputs *
                             static_cast<std::uint64_t>(job_.resolved.planes);
        result.adc_clipped = counts_.clipped;
        result.lost_half = counts_.lost_half;
        for (const std::int64_t x : job_.operands.inputs.data)
            result.inputs_clipped += job_.scheme.clips_input(x);
        for (const std::int64_t w : job_.operands.weights.data)
            result.weights_clipped += job_.scheme.clips_weight(w);
        if (!job_.statistics) return;
        Tally tally;
        tally.value_max = counts_.value_max;
        result.statistics = job_.scheme.statistics(job_.adc, job_.operands, layout, tally);
    }

  private:
    AnalogLaw make_law() const {
        const Chip& chip = job_.chip;
        const Bounds bounds(job_, chip);
        AnalogLaw law;
        law.step_num = job_.adc.step_num;
        law.step_den = job_.adc.step_den;
        law.alpha_frac = scheme_->alpha_frac();
        law.lo = job_.adc.lo;
        law.hi = job_.adc.hi;
        law.noise_factor = chip.analog.noise * 20547966;
        law.noise_in_v = chip.analog.noise_in_v;
        law.ir_drop = chip.analog.ir_drop;
        law.gains = !chip.cell_gain.empty();
        law.unit_drives = scheme_->drives_bits();
        law.track_values = job_.statistics;
        law.narrow_values = bounds.value() <= 32767;
        law.narrow = bounds.law_fits_32(job_, chip);
        law.bytes =
            law.unit_drives && !law.gains && job_.resolved.v_min >= 0 && job_.resolved.v_max <= 255;
        law.plain = law.narrow && law.alpha_frac < 0 && chip.adc_gain.empty() &&
                    chip.adc_inl.empty() && chip.correction.empty() && !law.track_values &&
                    law.narrow_values &&
                    std::has_single_bit(static_cast<std::uint64_t>(law.step_num));
        law.narrow_squares = bounds.squares_fit_32();
        law.narrow_wire = bounds.wire_fits_doubles();
        return law;
    }

    /// Calls use(column of the block's arrays, physical column).
    template <class Use>
    void for_columns(std::size_t outputs, const Use& use) const {
        const auto planes = static_cast<std::size_t>(job_.resolved.planes);
        for (std::size_t plane = 0; plane < planes; ++plane) {
            for (std::size_t o = 0; o < outputs; ++o) use(plane * outputs + o, o * planes + plane);
        }
    }

    BlockTable make_block(std::size_t block) const {
        const Layout& layout = job_.layout;
        const Chip& chip = job_.chip;
        BlockTable table;
        table.outputs =
            std::min(layout.macro_outputs, layout.outputs - block * layout.macro_outputs);
        table.columns = table.outputs * static_cast<std::size_t>(job_.resolved.planes);
        table.stride = padded(table.columns);
        const auto by_adc = [&](const std::vector<std::int64_t>& numbers) {
            std::vector<std::int32_t> of(numbers.empty() ? 0 : table.stride);
            if (numbers.empty()) return of;
            for_columns(table.outputs, [&](std::size_t c, std::size_t column) {
                of[c] = static_cast<std::int32_t>(numbers[chip.adc(column)]);
            });
            return of;
        };
        table.offset = by_adc(chip.adc_offset);
        table.gain = by_adc(chip.adc_gain);
        table.correction = by_adc(chip.correction);
        table.noise.resize(table.stride);
        if (!chip.adc_inl.empty()) table.inl.resize(table.stride);
        for_columns(table.outputs, [&](std::size_t c, std::size_t column) {
            table.noise[c] = (column + 1) * kGamma;
            const std::size_t codes = chip.adc_inl.size() / chip.form.adcs();
            if (!table.inl.empty()) table.inl[c] = &chip.adc_inl[chip.adc(column) * codes];
        });
        for (std::size_t group = 0; group < layout.driven_groups; ++group)
            table.groups.push_back(make_group(table, block, group));
        return table;
    }

    GroupTable make_group(const BlockTable& block, std::size_t number, std::size_t group) const {
        const Layout& layout = job_.layout;
        const Chip& chip = job_.chip;
        const std::size_t tile = group / layout.groups;
        const std::size_t first_row = group % layout.groups * layout.active_rows;
        const std::size_t first = group * layout.active_rows;  // K is cut into whole tiles
        const auto planes = static_cast<std::size_t>(job_.resolved.planes);
        GroupTable table;
        table.rows = std::min(layout.active_rows, layout.features - first);
        table.cells.resize(table.rows * block.stride);
        if (law_.gains) table.gained.resize(table.rows * block.stride);
        if (law_.bytes) table.bytes.resize(table.rows * block.stride);
        table.weights.resize(block.stride);
        if (law_.alpha_frac >= 0) {
            table.alpha.resize(block.stride);
            table.center.resize(block.stride);
        }
        std::vector<std::int64_t> weights(table.rows);
        AnalogOutput out;
        for (std::size_t o = 0; o < block.outputs; ++o) {
            const std::size_t output = number * layout.macro_outputs + o;
            for (std::size_t row = 0; row < table.rows; ++row)
                weights[row] = job_.operands.weights(first + row, output);
            scheme_->describe(weights, tile, output, out);
            table.constant.push_back(out.constant);
            table.sign.push_back(out.sign);
            for (std::size_t plane = 0; plane < planes; ++plane) {
                const std::size_t c = plane * block.outputs + o;
                table.weights[c] = static_cast<std::int32_t>(out.weights[plane]);
                if (law_.alpha_frac >= 0) {
                    table.alpha[c] = static_cast<std::int32_t>(out.alpha[plane]);
                    table.center[c] = static_cast<std::int32_t>(out.center[plane]);
                }
                for (std::size_t row = 0; row < table.rows; ++row) {
                    const std::int16_t cell = out.cells[plane * table.rows + row];
                    const std::size_t at = (c / kStrip * table.rows + row) * kStrip + c % kStrip;
                    table.cells[at] = cell;
                    if (law_.bytes) table.bytes[at] = static_cast<std::uint8_t>(cell);
                    if (law_.gains)
                        table.gained[at] = static_cast<std::int32_t>(
                            cell *
                            chip.gain(tile % chip.form.banks, first_row + row, o * planes + plane));
                }
            }
        }
        return table;
    }

    AnalogStrip strip_of(const BlockTable& block, const GroupTable& group, std::size_t first_row,
                         std::size_t first) const {
        const auto at = [&](const auto& numbers) {
            return numbers.empty() ? nullptr : numbers.data() + first;
        };
        const auto of_rows = [&](const auto& numbers) {
            return numbers.empty() ? nullptr : numbers.data() + first * group.rows;
        };
        return {.columns = std::min(kStrip, block.columns - first),
                .cells = of_rows(group.cells),
                .gained = of_rows(group.gained),
                .first_row = first_row,
                .bytes = of_rows(group.bytes),
                .noise = at(block.noise),
                .offset = at(block.offset),
                .gain = at(block.gain),
                .inl = at(block.inl),
                .correction = at(block.correction),
                .alpha = at(group.alpha),
                .center = at(group.center)};
    }

    /// Column sums of one group, [vector][column]; n of the group's first step by vector.
    void run_group(const BlockTable& block, std::size_t group,
                   const std::vector<AnalogSteps>& steps, const std::vector<std::uint64_t>& n,
                   std::vector<std::int32_t>& sums, AnalogCounts& counts) const {
        const Layout& layout = job_.layout;
        const Analog& analog = job_.chip.analog;
        const std::uint64_t key = draw_key(analog.seed, analog.noise_stream);
        for (std::size_t first = 0; first < block.columns; first += kStrip) {
            const AnalogStrip strip = strip_of(block, block.groups[group],
                                               group % layout.groups * layout.active_rows, first);
            run_analog(law_, strip, steps, group, n, key, &sums[first], block.stride, counts);
        }
    }

    void run_block(std::size_t number, std::size_t first, const std::vector<AnalogSteps>& steps,
                   Result& result, AnalogCounts& counts) const {
        const Layout& layout = job_.layout;
        const BlockTable& block = blocks_[number];
        const BankSets& sets = job_.numbers->sets();
        const Range accumulator = signed_range(job_.resolved.accumulator_bits);
        const std::size_t first_output = number * layout.macro_outputs;
        std::vector<std::int64_t> acc(steps.size() * block.outputs);
        for (std::size_t v = 0; v < steps.size() && !job_.operands.bias.empty(); ++v)
            std::copy_n(&job_.operands.bias[first_output], block.outputs, &acc[v * block.outputs]);
        std::vector<std::uint64_t> n(steps.size());
        std::vector<std::int32_t> sums;
        std::vector<std::int64_t> tile_sums(acc.size());
        for (std::size_t tile = 0; tile < layout.tiles; ++tile) {
            for (std::size_t v = 0; v < steps.size() && tile % sets.tiles == 0; ++v)
                n[v] = job_.numbers->first(number, tile / sets.tiles, first + v);
            std::fill(tile_sums.begin(), tile_sums.end(), 0);
            const std::size_t end = std::min(layout.driven_groups, (tile + 1) * layout.groups);
            for (std::size_t group = tile * layout.groups; group < end; ++group) {
                sums.assign(steps.size() * block.stride, 0);
                run_group(block, group, steps, n, sums, counts);
                add_group(block, group, steps, sums, n, tile_sums);
            }
            for (std::size_t v = 0; v < steps.size(); ++v) {
                bool saturated = false;
                for (std::size_t o = 0; o < block.outputs; ++o) {
                    std::int64_t& value = acc[v * block.outputs + o];
                    value = saturating_add(value, tile_sums[v * block.outputs + o], accumulator,
                                           saturated);
                }
                if (saturated) result.saturated[first + v] = 1;
            }
        }
        for (std::size_t v = 0; v < steps.size(); ++v) {
            for (std::size_t o = 0; o < block.outputs; ++o)
                result.outputs(first + v, first_output + o) =
                    job_.scheme.result(acc[v * block.outputs + o], first_output + o, job_.operands);
        }
    }

    /// What a group adds to the sums of its tile; moves n behind its steps.
    void add_group(const BlockTable& block, std::size_t group,
                   const std::vector<AnalogSteps>& steps, const std::vector<std::int32_t>& sums,
                   std::vector<std::uint64_t>& n, std::vector<std::int64_t>& tile_sums) const {
        const GroupTable& table = block.groups[group];
        const std::size_t outputs = block.outputs;
        for (std::size_t v = 0; v < steps.size(); ++v) {
            std::int64_t factors = 0, extras = 0;
            const std::size_t begin = steps[v].group_begin(group), end = steps[v].group_end(group);
            for (std::size_t s = begin; s < end; ++s) {
                factors += steps[v][s].factor;
                extras += steps[v][s].factor * steps[v][s].extra;
            }
            std::int64_t* tile = &tile_sums[v * outputs];
            for (std::size_t o = 0; o < outputs; ++o)
                tile[o] += factors * table.constant[o] + extras * table.sign[o];
            for (std::size_t first = 0; first < block.columns; first += outputs) {
                const std::int32_t* codes = &sums[v * block.stride + first];
                const std::int32_t* weights = &table.weights[first];
                for (std::size_t o = 0; o < outputs; ++o)
                    tile[o] += std::int64_t{codes[o]} * weights[o];
            }
            n[v] += end - begin;
        }
    }

    const Job job_;
    std::unique_ptr<AnalogScheme> scheme_;
    AnalogLaw law_;
    std::vector<BlockTable> blocks_;
    std::mutex mutex_;
    std::uint64_t driven_ = 0;  ///< steps of one column block, all vectors
    AnalogCounts counts_;
};

/// Bit planes, every step driven.
class AnalogPlanes : public AnalogScheme {
  public:
    explicit AnalogPlanes(const PlaneScheme& scheme) : scheme_(scheme), shape_(scheme.shape()) {
        for (int t = 0; t < shape_.steps; ++t) factors_.push_back(scheme.step_factor(t));
        for (std::int64_t x = shape_.input.min; x <= shape_.input.max; ++x) {
            for (int t = 0; t < shape_.steps; ++t)
                drives_.push_back(static_cast<std::int16_t>(scheme.drive(x, t)));
        }
    }

    void describe(std::span<const std::int64_t> weights, std::size_t, std::size_t,
                  AnalogOutput& out) const override {
        out.cells.clear();
        out.weights.clear();
        for (int j = 0; j < shape_.planes; ++j) {
            out.weights.push_back(scheme_.plane_factor(j));
            for (const std::int64_t w : weights)
                out.cells.push_back(static_cast<std::int16_t>(scheme_.cell(w, j)));
        }
    }
    void add_steps(std::span<const std::int64_t> inputs, AnalogSteps& steps) const override {
        const auto count = static_cast<std::size_t>(shape_.steps);
        for (std::size_t t = 0; t < count; ++t)
            steps.add_step(factors_[t], inputs.size(), [&](std::size_t row) {
                return drives_[static_cast<std::size_t>(inputs[row] - shape_.input.min) * count +
                               t];
            });
    }
    bool drives_bits() const override { return shape_.value.min == 0; }

  private:
    const PlaneScheme& scheme_;
    Shape shape_;
    std::vector<std::int64_t> factors_;
    std::vector<std::int16_t> drives_;  ///< [input][step]
};

}  // namespace

std::unique_ptr<Engine> make_analog_engine(const Job& job, std::unique_ptr<AnalogScheme> scheme) {
    return std::make_unique<AnalogEngine>(job, std::move(scheme));
}

std::unique_ptr<Engine> make_analog_planes(const Job& job) {
    const auto& scheme = dynamic_cast<const PlaneScheme&>(job.scheme);
    return make_analog_engine(job, std::make_unique<AnalogPlanes>(scheme));
}

}  // namespace golden::fast
