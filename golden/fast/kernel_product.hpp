/// The fast form's inner loop for plain products; included behind kernel.hpp, in the same way.

/// kVectors vectors at once, so that a weight is loaded once for all of them.
template <class Lanes, int kVectors>
CIMRTL_INLINE void product_vectors(const ProductForm& form, const ChunkJob& job,
                                   std::size_t first) {
    using Vec = typename Lanes::Vec;
    const std::uint32_t* x = job.inputs + first * form.input_words;
    const std::uint32_t* w = job.weights;
    Accumulators<Lanes> accumulators[kVectors];
    for (auto& accumulator : accumulators) accumulator.begin(job.start);
    for (std::size_t tile = 0; tile < form.tiles; ++tile) {
        const std::size_t pairs = tile + 1 == form.tiles ? form.last_pairs : form.pairs;
        Vec sum[kVectors] = {};
        for (std::size_t pair = 0; pair < pairs; ++pair) {
            const Vec weight = load<Lanes>(w + pair * Lanes::kLanes);
            for (int v = 0; v < kVectors; ++v)
                sum[v] = Lanes::madd(sum[v], splat<Lanes>(x[v * form.input_words + pair]), weight);
        }
        for (int v = 0; v < kVectors; ++v) {
            accumulators[v].add(sum[v], 1);
            accumulators[v].end_tile(job.acc_min, job.acc_max);
        }
        x += pairs;
        w += pairs * Lanes::kLanes;
    }
    for (int v = 0; v < kVectors; ++v) accumulators[v].store(job, first + v);
}

template <class Lanes>
void run_product(const ProductForm& form, const ChunkJob& job) {
    std::size_t vector = 0;
    for (; vector + 4 <= job.vectors; vector += 4) product_vectors<Lanes, 4>(form, job, vector);
    for (; vector < job.vectors; ++vector) product_vectors<Lanes, 1>(form, job, vector);
}
