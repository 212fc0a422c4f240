// SPDX-License-Identifier: Apache-2.0
#include "golden/fast/plane.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <optional>
#include <utility>

#include "golden/fast/analog.hpp"
#include "golden/fast/bytes.hpp"
#include "golden/fast/code.hpp"
#include "golden/fast/law.hpp"
#include "golden/fast/product.hpp"
#include "golden/fast/slices.hpp"

namespace golden::fast {
namespace {

void count_clipped_elements(const CodeTable& inputs, const CodeTable& weights,
                            const Operands& operands, Result& result) {
    result.inputs_clipped = inputs.count_clipped(operands.inputs);
    result.weights_clipped = weights.count_clipped(operands.weights);
}

class PlaneEngine : public ChunkEngine {
  public:
    PlaneEngine(const PlaneScheme& scheme, const Job& job, CodeTable inputs, CodeTable weights)
        : ChunkEngine(job),
          inputs_(std::move(inputs)),
          weights_(std::move(weights)),
          form_(make_form(scheme)) {
        PlanePacker packer(weights_, form_.is_signed, form_.planes, job.layout.active_rows);
        const std::size_t lanes = lanes_;
        pack_weights(packer.words() * form_.groups, [&](std::size_t, const Elements& column,
                                                        std::uint32_t* out) {
            for_groups(job.layout, column, [&](const Elements& group, std::size_t, std::size_t) {
                packer.pack(group, out, lanes);
                out += packer.words() * lanes;
            });
        });
    }

    void finish(Result& result) const override {
        ChunkEngine::finish(result);
        count_clipped_elements(inputs_, weights_, job_.operands, result);
    }

  protected:
    WordBuffer pack_inputs(std::size_t first, std::size_t last) override {
        PlanePacker packer(inputs_, form_.is_signed, form_.steps, job_.layout.active_rows);
        WordBuffer packed((last - first) * form_.groups * packer.words());
        std::uint32_t* out = packed.data();
        for (std::size_t v = first; v < last; ++v) {
            for_groups(job_.layout, input_row(v),
                       [&](const Elements& group, std::size_t, std::size_t) {
                           packer.pack(group, out, 1);
                           out += packer.words();
                       });
        }
        return packed;
    }
    void run_chunk(const ChunkJob& chunk) const override { run_planes(form_, chunk); }

  private:
    PlaneForm make_form(const PlaneScheme& scheme) const {
        const Shape shape = scheme.shape();
        PlaneForm form;
        form.steps = shape.steps;
        form.planes = shape.planes;
        form.words = static_cast<int>((job_.layout.active_rows + 31) / 32);
        form.is_signed = inputs_.has_signs() || weights_.has_signs();
        const std::int64_t ratio = std::max(inputs_.ratio(), weights_.ratio());
        form.ratio_log2 = std::countr_zero(static_cast<std::uint64_t>(ratio));
        form.groups = job_.layout.driven_groups;
        form.groups_per_tile = job_.layout.groups;
        for (int t = 0; t < form.steps; ++t)
            form.step_factor[t] = static_cast<std::int32_t>(scheme.step_factor(t));
        for (int j = 0; j < form.planes; ++j)
            form.plane_factor[j] = static_cast<std::int32_t>(scheme.plane_factor(j));
        form.law = make_law(job_.adc, shape.value);
        return form;
    }

    CodeTable inputs_, weights_;
    PlaneForm form_;
};

/// Bits against bits.
class PlaneSlices : public SliceEngine {
  public:
    PlaneSlices(const PlaneScheme& scheme, const Job& job, const SliceLaw& law)
        : SliceEngine(job, make_form(scheme, law)) {
        for (int t = 0; t < scheme.shape().steps; ++t)
            step_factors_.push_back(static_cast<std::int32_t>(scheme.step_factor(t)));
    }

