// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <optional>

#include "column_fit.hpp"
#include "generator/scheme.hpp"
#include "generator/schemes/column_quant/scheme.hpp"
#include "quantize/columns.hpp"

namespace quantize {

namespace {

using generator::column_quant::Granularity;
using Integers = operands::Tensor<std::int64_t>;

struct Extents {
    std::size_t tiles, planes, outputs;
    std::size_t columns() const { return tiles * planes * outputs; }
    std::size_t column(std::size_t t, std::size_t j, std::size_t o) const {
        return (t * planes + j) * outputs + o;
    }
};

// ---- Analog values of the calibration inputs ----

/// Cells by plane: [(plane · K + k) · M + o], the top digit of a signed plane negative.
std::vector<std::int32_t> cells_of(const generator::Design& d, const Integers& weights) {
    const generator::SchemeData& scheme = generator::scheme_of(d.config);
    const auto planes = static_cast<std::size_t>(d.planes);
    const std::size_t size = weights.data.size();
    const std::int32_t half = 1 << (d.array.cell_bits - 1);
    std::vector<std::int32_t> cells(planes * size);
    for (std::size_t n = 0; n < size; ++n) {
        bool clipped = false;
        const auto digits = scheme.weight_cells(d, weights.data[n], clipped);
        for (std::size_t j = 0; j < planes; ++j) {
            const auto digit = static_cast<std::int32_t>(digits[j]);
            const bool negative = d.array.signed_planes[j] && digit >= half;
            cells[j * size + n] = negative ? digit - 2 * half : digit;
        }
    }
    return cells;
}

/// Histograms of all columns, in the order of the operands' files.
class Calibration {
  public:
    Calibration(const generator::Design& d, const Integers& weights, const Integers& inputs)
        : d_(d), weights_(weights), inputs_(inputs), cells_(cells_of(d, weights)) {
        const auto rows = static_cast<std::size_t>(d.config.array.rows);
        const std::size_t features = weights.shape[0];
        extents = {(features + rows - 1) / rows, static_cast<std::size_t>(d.planes),
                   weights.shape[1]};
        columns.resize(extents.columns());
        for (std::size_t t = 0; t < extents.tiles; ++t) {
            for (std::size_t j = 0; j < extents.planes; ++j) add_plane(t, j);
        }
        for (Histogram& h : columns) h.finish();
    }
    Extents extents{};
    std::vector<Histogram> columns;

  private:
    void add_plane(std::size_t t, std::size_t j) {
        const auto rows = static_cast<std::size_t>(d_.config.array.rows);
        const auto active = static_cast<std::size_t>(d_.config.array.active_rows);
        const std::size_t features = weights_.shape[0];
        const std::size_t end = std::min(features, (t + 1) * rows);
        for (std::size_t first = t * rows; first < end; first += active) {
            const std::size_t last = std::min(end, first + active);
            for (std::size_t v = 0; v < inputs_.shape[0]; ++v) {
                for (int step = 0; step < d_.steps; ++step) add_values(t, j, first, last, v, step);
            }
        }
    }
    void add_values(std::size_t t, std::size_t j, std::size_t first, std::size_t last,
                    std::size_t v, int step) {
        const std::size_t outputs = extents.outputs;
        const std::int64_t digit_mask = (std::int64_t{1} << d_.array.drive_bits) - 1;
        const int step_pos = d_.step_pos[static_cast<std::size_t>(step)];
        sums_.assign(outputs, 0);
        for (std::size_t k = first; k < last; ++k) {
            const std::int64_t x = inputs_.data[v * weights_.shape[0] + k] >> step_pos & digit_mask;
            if (x == 0) continue;
            const std::int32_t* cells = &cells_[(j * weights_.shape[0] + k) * outputs];
            for (std::size_t o = 0; o < outputs; ++o) sums_[o] += x * cells[o];
        }
        const double weight = std::ldexp(1.0, 2 * (step_pos + d_.plane_pos[j]));
        for (std::size_t o = 0; o < outputs; ++o) {
            columns[extents.column(t, j, o)].add(sums_[o], weight);
        }
    }

