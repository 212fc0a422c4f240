// SPDX-License-Identifier: Apache-2.0
/// A layer's vectors through golden, in pieces of bounded memory.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "evaluate.hpp"
#include "gather.hpp"
#include "golden/fast.hpp"
#include "lowering.hpp"
#include "network/mapping.hpp"
#include "seconds.hpp"

namespace network {

namespace {

constexpr std::size_t piece_elements = std::size_t{1} << 20;  ///< of inputs or outputs at a time
constexpr std::uint64_t measured_images = 256;                ///< for the SQNR

/// Vectors of a part: whole images, the same number for each thread, if they have room in it. With
/// noise an image is a run of its own, so that it stays whole in any case.
std::size_t part_vectors(const Lowering& l, unsigned threads, bool noise) {
    const std::size_t most =
        std::max<std::size_t>(1, piece_elements / std::max(l.depth, l.outputs));
    if (most < l.vectors) return noise ? l.vectors : most;
    const std::size_t images = most / l.vectors, each = std::max(1U, threads);
    return (images + each - 1) / each * each * l.vectors;
}

/// Some vectors of an image.
struct Piece {
    std::size_t image = 0, from = 0, to = 0;
};

/// Vectors of all images in order, cut so that each part has at most `most`.
std::vector<std::vector<Piece>> pieces(std::size_t images, std::size_t vectors, std::size_t most) {
    std::vector<std::vector<Piece>> parts;
    std::size_t room = 0;
    for (std::size_t i = 0; i < images; ++i) {
        for (std::size_t v = 0; v < vectors;) {
            if (room == 0) {
                parts.emplace_back();
                room = most;
            }
            const std::size_t count = std::min(room, vectors - v);
            parts.back().push_back({i, v, v + count});
            v += count;
            room -= count;
        }
    }
    return parts;
}

}  // namespace

std::vector<Tensor> MappedLayer::run(std::span<const Tensor* const> images, std::uint64_t first,
                                     unsigned threads) {
    const Lowering& l = *layer_->lowering;
    const std::size_t count = images.size(), size = element_count(l.shape);
    std::vector<Integers> x(count);
    std::vector<Sums> sums(count);
    base::parallel_for(count, threads, [&](std::size_t i) {
        x[i] = integers(*images[i]);
        sums[i] = Sums(size);
    });
    Noise noise{spec_.analog.noise != 0, std::vector<std::uint64_t>(count, 0)};
    for (std::size_t g = 0; g < l.groups; ++g) run_group(g, x, first, threads, noise, sums);
    totals_.images += count;
    totals_.vectors += l.vectors * count;
    totals_.macs += std::uint64_t{l.vectors} * count * l.depth * l.all_outputs();
    std::vector<Tensor> out(count);
    std::vector<StageCount> measured(count);
    const std::vector<std::vector<double>> exact_sums = exact(images, first, threads);
    base::parallel_for(count, threads, [&](std::size_t i) {
        if (macro_.stage) {
            if (i < exact_sums.size())
                compare_stage(finish_layer(*net_, *layer_, exact_sums[i]), sums[i], measured[i]);
            out[i] = stage_tensor(sums[i]);
            sums[i] = {};
            return;
        }
        if (i < exact_sums.size()) {
            for (std::size_t n = 0; n < size; ++n) {
                const double exact = exact_sums[i][n], e = sums[i][n] - exact;
                measured[i].signal += exact * exact;
                measured[i].error += e * e;
            }
        }
        if (!register_bias_.empty()) {  // the node adds its bias: here it is in the sums already
            for (std::size_t n = 0; n < size; ++n) {
                sums[i][n] -= register_bias_[l.by_output ? n / l.vectors : n % l.all_outputs()];
            }
        }
        out[i] = finish_layer(*net_, *layer_, sums[i]);
        sums[i] = {};
    });
    for (std::size_t i = 0; i < count; ++i) {
        totals_.signal += measured[i].signal;
        totals_.error += measured[i].error;
        totals_.stage_equal += measured[i].equal;
        if (macro_.stage && first + i < measured_images) totals_.stage_outputs += size;
    }
    return out;
}

std::vector<std::vector<double>> MappedLayer::exact(std::span<const Tensor* const> images,
                                                    std::uint64_t first, unsigned threads) {
    if (first >= measured_images) return {};
    const double before = now();
    std::vector<std::vector<double>> sums(
        std::min<std::size_t>(images.size(), measured_images - first));
    base::parallel_for(sums.size(), threads,
                       [&](std::size_t i) { sums[i] = digital_sums(*net_, *layer_, *images[i]); });
    exact_seconds_ += now() - before;
    return sums;
}

void MappedLayer::run_group(std::size_t g, const std::vector<Integers>& images, std::uint64_t first,
                            unsigned threads, Noise& noise, std::vector<Sums>& sums) {
    const Lowering& l = *layer_->lowering;
    golden::Operands& o = groups_[g].operands;
    const std::size_t most = part_vectors(l, threads, noise.on);
    for (const std::vector<Piece>& part : pieces(images.size(), l.vectors, most)) {
        std::vector<std::size_t> begin = {0};
        for (const Piece& p : part) begin.push_back(begin.back() + p.to - p.from);
        o.inputs.rows = begin.back();
        o.inputs.cols = l.depth;
        o.inputs.data.resize(o.inputs.rows * l.depth);
        base::parallel_for(part.size(), threads, [&](std::size_t n) {
            const Piece& p = part[n];
            gather_vectors(l, images[p.image].data(), g, p.from, p.to,
                           &o.inputs.data[begin[n] * l.depth], static_cast<std::int32_t>(shift_));
        });
        const double before = now();
        golden::Result r;
        try {
            o.first_steps.clear();
            if (noise.on) number_conversions(o, l.vectors, part.front().image, first, noise);
            r = golden::run_fast(spec_, o, threads, false);
            std::size_t measured = 0;
            for (std::size_t n = 0; n < part.size() && first + part[n].image < measured_images; ++n)
                measured = begin[n + 1];
            if (analog() && measured > 0) measure_analog(o, measured, r, threads);
        } catch (const base::Error& e) {
            fail(e.what());
        }
        totals_.seconds += now() - before;
        add_totals(r);
        base::parallel_for(part.size(), threads, [&](std::size_t n) {
            take_results(g, part[n].from, part[n].to, begin[n], r, sums[part[n].image]);
        });
    }
}

/// Products of a group's vectors from … to − 1, which begin at a row of the result.
void MappedLayer::take_results(std::size_t g, std::size_t from, std::size_t to, std::size_t row,
                               const golden::Result& r, Sums& sums) const {
    const Lowering& l = *layer_->lowering;
    const Group& group = groups_[g];
    std::vector<double> x_sums;  // of each vector, where weights were shifted
    if (!macro_.stage && weight_shift_ != 0) {
        for (std::size_t n = row; n < row + (to - from); ++n) {
            double x_sum = 0;
            for (std::size_t k = 0; k < l.depth; ++k)
                x_sum += static_cast<double>(group.operands.inputs(n, k));
            x_sums.push_back(x_sum * static_cast<double>(weight_shift_));
        }
    }
    // An output after another: its results stand together.
    for (std::size_t m = 0; m < l.outputs; ++m) {
        const double unit = group.unit[m], correction = group.correction[m],
                     scale = input_scale_ * weight_scale_[g * l.outputs + m];
        for (std::size_t n = 0; n < to - from; ++n) {
            const auto y = static_cast<double>(r.outputs(row + n, m));
            const double x_sum = x_sums.empty() ? 0 : x_sums[n];
            sums[l.result(g, from + n, m)] =
                macro_.stage ? y : (y * unit - correction - x_sum) * scale;
        }
    }
}

bool MappedLayer::analog() const {
    const golden::Analog& a = spec_.analog;
    return a.noise != 0 || a.mismatch != 0 || a.ir_drop != 0 || a.adc_offset != 0 ||
           a.adc_gain != 0;
}

/// The first `rows` vectors against the same run on an ideal array.
void MappedLayer::measure_analog(const golden::Operands& o, std::size_t rows,
                                 const golden::Result& r, unsigned threads) {
    golden::Spec ideal = spec_;
    ideal.analog = {};
    golden::Operands first;
    if (rows < o.inputs.rows) {
        first = o;
        first.first_steps.clear();
        first.inputs.rows = rows;
        first.inputs.data.resize(rows * o.inputs.cols);
    }
    const golden::Result exact =
        golden::run_fast(ideal, rows < o.inputs.rows ? first : o, threads, false);
    for (std::size_t n = 0; n < exact.outputs.data.size(); ++n) {
        const auto y = static_cast<double>(exact.outputs.data[n]);
        const double e = static_cast<double>(r.outputs.data[n]) - y;
        totals_.ideal_signal += y * y;
        totals_.analog_error += e * e;
    }
}

void MappedLayer::next_chip(std::uint32_t seed) { spec_.analog.seed = seed; }

void MappedLayer::add_totals(const golden::Result& r) {
    totals_.conversions += r.conversions;
    totals_.adc_clipped += r.adc_clipped;
    totals_.inputs_clipped += r.inputs_clipped;
    for (const std::uint8_t flag : r.saturated) totals_.saturated += flag;
}

std::uint64_t MappedLayer::steps() const {
    return totals_.conversions / static_cast<std::uint64_t>(macro_.design.columns);
}

std::uint64_t MappedLayer::cycles() const {
    const auto outputs = static_cast<std::size_t>(macro_.design.config.array.outputs);
    const Lowering& l = *layer_->lowering;
    const std::size_t blocks = (l.outputs + outputs - 1) / outputs * l.groups;
    const auto bound = generator::rate_bound(macro_.design, static_cast<std::int64_t>(steps()),
                                             static_cast<std::int64_t>(totals_.vectors * blocks),
                                             static_cast<std::int64_t>(tiles()));
    return static_cast<std::uint64_t>(bound);
}

}  // namespace network
