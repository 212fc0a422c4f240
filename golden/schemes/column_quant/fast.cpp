// SPDX-License-Identifier: Apache-2.0
#include "golden/schemes/column_quant/fast.hpp"

#include <bit>
#include <cmath>

#include "golden/fast/engine.hpp"
#include "golden/schemes/column_quant/reference.hpp"

namespace golden::column_quant {
namespace {

using namespace fast;

/// Digits of all weights of the range, by plane.
class DigitTable {
  public:
    explicit DigitTable(const ColumnCoding& coding)
        : min_(coding.weight_range().min), planes_(static_cast<std::size_t>(coding.planes())) {
        for (std::int64_t w = min_; w <= coding.weight_range().max; ++w) {
            for (int j = 0; j < coding.planes(); ++j)
                digits_.push_back(static_cast<std::int8_t>(coding.cell(w, j)));
        }
    }
    std::int8_t digit(std::int64_t weight, std::size_t plane) const {
        return digits_[static_cast<std::size_t>(weight - min_) * planes_ + plane];
    }

  private:
    std::int64_t min_;
    std::size_t planes_;
    std::vector<std::int8_t> digits_;
};

class ColumnEngine : public ChunkEngine {
  public:
    ColumnEngine(const ColumnCoding& coding, const ColumnTensors& tensors, int alpha_frac,
                 const fast::Job& job)
        : ChunkEngine(job), coding_(coding), tensors_(tensors), form_(make_form()) {
        windows_ = make_windows();
        form_.windows = windows_.data();
        const DigitTable digits(coding);
        pack_weights(form_.weight_words,
                     [&](std::size_t output, const Elements& column, std::uint32_t* out) {
                         pack_column_parameters(output, alpha_frac, out);
                         pack_digits(digits, column, out);
                     });
    }

    /// Clipped: the lanes behind the last output convert 0 and do not count.
    void finish(Result& result) const override {
        ChunkEngine::finish(result);
        const std::size_t unused = chunks_ * lanes_ - job_.layout.outputs;
        result.adc_clipped -= clips_of_zero() * unused;
    }

  protected:
    WordBuffer pack_inputs(std::size_t first, std::size_t last) override {
        WordBuffer packed((last - first) * form_.input_words);
        std::uint32_t* out = packed.data();
        for (std::size_t v = first; v < last; ++v) {
            for_groups(job_.layout, input_row(v),
                       [&](const Elements& elements, std::size_t, std::size_t) {
                           pack_steps(elements, out);
                           out += form_.quads * static_cast<std::size_t>(form_.steps);
                       });
        }
        return packed;
    }
    void run_chunk(const ChunkJob& chunk) const override { run_columns(form_, chunk); }

  private:
    ColumnForm make_form() const {
        const Layout& layout = job_.layout;
        ColumnForm form;
        form.steps = coding_.steps();
        form.planes = coding_.planes();
        form.step_bits = coding_.dac_bits();
        form.quads = (layout.active_rows + 3) / 4;
        form.tiles = layout.tiles;
        form.groups = layout.driven_groups;
        form.groups_per_tile = layout.groups;
        form.input_words = form.groups * form.quads * static_cast<std::size_t>(form.steps);
        form.weight_words =
            static_cast<std::size_t>(form.planes) * (2 * form.tiles + form.groups * form.quads);
        return form;
    }

    std::vector<ColumnWindow> make_windows() const {
        std::vector<ColumnWindow> windows;
        for (std::size_t tile = 0; tile < form_.tiles; ++tile) {
            for (int j = 0; j < form_.planes; ++j) {
                const std::int64_t center = tensors_.center(tile, static_cast<std::size_t>(j));
                windows.push_back({static_cast<std::int32_t>(center + job_.adc.lo),
                                   static_cast<std::int32_t>(center + job_.adc.hi)});
            }
        }
        return windows;
    }

    std::size_t groups_of(std::size_t tile) const {
        return std::min(form_.groups_per_tile, form_.groups - tile * form_.groups_per_tile);
    }

