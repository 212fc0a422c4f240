/// The fast form's inner loop for columns with a transfer of their own; included behind
/// kernel.hpp, in the same way. `Lanes` offers besides
///     dot: sum + products of four unsigned and four signed bytes
///     scaled, kScaledBias: alpha · v rounded to the nearest integer, ties to even, plus the bias,
///     where that is less than 2^22; beyond, anything that lies on the same side of it.

/// One group and step: v of kPlanes columns for kVectors vectors.
template <class Lanes, int kVectors, int kPlanes>
CIMRTL_INLINE void column_values(const ColumnForm& form, const std::uint32_t* x,
                                 const std::uint32_t* w, std::size_t plane_words,
                                 typename Lanes::Vec (&v)[kPlanes][kVectors]) {
    using Vec = typename Lanes::Vec;
    for (std::size_t quad = 0; quad < form.quads; ++quad) {
        Vec inputs[kVectors];
        for (int i = 0; i < kVectors; ++i) inputs[i] = splat<Lanes>(x[i * form.input_words + quad]);
        for (int j = 0; j < kPlanes; ++j) {
            const Vec digits = load<Lanes>(w + (j * plane_words + quad) * Lanes::kLanes);
            for (int i = 0; i < kVectors; ++i) v[j][i] = Lanes::dot(v[j][i], inputs[i], digits);
        }
    }
}

/// One tile of kPlanes planes from `w`: adds scale · code of all groups and steps.
template <class Lanes, int kVectors, int kPlanes>
CIMRTL_INLINE void column_planes(const ColumnForm& form, const ColumnWindow* windows,
                                 std::size_t groups, const std::uint32_t* x, const std::uint32_t* w,
                                 Accumulators<Lanes> (&accumulators)[kVectors],
                                 typename Lanes::Vec& clipped) {
    using Vec = typename Lanes::Vec;
    const std::size_t plane_words = 2 + groups * form.quads;
    Vec sum[kPlanes][kVectors] = {};
    for (std::size_t group = 0; group < groups; ++group) {
        const std::uint32_t* digits = w + (2 + group * form.quads) * Lanes::kLanes;
        for (int t = 0; t < form.steps; ++t, x += form.quads) {
            Vec v[kPlanes][kVectors] = {};
            column_values<Lanes, kVectors, kPlanes>(form, x, digits, plane_words, v);
            for (int j = 0; j < kPlanes; ++j) {
                const Vec alpha = load<Lanes>(w + j * plane_words * Lanes::kLanes);
                const Vec lo = splat<Lanes>(windows[j].lo + Lanes::kScaledBias);
                const Vec hi = splat<Lanes>(windows[j].hi + Lanes::kScaledBias);
                for (int i = 0; i < kVectors; ++i) {
                    const Vec q = Lanes::scaled(v[j][i], alpha);
                    const Vec code = Lanes::max(Lanes::min(q, hi), lo);
                    clipped = Lanes::count_unequal(clipped, q, code);
                    sum[j][i] += (code - Lanes::kScaledBias) << (form.step_bits * t);
                }
            }
        }
    }
    for (int j = 0; j < kPlanes; ++j) {
        const Vec factor = load<Lanes>(w + (j * plane_words + 1) * Lanes::kLanes);
        for (int i = 0; i < kVectors; ++i) accumulators[i].add(sum[j][i], factor);
    }
}

template <class Lanes, int kVectors>
CIMRTL_INLINE void column_vectors(const ColumnForm& form, const ChunkJob& job, std::size_t first) {
    const std::uint32_t* x = job.inputs + first * form.input_words;
    const std::uint32_t* w = job.weights;
    const ColumnWindow* windows = form.windows;
    Accumulators<Lanes> accumulators[kVectors];
    typename Lanes::Vec clipped{};
    for (auto& accumulator : accumulators) accumulator.begin(job.start);
    for (std::size_t tile = 0; tile < form.tiles; ++tile) {
        const std::size_t left = form.groups - tile * form.groups_per_tile;
        const std::size_t groups = left < form.groups_per_tile ? left : form.groups_per_tile;
        const std::size_t plane_words = (2 + groups * form.quads) * Lanes::kLanes;
        const auto planes = [&]<int kPlanes>() CIMRTL_INLINE_LAMBDA {
            column_planes<Lanes, kVectors, kPlanes>(form, windows, groups, x, w, accumulators,
                                                    clipped);
            windows += kPlanes;
            w += kPlanes * plane_words;
        };
        int left_planes = form.planes;
        if constexpr (Lanes::kColumnPlanes >= 4 && kVectors <= 4) {
            for (; left_planes >= 4; left_planes -= 4) planes.template operator()<4>();
        }
        for (; left_planes >= 2; left_planes -= 2) planes.template operator()<2>();
        if (left_planes == 1) planes.template operator()<1>();
        x += groups * form.quads * static_cast<std::size_t>(form.steps);
        for (auto& accumulator : accumulators) accumulator.end_tile(job.acc_min, job.acc_max);
    }
    for (int i = 0; i < kVectors; ++i) accumulators[i].store(job, first + i);
    for (int l = 0; l < Lanes::kLanes; ++l)
        job.counts->clipped += static_cast<std::uint32_t>(clipped[l]);
}

template <class Lanes>
void run_columns(const ColumnForm& form, const ChunkJob& job) {
    std::size_t vector = 0;
    if constexpr (Lanes::kColumnPlanes >= 4) {  // few planes: as many sums at once by more vectors
        for (; form.planes < 4 && vector + 8 <= job.vectors; vector += 8)
            column_vectors<Lanes, 8>(form, job, vector);
    }
    for (; vector + 4 <= job.vectors; vector += 4) column_vectors<Lanes, 4>(form, job, vector);
    for (; vector < job.vectors; ++vector) column_vectors<Lanes, 1>(form, job, vector);
}
