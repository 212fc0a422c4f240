/// The fast form: operands packed once, vectors spread over threads in blocks, each block against
/// one chunk of outputs at a time so that the chunk's weights stay in the cache.
#include <algorithm>
#include <atomic>
#include <bit>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "src/check.hpp"
#include "src/fast_code.hpp"
#include "src/fast_isa.hpp"
#include "src/fast_law.hpp"

namespace golden {
namespace {

using namespace detail;

constexpr std::size_t kBlockVectors = 64;

/// Calls work(first, last) for blocks of 0 … count − 1 on `threads` threads (0: all cores). The
/// first exception is passed on.
template <class Work>
void for_blocks(std::size_t count, unsigned threads, const Work& work) {
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t share = (count + threads - 1) / threads;
    const std::size_t block = std::clamp<std::size_t>(share, 1, kBlockVectors);
    const std::size_t blocks = (count + block - 1) / block;
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failure_mutex;
    const auto worker = [&] {
        try {
            for (std::size_t i = next++; i < blocks; i = next++)
                work(i * block, std::min(count, (i + 1) * block));
        } catch (...) {
            const std::lock_guard lock(failure_mutex);
            if (!failure) failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> pool;
        for (std::size_t i = 1; i < std::min<std::size_t>(threads, blocks); ++i)
            pool.emplace_back(worker);
        worker();
    }
    if (failure) std::rethrow_exception(failure);
}

/// Everything that is fixed before the first vector.
struct Plan {
    Layout layout;
    Range accumulator;
    CodeTable input_codes, weight_codes;
    const Kernels& kernels;
    std::optional<ProductForm> product;  ///< set where no conversion clips or rounds
    PlaneForm planes;
    std::size_t input_words = 0;   ///< per vector
    std::size_t weight_words = 0;  ///< per chunk of outputs
    std::size_t chunks = 0;
};

ProductForm make_product_form(const Layout& layout) {
    ProductForm form;
    form.tiles = layout.tiles;
    form.pairs = (layout.rows + 1) / 2;
    form.last_pairs = (layout.features - (layout.tiles - 1) * layout.rows + 1) / 2;
    return form;
}

PlaneForm make_plane_form(const PlaneScheme& scheme, const Plan& plan, const Adc& adc) {
    const Shape shape = scheme.shape();
    PlaneForm form;
    form.steps = shape.steps;
    form.planes = shape.planes;
    form.words = static_cast<int>((plan.layout.active_rows + 31) / 32);
    form.is_signed = plan.input_codes.has_signs() || plan.weight_codes.has_signs();
    const std::int64_t ratio = std::max(plan.input_codes.ratio(), plan.weight_codes.ratio());
    form.ratio_log2 = std::countr_zero(static_cast<std::uint64_t>(ratio));
    form.groups = plan.layout.driven_groups;
    form.groups_per_tile = plan.layout.groups;
    for (int t = 0; t < form.steps; ++t)
        form.step_factor[t] = static_cast<std::int32_t>(scheme.step_factor(t));
    for (int j = 0; j < form.planes; ++j)
        form.plane_factor[j] = static_cast<std::int32_t>(scheme.plane_factor(j));
    form.law = make_law(adc, shape.value);
    return form;
}

Plan make_plan(const PlaneScheme& scheme, const Layout& layout, const Resolved& resolved,
               const Adc& adc) {
    Plan plan{.layout = layout,
              .accumulator = signed_range(resolved.accumulator_bits),
              .input_codes = CodeTable::of_inputs(scheme),
              .weight_codes = CodeTable::of_weights(scheme),
              .kernels = select_kernels(),
              .product = {},
              .planes = {}};
    const std::size_t lanes = plan.kernels.lanes;
    plan.chunks = (layout.outputs + lanes - 1) / lanes;
    if (is_transparent(adc, scheme.shape().value)) {
        plan.product = make_product_form(layout);
        plan.input_words = (layout.tiles - 1) * plan.product->pairs + plan.product->last_pairs;
        plan.weight_words = plan.input_words * lanes;
    } else {
        plan.planes = make_plane_form(scheme, plan, adc);
        plan.input_words = layout.driven_groups * group_words(plan.planes, plan.planes.steps);
        plan.weight_words =
            layout.driven_groups * group_words(plan.planes, plan.planes.planes) * lanes;
    }
    return plan;
}

/// Packs K elements, `stride` apart, tile by tile or group by group.
void pack(const Plan& plan, const CodeTable& table, int planes, const std::int64_t* data,
          std::size_t stride, std::uint32_t* out, std::size_t out_stride) {
    const Layout& layout = plan.layout;
    const std::size_t unit = plan.product ? layout.rows : layout.active_rows;
    const std::size_t words = plan.product ? plan.product->pairs : group_words(plan.planes, planes);
    for (std::size_t first = 0; first < layout.features; first += unit) {
        const Elements elements{data + first * stride, stride,
                                std::min(unit, layout.features - first)};
        if (plan.product) {
            pack_levels(table, elements, out, out_stride);
        } else {
            pack_planes(table, plan.planes, planes, elements, out, out_stride);
        }
        out += words * out_stride;
    }
}

WordBuffer pack_weights(const Plan& plan, const Matrix& weights) {
    const std::size_t lanes = plan.kernels.lanes;
    WordBuffer packed(plan.chunks * plan.weight_words);
    for (std::size_t output = 0; output < weights.cols; ++output) {
        std::uint32_t* out =
            packed.data() + output / lanes * plan.weight_words + lane_of(output % lanes, lanes);
        pack(plan, plan.weight_codes, plan.planes.planes, &weights.data[output], weights.cols, out,
             lanes);
    }
    return packed;
}

/// Vectors first … last − 1 against all outputs; returns the number of clipped conversions.
std::uint64_t run_block(const Plan& plan, const Operands& operands, const WordBuffer& weights,
                        std::size_t first, std::size_t last, Result& result) {
    const Layout& layout = plan.layout;
    const std::size_t lanes = plan.kernels.lanes;
    WordBuffer inputs((last - first) * plan.input_words);
    for (std::size_t v = first; v < last; ++v)
        pack(plan, plan.input_codes, plan.planes.steps, &operands.inputs.data[v * layout.features],
             1, inputs.data() + (v - first) * plan.input_words, 1);

    std::vector<std::int64_t> outputs((last - first) * lanes);
    std::uint64_t clipped = 0;
    for (std::size_t chunk = 0; chunk < plan.chunks; ++chunk) {
        const std::size_t column = chunk * lanes;
        const std::size_t used = std::min(lanes, layout.outputs - column);
        std::int64_t start[kMaxLanes] = {};
        if (!operands.bias.empty()) std::copy_n(&operands.bias[column], used, start);
        std::int64_t* target = &result.outputs.data[first * layout.outputs + column];
        const bool whole = used == lanes;
        const ChunkJob job{.vectors = last - first,
                           .inputs = inputs.data(),
                           .input_stride = plan.input_words,
                           .weights = weights.data() + chunk * plan.weight_words,
                           .start = start,
                           .acc_min = plan.accumulator.min,
                           .acc_max = plan.accumulator.max,
                           .outputs = whole ? target : outputs.data(),
                           .output_stride = whole ? layout.outputs : lanes,
                           .saturated = &result.saturated[first],
                           .clipped = &clipped};
        if (plan.product) {
            plan.kernels.product(*plan.product, job);
        } else {
            plan.kernels.planes(plan.planes, job);
        }
        for (std::size_t v = 0; !whole && v < last - first; ++v)
            std::copy_n(&outputs[v * lanes], used, target + v * layout.outputs);
    }
    return clipped;
}

std::uint64_t count_clipped(const CodeTable& table, const Matrix& matrix) {
    std::uint64_t count = 0;
    if (!table.can_clip()) return count;
    for (std::int64_t value : matrix.data) count += table[value].clipped;
    return count;
}

Result empty_result(const Layout& layout) {
    Result result;
    result.outputs = {layout.vectors, layout.outputs,
                      std::vector<std::int64_t>(layout.vectors * layout.outputs)};
    result.saturated.resize(layout.vectors);
    return result;
}

}  // namespace

Result run_fast(const Spec& spec, const Operands& operands, unsigned threads) {
    const Resolved resolved = resolve(spec);
    const auto scheme = make_scheme(spec);
    const Layout layout = make_layout(spec, operands);
    const PlaneScheme* plane_scheme = scheme->plane_scheme();
    if (plane_scheme == nullptr) return run_reference(spec, operands);

    check_operands(spec, resolved, *scheme, layout, operands);
    const Plan plan = make_plan(*plane_scheme, layout, resolved, make_adc(spec, resolved));
    const WordBuffer weights = pack_weights(plan, operands.weights);

    Result result = empty_result(layout);
    std::atomic<std::uint64_t> clipped{0};
    for_blocks(layout.vectors, threads, [&](std::size_t first, std::size_t last) {
        clipped += run_block(plan, operands, weights, first, last, result);
    });
    result.adc_clipped = clipped;
    result.conversions = std::uint64_t{layout.vectors} * layout.blocks * layout.driven_groups *
                         resolved.steps * layout.macro_outputs * resolved.planes;
    result.inputs_clipped = count_clipped(plan.input_codes, operands.inputs);
    result.weights_clipped = count_clipped(plan.weight_codes, operands.weights);
    return result;
}

}  // namespace golden