    const generator::Design& d_;
    const Integers& weights_;
    const Integers& inputs_;
    std::vector<std::int32_t> cells_;
    std::vector<std::int64_t> sums_;
};

// ---- Fits ----

/// One choice of everything; entries share a scale (and an alpha), windows share a centre.
struct ColumnChoice {
    std::vector<std::int64_t> alpha;  ///< by column
    std::vector<int> center;          ///< by tile and plane
    std::vector<std::int64_t> scale;  ///< by column
    double unit = 1, error = 0;
};

/// Columns that share an alpha and a scale, and the columns that share a centre.
struct Sharing {
    std::vector<std::size_t> entry_of;  ///< by column
    std::size_t entries = 0;
    std::vector<std::size_t> window_of;  ///< by entry
    std::size_t windows = 0;
};

Sharing sharing_of(const Extents& x, Granularity g) {
    Sharing s;
    s.windows = g == Granularity::layer ? 1 : x.tiles * x.planes;
    s.entries = g == Granularity::column ? x.columns() : s.windows;
    for (std::size_t c = 0; c < x.columns(); ++c) {
        s.entry_of.push_back(g == Granularity::column  ? c
                             : g == Granularity::array ? c / x.outputs
                                                       : 0);
    }
    s.window_of.resize(s.entries);
    for (std::size_t c = 0; c < x.columns(); ++c) {
        s.window_of[s.entry_of[c]] = s.windows == 1 ? 0 : c / x.outputs;
    }
    return s;
}

std::vector<Histogram> merge(const std::vector<Histogram>& columns, const Sharing& s) {
    if (s.entries == columns.size()) return columns;
    std::vector<Histogram> merged(s.entries);
    for (std::size_t c = 0; c < columns.size(); ++c) merged[s.entry_of[c]].add(columns[c]);
    for (Histogram& h : merged) h.finish();
    return merged;
}

class Fitter {
  public:
    Fitter(const Calibration& calibration, Granularity g, const AdcForm& adc, int scale_bits)
        : x_(calibration.extents),
          sharing_(sharing_of(x_, g)),
          entries_(merge(calibration.columns, sharing_)),
          adc_(adc),
          scale_bits_(scale_bits),
          members_(sharing_.windows),
          whole_(sharing_.windows) {
        for (std::size_t e = 0; e < entries_.size(); ++e) {
            members_[sharing_.window_of[e]].push_back(e);
            whole_[sharing_.window_of[e]].add(entries_[e]);
        }
        for (Histogram& h : whole_) h.finish();
    }

    /// Each entry's own alpha under each window's best centre.
    ColumnChoice searched() const {
        return choose([this](std::size_t window, int center, std::size_t e) {
            static_cast<void>(window);
            return best_alpha(entries_[e], adc_, center);
        });
    }
    /// The rule of the largest magnitude; `one_alpha`: that of the column which needs the coarsest
    /// step.
    ColumnChoice max_abs(bool one_alpha) const {
        std::vector<int> center(sharing_.windows);
        std::vector<ColumnFit> fits(entries_.size());
        std::int64_t coarsest = 0;
        for (std::size_t w = 0; w < sharing_.windows; ++w) {
            center[w] = max_abs_center(whole_[w], adc_);
            for (const std::size_t e : members_[w]) {
                fits[e].alpha = max_abs_alpha(entries_[e], adc_, center[w]);
                const bool coarser = coarsest == 0 || fits[e].alpha < coarsest;
                if (fits[e].alpha > 0 && coarser) coarsest = fits[e].alpha;
            }
        }
        for (std::size_t e = 0; e < entries_.size(); ++e) {
            if (one_alpha) fits[e].alpha = coarsest;
            fits[e].moments =
                moments(entries_[e], adc_, fits[e].alpha, center[sharing_.window_of[e]]);
        }
        return finish(center, fits);
    }
    /// One alpha for all entries.
    ColumnChoice one_alpha() const {
        Histogram all;
        for (const Histogram& h : whole_) all.add(h);
        all.finish();
        const auto with = [this](std::int64_t alpha) {
            return choose([this, alpha](std::size_t, int center, std::size_t e) {
                return ColumnFit{alpha, moments(entries_[e], adc_, alpha, center)};
            });
        };
        const auto first = static_cast<double>(max_abs_alpha(all, adc_, max_abs_center(all, adc_)));
        std::optional<ColumnChoice> best;
        for (int i = -3; i < 24; ++i) {
            const double alpha = first * std::pow(1.14, i);
            ColumnChoice c = with(std::clamp<std::int64_t>(std::llround(alpha), 1, 65535));
            if (!best || c.error < best->error) best = std::move(c);
        }
        return *best;
    }

