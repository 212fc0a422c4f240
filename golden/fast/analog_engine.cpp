// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <mutex>

#include "golden/fast/analog_table.hpp"
#include "golden/reference/check.hpp"

namespace golden::fast {
namespace {

class AnalogEngine : public Engine {
  public:
    AnalogEngine(const Job& job, std::unique_ptr<AnalogScheme> scheme)
        : job_(job),
          scheme_(std::move(scheme)),
          law_(make_analog_law(job, *scheme_)),
          blocks_(make_analog_tables(job, *scheme_, law_)) {}

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
    AnalogStrip strip_of(const AnalogBlock& block, const AnalogGroup& group, std::size_t first_row,
                         std::size_t first) const {
        const auto at = [&](const auto& numbers) {
            return numbers.empty() ? nullptr : numbers.data() + first;
        };
        const auto of_rows = [&](const auto& numbers) {
            return numbers.empty() ? nullptr : numbers.data() + first * group.rows;
        };
        return {.columns = std::min(strip_length, block.columns - first),
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
    void run_group(const AnalogBlock& block, std::size_t group,
                   const std::vector<AnalogSteps>& steps, const std::vector<std::uint64_t>& n,
                   std::vector<std::int32_t>& sums, AnalogCounts& counts) const {
        const Layout& layout = job_.layout;
        const Analog& analog = job_.chip.analog;
        const std::uint64_t key = draw_key(analog.seed, analog.noise_stream);
        for (std::size_t first = 0; first < block.columns; first += strip_length) {
            const AnalogStrip strip = strip_of(block, block.groups[group],
                                               group % layout.groups * layout.active_rows, first);
            run_analog(law_, strip, steps, group, n, key, &sums[first], block.stride, counts);
        }
    }

    void run_block(std::size_t number, std::size_t first, const std::vector<AnalogSteps>& steps,
                   Result& result, AnalogCounts& counts) const {
        const Layout& layout = job_.layout;
        const AnalogBlock& block = blocks_[number];
        const Range accumulator = signed_range(job_.resolved.accumulator_bits);
        const std::size_t first_output = number * layout.macro_outputs;
        std::vector<std::int64_t> acc(steps.size() * block.outputs);
        for (std::size_t v = 0; v < steps.size() && !job_.operands.bias.empty(); ++v)
            std::copy_n(&job_.operands.bias[first_output], block.outputs, &acc[v * block.outputs]);
        std::vector<std::uint64_t> n(steps.size());
        std::vector<std::int32_t> sums;
        std::vector<std::int64_t> tile_sums(acc.size());
        for (std::size_t tile = 0; tile < layout.tiles; ++tile) {
            if (job_.numbers != nullptr) {  // an ideal array draws nothing
                const std::size_t tiles = job_.numbers->sets().tiles;
                for (std::size_t v = 0; v < steps.size() && tile % tiles == 0; ++v)
                    n[v] = job_.numbers->first(number, tile / tiles, first + v);
            }
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
    void add_group(const AnalogBlock& block, std::size_t group,
                   const std::vector<AnalogSteps>& steps, const std::vector<std::int32_t>& sums,
                   std::vector<std::uint64_t>& n, std::vector<std::int64_t>& tile_sums) const {
        const AnalogGroup& table = block.groups[group];
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
    std::vector<AnalogBlock> blocks_;
    std::mutex mutex_;
    std::uint64_t driven_ = 0;  ///< steps of one column block, all vectors
    AnalogCounts counts_;
};

}  // namespace

std::unique_ptr<Engine> make_analog_engine(const Job& job, std::unique_ptr<AnalogScheme> scheme) {
    return std::make_unique<AnalogEngine>(job, std::move(scheme));
}

}  // namespace golden::fast
