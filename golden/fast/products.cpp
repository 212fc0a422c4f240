// SPDX-License-Identifier: Apache-2.0
/// Plain products.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "golden/fast/products.cpp"
#include "golden/fast/highway.hpp"
//
#include "golden/fast/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {
namespace {

/// vectors_at_once vectors at once, so that a weight is loaded once for all of them.
template <int vectors_at_once>
HWY_INLINE void product_vectors(const ProductForm& form, const ChunkJob& job, std::size_t first) {
    const std::uint32_t* x = job.inputs + first * form.input_words;
    const std::uint32_t* w = job.weights;
    Accumulators accumulators[vectors_at_once];
    for (auto& accumulator : accumulators) accumulator.begin(job.start);
    for (std::size_t tile = 0; tile < form.tiles; ++tile) {
        const std::size_t pairs = tile + 1 == form.tiles ? form.last_pairs : form.pairs;
        V32 sum[vectors_at_once];
        for (auto& s : sum) s = zero();
        for (std::size_t pair = 0; pair < pairs; ++pair) {
            const V32 weight = load(w + pair * lane_count);
            for (int v = 0; v < vectors_at_once; ++v)
                sum[v] = add_products(sum[v], splat(x[v * form.input_words + pair]), weight);
        }
        for (int v = 0; v < vectors_at_once; ++v) {
            accumulators[v].add(sum[v], 1);
            accumulators[v].end_tile(job.acc_min, job.acc_max);
        }
        x += pairs;
        w += pairs * lane_count;
    }
    for (int v = 0; v < vectors_at_once; ++v) accumulators[v].store(job, first + v);
}

void product(const ProductForm& form, const ChunkJob& job) {
    std::size_t vector = 0;
    for (; vector + 4 <= job.vectors; vector += 4) product_vectors<4>(form, job, vector);
    for (; vector < job.vectors; ++vector) product_vectors<1>(form, job, vector);
}

}  // namespace
}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace golden::fast {

HWY_EXPORT(product);
void run_product(const ProductForm& form, const ChunkJob& job) {
    HWY_DYNAMIC_DISPATCH(product)(form, job);
}

}  // namespace golden::fast
#endif