  protected:
    WordBuffer pack_inputs(std::size_t first, std::size_t last) override {
        const Layout& layout = job_.layout;
        const std::size_t words =
            form_.groups * SliceSteps::words(form_.rows, step_factors_.size());
        WordBuffer packed((last - first) * words + SliceSteps::slack_bytes,
                          WordBuffer::Fill::nothing);
        GroupBytes bytes(form_.rows);
        SliceSteps steps(form_.rows, packed.data(), job_.numbers != nullptr);
        std::vector<std::uint32_t> bits(step_factors_.size() * bytes.words());
        std::uint32_t ones[8];
        for (std::size_t v = first; v < last; ++v) {
            for_groups(layout, input_row(v), [&](const Elements& group, std::size_t, std::size_t) {
                bytes.load(group);
                byte_planes(bytes.data(), bytes.words(), static_cast<int>(step_factors_.size()),
                            bits.data(), ones);
                steps.begin_group();
                steps.add({.factors = step_factors_.data(),
                           .bits = bits.data(),
                           .count = step_factors_.size(),
                           .words = bytes.words()});
            });
        }
        return packed;
    }

  private:
    static SliceForm make_form(const PlaneScheme& scheme, const SliceLaw& law) {
        SliceForm form;
        form.planes = scheme.shape().planes;
        form.law = law.narrow;
        form.noise = law.noise;
        form.steps_ascend = true;
        for (int t = 0; t < scheme.shape().steps; ++t)
            form.steps_ascend = form.steps_ascend && scheme.step_factor(t) == 1 << t;
        for (int j = 0; j < form.planes; ++j)
            form.plane_factor[j] = static_cast<std::int32_t>(scheme.plane_factor(j));
        return form;
    }

    std::vector<std::int32_t> step_factors_;
};

/// The law of PlaneSlices, where the planes of inputs and weights are their bits.
std::optional<SliceLaw> slice_law(const PlaneScheme& scheme, const Job& job,
                                  const CodeTable& inputs, const CodeTable& weights) {
    if (!inputs.is_bits() || !weights.is_bits()) return std::nullopt;
    std::int64_t plane_sum = 0, step_sum = 0;
    for (int j = 0; j < scheme.shape().planes; ++j) plane_sum += std::abs(scheme.plane_factor(j));
    for (int t = 0; t < scheme.shape().steps; ++t) step_sum += std::abs(scheme.step_factor(t));
    return SliceEngine::law_of(job, scheme.shape().planes, plane_sum, step_sum);
}

/// PlaneEngine gives what the reference form gives.
bool fits_planes(const CodeTable& inputs, const CodeTable& weights) {
    return inputs.is_packable() && weights.is_packable() &&
           (inputs.ratio() == weights.ratio() || inputs.ratio() == 1 || weights.ratio() == 1);
}

class PlaneProduct : public ProductEngine {
  public:
    PlaneProduct(const Job& job, CodeTable inputs, CodeTable weights)
        : ProductEngine(job, [&](std::int64_t weight) { return weights[weight].level; }),
          inputs_(std::move(inputs)),
          weights_(std::move(weights)) {}

    void finish(Result& result) const override {
        ChunkEngine::finish(result);
        count_clipped_elements(inputs_, weights_, job_.operands, result);
    }

  protected:
    void write_levels(std::size_t first, std::size_t last, LevelWriter& writer) override {
        for (std::size_t v = first; v < last; ++v) {
            for_groups(job_.layout, input_row(v),
                       [&](const Elements& elements, std::size_t tile, std::size_t group) {
                           std::int16_t* levels = writer.levels(v - first, tile, group);
                           for (std::size_t i = 0; i < elements.count; ++i)
                               levels[i] = inputs_[elements.data[i]].level;
                       });
        }
    }

  private:
    CodeTable inputs_, weights_;
};

}  // namespace

std::unique_ptr<Engine> make_plane_engine(const PlaneScheme& scheme, const Job& job) {
    CodeTable inputs(input_coding(scheme)), weights(weight_coding(scheme));
    if (job.numbers != nullptr) {
        if (const auto law = slice_law(scheme, job, inputs, weights))
            return std::make_unique<PlaneSlices>(scheme, job, *law);
        return make_analog_planes(job);
    }
    if (is_transparent(job.adc, scheme.shape().value))
        return std::make_unique<PlaneProduct>(job, inputs, weights);
    if (const auto law = slice_law(scheme, job, inputs, weights))
        return std::make_unique<PlaneSlices>(scheme, job, *law);
    if (!fits_planes(inputs, weights)) return make_analog_planes(job);
    return std::make_unique<PlaneEngine>(scheme, job, std::move(inputs), std::move(weights));
}

}  // namespace golden::fast
