// SPDX-License-Identifier: Apache-2.0
#include "golden/schemes/bfp/fast.hpp"

#include <algorithm>
#include <optional>

#include "golden/bits.hpp"
#include "golden/fast/bytes.hpp"
#include "golden/fast/law.hpp"
#include "golden/fast/product.hpp"
#include "golden/fast/slices.hpp"
#include "golden/schemes/bfp/group_rounder.hpp"
#include "golden/schemes/bfp/reference.hpp"

namespace golden::bfp {
namespace {

using namespace fast;

/// Steps as PlaneForm lists them: [factor, words].
class PlaneSteps {
  public:
    PlaneSteps(std::size_t rows, std::uint32_t* out) : words_((rows + 31) / 32), out_(out) {}
    static std::size_t words(std::size_t rows, std::size_t steps) {
        return 1 + steps * (1 + (rows + 31) / 32);
    }
    static constexpr std::size_t slack_bytes = 0;

    void begin_group() {
        steps_ = out_++;
        *steps_ = 0;
    }
    void add(std::int32_t factor, const std::uint32_t* bits) {
        ++*steps_;
        *out_++ = static_cast<std::uint32_t>(factor);
        out_ = std::copy_n(bits, words_, out_);
    }

  private:
    std::size_t words_;
    std::uint32_t* out_;
    std::uint32_t* steps_ = nullptr;  ///< number of the group's steps
};

/// Gives the driven steps of passes to `Steps`, and counts them.
template <class Steps>
class StepLister {
  public:
    StepLister(int mantissa, std::size_t words, Steps& steps)
        : mantissa_(mantissa),
          words_(words),
          steps_(steps),
          planes_(static_cast<std::size_t>(mantissa) * words) {}

    void list(int shift, const std::uint8_t* mantissas) {
        std::uint32_t ones[8];
        byte_planes(mantissas, words_, mantissa_, planes_.data(), ones);
        const std::size_t before = counts_.driven;
        for (int t = 0; t < mantissa_; ++t) {
            if (ones[t] == 0) continue;
            counts_.most_rows = std::max<std::size_t>(counts_.most_rows, ones[t]);
            ++counts_.driven;
            steps_.add(1 << (shift + t), &planes_[static_cast<std::size_t>(t) * words_]);
        }
        counts_.passes += counts_.driven != before;
    }
    const BfpCounts& counts() const { return counts_; }

  private:
    int mantissa_;
    std::size_t words_;
    Steps& steps_;
    std::vector<std::uint32_t> planes_;  ///< of one pass, [t][word]
    BfpCounts counts_;
};

std::uint64_t conversions_of(const BfpCounts& counts, const fast::Job& job) {
    return std::uint64_t{counts.driven} * job.layout.blocks * job.layout.macro_outputs *
           static_cast<std::size_t>(job.resolved.planes);
}

/// Inputs and counts of both forms with bit planes.
template <class Base, class Steps>
class BfpEngine : public Base {
  public:
    template <class... Arguments>
    explicit BfpEngine(const BfpForm& form, const fast::Job& job, const Arguments&... arguments)
        : Base(job, arguments...), bfp_(form) {}

    void finish(Result& result) const override {
        Base::finish(result);
        const fast::Job& job = this->job_;
        result.conversions = conversions_of(passes_, job);
        if (!job.statistics) return;
        BfpCounts counts = passes_;
        counts.value_max = this->counts_.value_max;
        result.statistics = bfp_statistics(counts, bfp_.mantissa, job.layout.blocks, job.adc);
    }

  protected:
    WordBuffer pack_inputs(std::size_t first, std::size_t last) override {
        const Layout& layout = this->job_.layout;
        const int shifts = bfp_.dynamic ? bfp_.input_bits - bfp_.mantissa + 1 : 1;
        const auto most_steps =
            static_cast<std::size_t>(shifts) * static_cast<std::size_t>(bfp_.mantissa);
        const std::size_t words =
            layout.driven_groups * Steps::words(layout.active_rows, most_steps);
        WordBuffer packed((last - first) * words + Steps::slack_bytes, WordBuffer::Fill::nothing);
        GroupRounder rounder(bfp_, layout.active_rows);
        Steps steps(layout.active_rows, packed.data());
        StepLister<Steps> lister(bfp_.mantissa, rounder.words(), steps);
        for (std::size_t v = first; v < last; ++v) {
            for_groups(layout, this->input_row(v),
                       [&](const Elements& elements, std::size_t, std::size_t) {
                           steps.begin_group();
                           rounder.passes(elements, [&](int shift, const std::uint8_t* mantissas) {
                               lister.list(shift, mantissas);
                           });
                       });
        }
        const std::lock_guard lock(this->mutex_);
        passes_.add(lister.counts());
        return packed;
    }

