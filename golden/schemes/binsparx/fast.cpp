// SPDX-License-Identifier: Apache-2.0
#include "golden/schemes/binsparx/fast.hpp"

#include <bit>
#include <vector>

#include "golden/fast/engine.hpp"
#include "golden/fast/law.hpp"
#include "golden/schemes/binsparx/reference.hpp"

namespace golden::binsparx {
namespace {

using namespace fast;

/// The rows of one group or tile as bits, 1 for +1; zeros behind them.
class RowBits {
  public:
    explicit RowBits(std::size_t rows) : words_((rows + 31) / 32) {}

    void load(const Elements& elements) {
        count_ = elements.count;
        std::fill(words_.begin(), words_.end(), 0U);
        sign_bits(elements.data, count_, words_.data());
    }
    /// Of one column: words `stride` apart.
    void load(const std::uint32_t* words, std::size_t stride, std::size_t count) {
        count_ = count;
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] = words[i * stride];
    }
    /// Inverts the present rows.
    void flip() {
        for (std::size_t i = 0; 32 * i < count_; ++i) words_[i] = ~words_[i];
        if (count_ % 32 != 0) words_[count_ / 32] &= (1U << count_ % 32) - 1;
    }
    std::int32_t ones() const {
        std::int32_t ones = 0;
        for (const std::uint32_t word : words_) ones += std::popcount(word);
        return ones;
    }
    std::int32_t count() const { return static_cast<std::int32_t>(count_); }
    const std::vector<std::uint32_t>& words() const { return words_; }

  private:
    std::vector<std::uint32_t> words_;
    std::size_t count_ = 0;
};

/// The weights as bits, in parts of `rows` rows that begin with a word of their own: read row by
/// row, since a column of a wide matrix lies in as many pages as it has rows.
class WeightBits {
  public:
    WeightBits(const Matrix& weights, std::size_t rows)
        : features_(weights.rows),
          rows_(rows),
          part_words_((rows + 31) / 32),
          columns_(weights.cols),
          words_((features_ + rows - 1) / rows * part_words_ * columns_) {
        for (std::size_t first = 0; first < features_; first += rows_) {
            for (std::size_t i = 0; 32 * i < count(first); ++i) {
                const std::size_t row = first + 32 * i;
                sign_columns(&weights.data[row * columns_], columns_,
                             std::min<std::size_t>(32, count(first) - 32 * i), columns_,
                             &words_[word(first) + i * columns_]);
            }
        }
    }
    /// Calls use(bits) for each part of a column.
    template <class Use>
    void for_parts(std::size_t column, RowBits& bits, const Use& use) const {
        for (std::size_t first = 0; first < features_; first += rows_) {
            bits.load(&words_[word(first) + column], columns_, count(first));
            use(bits);
        }
    }

  private:
    std::size_t count(std::size_t first) const { return std::min(rows_, features_ - first); }
    std::size_t word(std::size_t first) const { return first / rows_ * part_words_ * columns_; }

    std::size_t features_, rows_, part_words_, columns_;
    std::vector<std::uint32_t> words_;  ///< [part][word][column]
};

std::uint32_t word_of(std::int32_t value) { return static_cast<std::uint32_t>(value); }

/// What both forms have in common: the threshold.
class BinSparXEngine : public ChunkEngine {
  public:
    using ChunkEngine::ChunkEngine;

  protected:
    void end_vector(std::int64_t* outputs) const final {
        const std::vector<std::int64_t>& threshold = job_.operands.threshold;
        for (std::size_t o = 0; o < threshold.size(); ++o)
            outputs[o] = outputs[o] >= threshold[o] ? 1 : 0;
    }
};

/// Groups as they are driven and stored.
class BinaryEngine : public BinSparXEngine {
  public:
    BinaryEngine(const Range& values, const fast::Job& job, const Parameters& own)
        : BinSparXEngine(job), own_(own), form_(make_form(values)) {
        const std::size_t rows = job.layout.active_rows;
        const WeightBits weights(job.operands.weights, rows);
        RowBits column(rows);
        make_weights(group_words() * form_.groups);
        for (std::size_t output = 0; output < job.layout.outputs; ++output) {
            std::uint32_t* out = weight_words(output);
            weights.for_parts(output, column, [&](RowBits& bits) {
                pack_column(bits, out);
                out += group_words() * lanes_;
            });
        }
    }

    void finish(Result& result) const override {
        ChunkEngine::finish(result);
        if (!job_.statistics) return;
        BinaryCounts counts = ones_;
        const Layout& layout = job_.layout;
        const std::uint64_t values =
            std::uint64_t{layout.vectors} * layout.driven_groups * layout.outputs;
        counts.analog[0] = {counts_.value_sum, values, counts_.value_max};
        counts.analog[1] = {counts_.plain_sum / 4, values, counts_.plain_max / 4};
        result.statistics = binsparx_statistics(counts);
    }