    /// First word of a plane of a tile: alpha, factor, then the digits of its groups.
    std::size_t plane_word(std::size_t tile, std::size_t plane) const {
        const auto planes = static_cast<std::size_t>(form_.planes);
        const std::size_t before = tile * (2 + form_.groups_per_tile * form_.quads) * planes;
        return before + plane * (2 + groups_of(tile) * form_.quads);
    }

    void pack_column_parameters(std::size_t output, int alpha_frac, std::uint32_t* out) const {
        for (std::size_t tile = 0; tile < form_.tiles; ++tile) {
            for (int j = 0; j < form_.planes; ++j) {
                const auto plane = static_cast<std::size_t>(j);
                const std::int64_t factor =
                    tensors_.scale(tile, plane, output) * coding_.plane_factor(j);
                const float alpha = std::ldexp(
                    static_cast<float>(tensors_.alpha(tile, plane, output)), -alpha_frac);
                std::uint32_t* words = out + plane_word(tile, plane) * lanes_;
                words[0] = std::bit_cast<std::uint32_t>(alpha);
                words[lanes_] = static_cast<std::uint32_t>(factor);
            }
        }
    }

    void pack_digits(const DigitTable& digits, const Elements& column, std::uint32_t* out) const {
        for_groups(job_.layout, column,
                   [&](const Elements& elements, std::size_t tile, std::size_t group) {
                       for (std::size_t j = 0; j < static_cast<std::size_t>(form_.planes); ++j) {
                           std::uint32_t* words =
                               out + (plane_word(tile, j) + 2 + group * form_.quads) * lanes_;
                           for (std::size_t i = 0; i < elements.count; ++i) {
                               const std::int64_t w = elements.data[i];
                               auto* quad = reinterpret_cast<std::int8_t*>(words + i / 4 * lanes_);
                               quad[i % 4] = digits.digit(w, j);
                           }
                       }
                   });
    }

    /// [step][quad], a byte for each row
    void pack_steps(const Elements& elements, std::uint32_t* out) const {
        auto* bytes = reinterpret_cast<std::uint8_t*>(out);
        low_bytes(elements.data, elements.count, bytes);
        if (form_.steps == 1) return;
        const auto mask = static_cast<std::uint8_t>(coding_.drive_range().max);
        for (int t = form_.steps - 1; t >= 0; --t) {  // step 0 lies where the whole inputs are
            std::uint8_t* step = bytes + 4 * form_.quads * static_cast<std::size_t>(t);
            for (std::size_t i = 0; i < elements.count; ++i)
                step[i] = static_cast<std::uint8_t>(bytes[i] >> (form_.step_bits * t) & mask);
        }
    }

    /// Clipped conversions of one column with alpha 0, over all vectors.
    std::uint64_t clips_of_zero() const {
        std::uint64_t clips = 0;
        for (std::size_t tile = 0; tile < form_.tiles; ++tile) {
            for (std::size_t j = 0; j < static_cast<std::size_t>(form_.planes); ++j) {
                const ColumnWindow& window =
                    windows_[tile * static_cast<std::size_t>(form_.planes) + j];
                if (window.lo > 0 || window.hi < 0) clips += groups_of(tile);
            }
        }
        return clips * static_cast<std::uint64_t>(form_.steps) * job_.layout.vectors;
    }

    ColumnCoding coding_;
    ColumnTensors tensors_;
    std::vector<ColumnWindow> windows_;
    ColumnForm form_;
};

}  // namespace

std::unique_ptr<Engine> make_engine(const fast::Job& job, const Parameters& own) {
    if (job.numbers != nullptr) return make_analog(job, own);
    const ColumnCoding coding(job.spec, own);
    const ColumnTensors tensors(job.operands, coding.planes(), own.center);
    return std::make_unique<ColumnEngine>(coding, tensors, own.alpha_frac, job);
}

}  // namespace golden::column_quant