    BfpForm bfp_;
    BfpCounts passes_;
};

class BfpPlanes : public BfpEngine<ChunkEngine, PlaneSteps> {
  public:
    BfpPlanes(const BfpForm& form, const fast::Job& job)
        : BfpEngine(form, job), form_(make_form(form)) {
        const auto words =
            static_cast<std::size_t>(form_.words) * static_cast<std::size_t>(form_.planes);
        pack_weights(words * form_.groups,
                     [&](std::size_t, const Elements& column, std::uint32_t* out) {
                         pack_byte_planes(job.layout, column, form_.planes, out);
                     });
    }

  protected:
    void run_chunk(const ChunkJob& chunk) const override { run_planes(form_, chunk); }

  private:
    PlaneForm make_form(const BfpForm& form) const {
        const Layout& layout = job_.layout;
        PlaneForm planes;
        planes.planes = form.weight_bits;
        planes.words = static_cast<int>((layout.active_rows + 31) / 32);
        planes.is_listed = true;
        planes.track_max = job_.statistics;
        planes.groups = layout.driven_groups;
        planes.groups_per_tile = layout.groups;
        for (int j = 0; j < form.weight_bits; ++j)
            planes.plane_factor[j] =
                static_cast<std::int32_t>(bit_factor(j, form.weight_bits, true));
        planes.law = make_law(job_.adc, {0, static_cast<std::int64_t>(layout.active_rows)});
        return planes;
    }

    PlaneForm form_;
};

using BfpSlices = BfpEngine<SliceEngine, SliceSteps>;

SliceForm slice_form(const BfpForm& form, bool statistics, const SliceLaw& law) {
    SliceForm slices;
    slices.planes = form.weight_bits;
    slices.track_max = statistics;
    slices.law = law.narrow;
    slices.noise = law.noise;
    for (int j = 0; j < form.weight_bits; ++j)
        slices.plane_factor[j] = static_cast<std::int32_t>(bit_factor(j, form.weight_bits, true));
    return slices;
}

std::optional<SliceLaw> slice_law(const BfpForm& form, const fast::Job& job) {
    const std::int64_t mantissas = (1 << form.mantissa) - 1;  // of one pass
    const int last = form.input_bits - form.mantissa;
    const std::int64_t shifts = form.dynamic ? (2 << last) - 1 : 1 << last;
    return SliceEngine::law_of(job, form.weight_bits, (1 << form.weight_bits) - 1,
                               mantissas * shifts);
}

/// Where no conversion clips or rounds: the product of the rounded inputs. It knows no v, so there
/// are no statistics.
class BfpProduct : public ProductEngine {
  public:
    BfpProduct(const BfpForm& form, const fast::Job& job)
        : ProductEngine(job, [](std::int64_t w) { return static_cast<std::int16_t>(w); }),
          bfp_(form) {}

    void finish(Result& result) const override {
        ChunkEngine::finish(result);
        result.conversions = conversions_of(passes_, job_);
    }

  protected:
    void write_levels(std::size_t first, std::size_t last, LevelWriter& writer) override {
        GroupRounder rounder(bfp_, job_.layout.active_rows);
        BfpCounts counts;
        for (std::size_t v = first; v < last; ++v) {
            for_groups(job_.layout, input_row(v),
                       [&](const Elements& elements, std::size_t tile, std::size_t group) {
                           std::int16_t* levels = writer.levels(v - first, tile, group);
                           rounder.passes(elements, [&](int shift, const std::uint8_t* mantissas) {
                               const std::uint8_t all =
                                   add_shifted(mantissas, elements.count, shift, levels);
                               counts.driven += static_cast<std::size_t>(std::popcount(all));
                           });
                       });
        }
        const std::lock_guard lock(mutex_);
        passes_.add(counts);
    }

  private:
    BfpForm bfp_;
    BfpCounts passes_;
};

}  // namespace

std::unique_ptr<Engine> make_engine(const fast::Job& job, const Parameters& own) {
    const BfpForm form{job.spec.input_bits, job.spec.weight_bits, run_mantissa(own), own.dynamic};
    if (job.numbers != nullptr) {
        if (const auto law = slice_law(form, job))
            return std::make_unique<BfpSlices>(form, job, slice_form(form, job.statistics, *law));
        return make_analog(job, own);
    }
    const Range values{0, static_cast<std::int64_t>(job.layout.active_rows)};
    if (is_transparent(job.adc, values) && !job.statistics)
        return std::make_unique<BfpProduct>(form, job);
    if (const auto law = slice_law(form, job))
        return std::make_unique<BfpSlices>(form, job, slice_form(form, job.statistics, *law));
    return std::make_unique<BfpPlanes>(form, job);
}

}  // namespace golden::bfp