  protected:
    WordBuffer pack_inputs(std::size_t first, std::size_t last) override {
        WordBuffer packed((last - first) * form_.groups * group_words());
        std::uint32_t* out = packed.data();
        RowBits bits(job_.layout.active_rows);
        BinaryCounts::Average ones[2];
        for (std::size_t v = first; v < last; ++v) {
            for_groups(job_.layout, input_row(v),
                       [&](const Elements& elements, std::size_t, std::size_t) {
                           bits.load(elements);
                           pack_vector(bits, ones, out);
                           out += group_words();
                       });
        }
        const std::lock_guard lock(mutex_);
        for (int plain : {0, 1}) {
            ones_.vector_ones[plain].sum += ones[plain].sum;
            ones_.vector_ones[plain].count += ones[plain].count;
        }
        return packed;
    }
    void run_chunk(const ChunkJob& chunk) const override { run_binary(form_, chunk); }

  private:
    BinaryForm make_form(const Range& values) const {
        BinaryForm form;
        form.words = (job_.layout.active_rows + 31) / 32;
        form.groups = job_.layout.driven_groups;
        form.groups_per_tile = job_.layout.groups;
        form.code_factor = 4 * job_.spec.step_num;
        form.track = job_.statistics;
        form.law = make_law(job_.adc, values);
        return form;
    }
    std::size_t group_words() const { return binary_head + form_.words; }

    void pack_column(RowBits& bits, std::uint32_t* out) {
        const std::int32_t plain = bits.ones();
        const bool flip = own_.weights && flips_weights(plain, bits.count());
        if (flip) bits.flip();
        const std::int32_t ones = bits.ones();
        ones_.column_ones[0].add(ones);
        ones_.column_ones[1].add(plain);
        const std::size_t lanes = lanes_;
        out[0] = flip ? ~0U : 0U;
        out[lanes] = word_of(-2 * ones);
        out[2 * lanes] = word_of(2 * plain);
        for (std::size_t i = 0; i < form_.words; ++i)
            out[(binary_head + i) * lanes] = bits.words()[i];
    }

    void pack_vector(RowBits& bits, BinaryCounts::Average* counts, std::uint32_t* out) const {
        const std::int32_t plain = bits.ones(), n = bits.count();
        const bool flip = own_.activations && flips_activations(plain, n);
        if (flip) bits.flip();
        const std::int32_t ones = flip ? n - plain : plain;
        counts[0].add(ones);
        counts[1].add(plain);
        out[0] = flip ? ~0U : 0U;
        out[1] = word_of(n - 2 * ones);
        out[2] = word_of(2 * plain - n);
        std::copy(bits.words().begin(), bits.words().end(), out + binary_head);
    }

    Parameters own_;
    BinaryForm form_;
    BinaryCounts ones_;
};

/// Where no conversion clips or rounds, whatever is flipped: the product. It knows no v, so there
/// are no statistics.
class XnorEngine : public BinSparXEngine {
  public:
    explicit XnorEngine(const fast::Job& job) : BinSparXEngine(job) {
        const Layout& layout = job.layout;
        // Tiles matter to a saturating accumulator only.
        rows_ = job.resolved.can_saturate ? layout.rows : layout.features;
        form_.words = (rows_ + 31) / 32;
        form_.tiles = (layout.features + rows_ - 1) / rows_;
        form_.rows = static_cast<std::int32_t>(rows_);
        form_.last_rows = static_cast<std::int32_t>(layout.features - (form_.tiles - 1) * rows_);
        const WeightBits weights(job.operands.weights, rows_);
        RowBits column(rows_);
        make_weights(form_.words * form_.tiles);
        for (std::size_t output = 0; output < layout.outputs; ++output) {
            std::uint32_t* out = weight_words(output);
            weights.for_parts(output, column, [&](const RowBits& bits) {
                for (const std::uint32_t word : bits.words()) {
                    *out = word;
                    out += lanes_;
                }
            });
        }
    }

  protected:
    WordBuffer pack_inputs(std::size_t first, std::size_t last) override {
        WordBuffer packed((last - first) * form_.words * form_.tiles);
        std::uint32_t* out = packed.data();
        for (std::size_t v = first; v < last; ++v) {
            for_tiles(input_row(v), [&](const Elements& elements) {
                sign_bits(elements.data, elements.count, out);
                out += form_.words;
            });
        }
        return packed;
    }
    void run_chunk(const ChunkJob& chunk) const override { run_xnor(form_, chunk); }

  private:
    template <class Use>
    void for_tiles(const Elements& whole, const Use& use) const {
        for (std::size_t first = 0; first < whole.count; first += rows_)
            use(Elements{whole.data + first, std::min(rows_, whole.count - first)});
    }

    std::size_t rows_ = 0;  ///< of a tile
    XnorForm form_;
};

}  // namespace

std::unique_ptr<Engine> make_engine(const fast::Job& job, const Parameters& own) {
    if (job.numbers != nullptr) return make_analog(job, own);
    const Range values = job.scheme.shape().value;
    if (is_transparent(job.adc, values) && !job.statistics)
        return std::make_unique<XnorEngine>(job);
    return std::make_unique<BinaryEngine>(values, job, own);
}

}  // namespace golden::binsparx
