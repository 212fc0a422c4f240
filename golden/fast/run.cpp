// SPDX-License-Identifier: Apache-2.0
/// The fast form: the scheme's engine, vectors spread over threads in blocks.
#include <algorithm>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include "base/parallel.hpp"
#include "golden/fast.hpp"
#include "golden/fast/engine.hpp"
#include "golden/fast/targets.hpp"
#include "golden/golden.hpp"
#include "golden/reference/check.hpp"
#include "golden/steps.hpp"

namespace golden {
namespace {

using namespace fast;

constexpr std::size_t block_vectors = 64;

/// Calls work(first, last) for blocks of 0 … count − 1 on `threads` threads (0: all cores). The
/// first exception is passed on.
template <class Work>
void for_blocks(std::size_t count, unsigned threads, const Work& work) {
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t share = (count + threads - 1) / threads;
    const std::size_t block = std::clamp<std::size_t>(share, 1, block_vectors);
    base::parallel_for((count + block - 1) / block, threads,
                       [&](std::size_t i) { work(i * block, std::min(count, (i + 1) * block)); });
}

/// `count` zeros, where the system allows it in large pages: a fresh page of 4 KiB costs as much as
/// the binary products that fill it.
void make_room(std::vector<std::int64_t>& data, std::size_t count) {
    data.reserve(count);
#if defined(__linux__)
    void* begin = data.data();
    std::size_t bytes = data.capacity() * sizeof(std::int64_t);
    constexpr std::size_t page_bytes = 4096;
    if (std::align(page_bytes, page_bytes, begin, bytes) != nullptr)
        madvise(begin, bytes / page_bytes * page_bytes, MADV_HUGEPAGE);
#endif
    data.resize(count);
}

}  // namespace

Result run_fast(const Spec& spec, const Operands& operands, unsigned threads, bool statistics) {
    const Resolved resolved = resolve(spec);
    const auto scheme = make_scheme(spec);
    const Layout layout = make_layout(spec, operands);
    const auto reference = [&] {
        Result result = run_reference(spec, operands);
        if (!statistics) result.statistics.clear();
        return result;
    };
    if (!has_instruction_set()) return reference();
    const InsideTest inside = fast::all_inside;
    check_operands(spec, resolved, *scheme, layout, operands, inside);
    const Chip chip = make_chip(spec, resolved, operands);
    std::optional<StepNumbers> numbers;
    if (!chip.ideal() || !chip.correction.empty()) {
        check_inputs(scheme->shape().input, operands, 0, layout.vectors, inside);
        numbers.emplace(spec, *scheme, layout, operands);  // known before the work is shared out
    }
    const Job job{.spec = spec,
                  .scheme = *scheme,
                  .resolved = resolved,
                  .layout = layout,
                  .operands = operands,
                  .adc = make_adc(spec, resolved),
                  .statistics = statistics,
                  .chip = chip,
                  .numbers = numbers ? &*numbers : nullptr};
    const auto engine =
        std::visit([&](const auto& own) { return make_engine(job, own); }, spec.own);
    if (engine == nullptr) return reference();
    Result result;
    result.outputs = {layout.vectors, layout.outputs, {}};
    make_room(result.outputs.data, layout.vectors * layout.outputs);
    result.saturated.resize(layout.vectors);
    const Range inputs = scheme->shape().input;
    for_blocks(layout.vectors, threads, [&](std::size_t first, std::size_t last) {
        check_inputs(inputs, operands, first, last,
                     inside);  // here, since they are in the cache then
        engine->run(first, last, result);
    });
    engine->finish(result);
    requantize(spec.output, operands, result);
    return result;
}

}  // namespace golden