  private:
    /// The centre of each window that makes its entries' errors least together.
    template <class Fit>
    ColumnChoice choose(Fit fit) const {
        std::vector<int> center(sharing_.windows);
        std::vector<ColumnFit> fits(entries_.size());
        for (std::size_t w = 0; w < sharing_.windows; ++w) {
            std::vector<ColumnFit> best;
            double least = 0;
            const auto attempt = [&](int c) {
                std::vector<ColumnFit> these;
                double error = 0;
                for (const std::size_t e : members_[w]) {
                    these.push_back(fit(w, c, e));
                    error += these.back().moments.best_error();
                }
                if (!best.empty() && error >= least) return;
                least = error;
                best = std::move(these);
                center[w] = c;
            };
            for (const int c : centers(whole_[w], adc_)) attempt(c);
            for (const int c : centers_around(center[w], adc_)) attempt(c);
            for (std::size_t i = 0; i < members_[w].size(); ++i) fits[members_[w][i]] = best[i];
        }
        return finish(center, fits);
    }

    ColumnChoice finish(const std::vector<int>& center, const std::vector<ColumnFit>& fits) const {
        std::vector<Moments> entries;
        for (const ColumnFit& f : fits) entries.push_back(f.moments);
        const ScaleFit scales = best_unit(entries, scale_bits_);
        ColumnChoice choice;
        choice.unit = scales.unit;
        choice.error = scales.error;
        for (std::size_t c = 0; c < x_.columns(); ++c) {
            choice.alpha.push_back(fits[sharing_.entry_of[c]].alpha);
            choice.scale.push_back(scales.scales[sharing_.entry_of[c]]);
        }
        for (std::size_t w = 0; w < x_.tiles * x_.planes; ++w) {
            choice.center.push_back(center[sharing_.windows == 1 ? 0 : w]);
        }
        return choice;
    }

    Extents x_;
    Sharing sharing_;
    std::vector<Histogram> entries_;
    AdcForm adc_;
    int scale_bits_;
    std::vector<std::vector<std::size_t>> members_;  ///< entries of a window
    std::vector<Histogram> whole_;                   ///< of a window
};

}  // namespace

ColumnScales fit_columns(const generator::Design& d, const Integers& weights,
                         const Integers& inputs, bool one_alpha) {
    const auto& s = generator::column_quant::section_of(d.config);
    const Calibration calibration(d, weights, inputs);
    const AdcForm adc{d.adc.bits, s.alpha_frac};
    // From coarse to fine: what a coarser sharing found is a choice of the finer one too.
    std::optional<ColumnChoice> best;
    for (const Granularity g : {Granularity::layer, Granularity::array, Granularity::column}) {
        if (g < s.granularity) break;
        const Fitter fitter(calibration, g, adc, s.scale_bits);
        ColumnChoice c = one_alpha ? fitter.one_alpha() : fitter.searched();
        if (!best || c.error < best->error) best = std::move(c);
    }
    const ColumnChoice plain =
        Fitter(calibration, s.granularity, adc, s.scale_bits).max_abs(one_alpha);
    if (plain.error < best->error) best = plain;
    const Extents& x = calibration.extents;
    ColumnScales result{{{x.tiles, x.planes, x.outputs}, best->alpha},
                        {{x.tiles, x.planes, x.outputs}, best->scale},
                        {{x.tiles, x.planes}, {best->center.begin(), best->center.end()}},
                        best->unit,
                        best->error,
                        0,
                        plain.error};
    for (const Histogram& h : calibration.columns) result.signal += h.square();
    return result;
}

}  // namespace quantize
