// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <utility>

#include "golden/fast/analog.hpp"
#include "golden/fast/slices.hpp"
#include "golden/wide.hpp"

namespace golden::fast {

std::optional<NarrowLaw> make_narrow_law(const Adc& adc, std::int64_t greatest_v) {
    constexpr std::int64_t fixed_one = 65536;
    NarrowLaw law;
    if (adc.lo != 0 || adc.hi > 32766) return std::nullopt;
    law.hi = static_cast<std::int32_t>(adc.hi);
    law.clips = adc.unclipped(greatest_v) > adc.hi;
    law.greatest = static_cast<std::int32_t>(std::min(adc.unclipped(greatest_v), adc.hi));
    const auto step = static_cast<std::uint64_t>(adc.step_num);
    if (adc.step_den == 1 && std::has_single_bit(step) && adc.step_num / 2 + greatest_v <= 255 &&
        law.greatest <= 255) {
        law.kind = NarrowLaw::Kind::bytes;
        law.shift = std::countr_zero(step);
        law.offset = static_cast<std::uint16_t>(adc.step_num / 2);
        law.hi = std::min(law.hi, 255);
        const auto greatest = static_cast<std::uint32_t>(law.greatest);
        const int bits = std::bit_width(greatest);
        const bool cap_is_ones = !law.clips || std::has_single_bit(greatest + 1);
        law.code_bits = cap_is_ones && bits <= max_sliced_code_bits ? bits : 0;
        return law;
    }
    const std::int64_t below = fixed_one * adc.step_den / adc.step_num;
    for (std::int64_t factor = std::max<std::int64_t>(below, 1); factor <= below + 1; ++factor) {
        if (factor >= fixed_one) break;
        // (v + offset) · factor must reach code · 2^16 and stay below (code + 1) · 2^16.
        Range offset{0, fixed_one - 1 - greatest_v};
        for (std::int64_t v = 0; v <= greatest_v; ++v) {
            const std::int64_t code = std::min(adc.unclipped(v), adc.hi + 1);
            offset.min = std::max(offset.min, (code * fixed_one + factor - 1) / factor - v);
            if (code <= adc.hi)
                offset.max = std::min(offset.max, ((code + 1) * fixed_one - 1) / factor - v);
        }
        const std::int64_t most = (greatest_v + offset.min) * factor / fixed_one;
        if (offset.min > offset.max || most > 32767) continue;
        law.offset = static_cast<std::uint16_t>(offset.min);
        law.factor = static_cast<std::uint16_t>(factor);
        return law;
    }
    return std::nullopt;
}

std::optional<NoiseLaw> make_noise_law(const Job& job, std::int64_t greatest_v) {
    const Chip& chip = job.chip;
    const Adc& adc = job.adc;
    const bool only_noise = chip.analog.noise != 0 && chip.analog.ir_drop == 0 &&
                            chip.cell_gain.empty() && chip.adc_offset.empty() &&
                            chip.adc_gain.empty() && chip.adc_inl.empty() &&
                            chip.correction.empty();
    if (job.numbers == nullptr || !only_noise || adc.lo != 0 || adc.hi > 32767) return std::nullopt;
    NoiseLaw law{.factor = chip.analog.noise * 20547966,
                 .in_v = chip.analog.noise_in_v,
                 .hi = static_cast<std::int32_t>(adc.hi),
                 .units = {}};
    const auto step = static_cast<std::uint64_t>(adc.step_num);
    if (adc.step_den == 1 && std::has_single_bit(step)) {
        law.shift = std::countr_zero(step);
        return law;
    }
    if (law.in_v) return std::nullopt;
    // Beyond what noise can bring back to hi, all v are alike.
    const std::int64_t noise = (chip.analog.noise * 5 >> 16) + 1, most = adc.hi + 1 + noise;
    for (std::int64_t v = 0; v <= greatest_v; ++v)
        law.units.push_back(static_cast<std::int32_t>(
            std::min((v * adc.step_den << 16) / adc.step_num, most << 16) + fixed_half));
    return law;
}

std::optional<SliceLaw> SliceEngine::law_of(const Job& job, int planes, std::int64_t plane_sum,
                                            std::int64_t step_sum) {
    const std::size_t rows = job.layout.active_rows;
    if (planes < 4 || rows > max_slice_rows) return std::nullopt;
    if (2 * job.layout.outputs < slice_lanes()) return std::nullopt;
    const auto fits = [&](std::int64_t part) {
        return part * step_sum * static_cast<std::int64_t>(job.layout.groups) <= 2147483647;
    };
    if (job.numbers != nullptr) {
        const auto noise = make_noise_law(job, static_cast<std::int64_t>(rows));
        // A chunk's steps have one number.
        const bool one_block =
            job.layout.blocks == 1 || job.layout.macro_outputs % slice_lanes() == 0;
        if (!noise || !one_block || !fits(noise->hi * plane_sum)) return std::nullopt;
        return SliceLaw{.narrow = {}, .noise = *noise};
    }
    const auto law = make_narrow_law(job.adc, static_cast<std::int64_t>(rows));
    if (!law) return std::nullopt;
    const std::int64_t part = law->greatest * plane_sum;
    if (part > 32767 || !fits(part)) return std::nullopt;
    return SliceLaw{.narrow = *law, .noise = {}};
}

SliceEngine::SliceEngine(const Job& job, SliceForm form)
    : ChunkEngine(job, slice_lanes()), form_(std::move(form)) {
    const Layout& layout = job.layout;
    form_.rows = layout.active_rows;
    form_.groups = layout.driven_groups;
    form_.groups_per_tile = layout.groups;
    for (int j = 0; j < form_.planes; ++j) {
        const int byte = (form_.plane_factor[j] & 255) << (j % 2 == 0 ? 0 : 8);
        form_.pair_factor[j / 2] = static_cast<std::int16_t>(form_.pair_factor[j / 2] | byte);
    }
    make_weights(((form_.rows + 1) * form_.groups + 3) / 4);
    const auto planes = static_cast<std::uint8_t>((1 << form_.planes) - 1);
    for (std::size_t k = 0; k < layout.features; ++k) {
        const std::size_t group = k / form_.rows, row = k % form_.rows;
        const std::size_t at = (group * (form_.rows + 1) + row) * lanes_;
        const std::int64_t* weights = &job.operands.weights.data[k * layout.outputs];
        for (std::size_t chunk = 0; chunk < chunks_; ++chunk) {
            const std::size_t first = chunk * lanes_;
            const std::size_t used = std::min(lanes_, layout.outputs - first);
            auto* bytes = reinterpret_cast<std::uint8_t*>(chunk_weights(chunk)) + at;
            low_bytes(weights + first, used, bytes);
            for (std::size_t o = 0; o < used; ++o) bytes[o] &= planes;
        }
    }
    if (job.numbers == nullptr) return;
    noise_key_ = draw_key(job.chip.analog.seed, job.chip.analog.noise_stream);
    const auto columns = static_cast<std::size_t>(form_.planes);
    const std::size_t lanes64 = std::max<std::size_t>(lanes_ / 8, 1);
    for (std::size_t chunk = 0; chunk < chunks_; ++chunk) {
        const std::size_t first = chunk * lanes_ % layout.macro_outputs;
        for (std::size_t j = 0; j < columns; ++j) {
            for (std::size_t h = 0; h < 2; ++h) {
                for (std::size_t i = 0; i < lanes_ / 2; ++i) {
                    const std::size_t lane = i % lanes64 * 4 + i / lanes64;
                    const std::size_t output = first + lane / 8 * 16 + h * 8 + lane % 8;
                    noise_offsets_.push_back((output * columns + j + 1) * golden_gamma);
                }
            }
        }
    }
}

void SliceEngine::run_chunk(const ChunkJob& chunk) const {
    if (form_.noise.factor == 0) return run_slices(form_, chunk);
    run_noisy(chunk);
}

void SliceEngine::run_noisy(const ChunkJob& chunk) const {
    const Layout& layout = job_.layout;
    const BankSets& sets = job_.numbers->sets();
    const std::size_t block = chunk.chunk * lanes_ / layout.macro_outputs;
    std::vector<std::uint64_t> numbers;
    for (std::size_t v = 0; v < chunk.vectors; ++v) {
        for (std::size_t set = 0; set < sets.count; ++set)
            numbers.push_back(job_.numbers->first(block, set, chunk.first_vector + v));
    }
    run_noisy_slices(
        form_,
        {.job = &chunk,
         .key = noise_key_,
         .offsets = &noise_offsets_[chunk.chunk * lanes_ * static_cast<std::size_t>(form_.planes)],
         .numbers = numbers.data(),
         .sets = sets.count,
         .tiles_per_set = sets.tiles,
         .outputs = std::min(lanes_, layout.outputs - chunk.chunk * lanes_)});
}

}  // namespace golden::fast
