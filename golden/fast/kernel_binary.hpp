/// The fast form's inner loops for binary inputs and weights; included behind kernel.hpp, in
/// the same way.

/// Ones of `words` words of kVectors vectors against one column a lane: in both (kXor false), or in
/// one of the two.
template <class Lanes, int kVectors, bool kXor>
CIMRTL_INLINE void count_ones(const std::uint32_t* x, std::size_t x_stride, const std::uint32_t* w,
                              std::size_t words, typename Lanes::Vec (&counts)[kVectors]) {
    using Vec = typename Lanes::Vec;
    for (std::size_t base = 0; base < words; base += Lanes::kMaxWords) {
        const std::size_t left = words - base;
        const std::size_t end = base + (left < Lanes::kMaxWords ? left : Lanes::kMaxWords);
        typename Lanes::Ones ones[kVectors];
        for (auto& one : ones) one = Lanes::zero();
        for (std::size_t i = base; i < end; ++i) {
            const Vec column = load<Lanes>(w + i * Lanes::kLanes);
            for (int k = 0; k < kVectors; ++k) {
                const Vec input = splat<Lanes>(x[k * x_stride + i]);
                ones[k] = Lanes::add(ones[k], kXor ? input ^ column : input & column);
            }
        }
        for (int k = 0; k < kVectors; ++k) counts[k] += Lanes::total(ones[k]);
    }
}

/// What is tracked of v: Σ x·w of a group, which is 4·Σ ab − 2·Σ a − 2·Σ b + n, gives the plain Σ
/// ab. Sums of four vectors of any length fit 32 bits.
template <class Lanes>
struct BinaryTrack {
    using Vec = typename Lanes::Vec;
    Vec value_max{}, value_sum{}, plain_max{}, plain_sum{};

    CIMRTL_INLINE void add(Vec v, Vec term, Vec flip, Vec ones) {
        const Vec plain = (((v << 2) + term) ^ flip) - flip + ones;
        value_max = Lanes::max(value_max, v);
        plain_max = Lanes::max(plain_max, plain);
        value_sum += v;
        plain_sum += plain;
    }
    CIMRTL_INLINE void store(KernelCounts& counts) const {
        for (int l = 0; l < Lanes::kLanes; ++l) {
            if (value_max[l] > counts.value_max) counts.value_max = value_max[l];
            if (plain_max[l] > counts.plain_max) counts.plain_max = plain_max[l];
            counts.value_sum += static_cast<std::uint32_t>(value_sum[l]);
            counts.plain_sum += static_cast<std::uint32_t>(plain_sum[l]);
        }
    }
};

template <class Lanes, int kVectors, Law::Kind kKind, bool kTrack>
CIMRTL_INLINE void binary_vectors(const BinaryForm& form, const ChunkJob& job, std::size_t first) {
    using Vec = typename Lanes::Vec;
    const std::size_t group_words = kBinaryHead + form.words;
    const std::size_t x_stride = form.groups * group_words;
    const std::uint32_t* x = job.inputs + first * x_stride;
    const std::uint32_t* w = job.weights;
    Accumulators<Lanes> accumulators[kVectors];
    for (auto& accumulator : accumulators) accumulator.begin(job.start);
    Vec sum[kVectors] = {};
    Vec clipped{};
    BinaryTrack<Lanes> track;
    std::size_t group_in_tile = 0;
    for (std::size_t group = 0; group < form.groups; ++group) {
        const Vec flip_w = load<Lanes>(w), term_w = load<Lanes>(w + Lanes::kLanes);
        Vec v[kVectors] = {};
        count_ones<Lanes, kVectors, false>(x + kBinaryHead, x_stride,
                                           w + kBinaryHead * Lanes::kLanes, form.words, v);
        for (int k = 0; k < kVectors; ++k) {
            const std::uint32_t* head = x + k * x_stride;
            const Vec flip = splat<Lanes>(head[0]) ^ flip_w;
            const Vec term = splat<Lanes>(head[1]) + term_w;
            const Vec code = digitize<Lanes, kKind, false>(form.law, v[k], clipped);
            sum[k] += ((code * form.code_factor + term) ^ flip) - flip;
            if constexpr (kTrack) {
                const Vec ones = splat<Lanes>(head[2]) + load<Lanes>(w + 2 * Lanes::kLanes);
                track.add(v[k], term, flip, ones);
            }
        }
        x += group_words;
        w += group_words * Lanes::kLanes;
        if (++group_in_tile == form.groups_per_tile || group + 1 == form.groups) {
            for (int k = 0; k < kVectors; ++k) {
                accumulators[k].add(sum[k], 1);
                accumulators[k].end_tile(job.acc_min, job.acc_max);
                sum[k] = Vec{};
            }
            group_in_tile = 0;
        }
    }
    for (int k = 0; k < kVectors; ++k) accumulators[k].store(job, first + k);
    for (int l = 0; l < Lanes::kLanes; ++l)
        job.counts->clipped += static_cast<std::uint32_t>(clipped[l]);
    if constexpr (kTrack) track.store(*job.counts);
}

template <class Lanes, Law::Kind kKind, bool kTrack>
void binary_kernel(const BinaryForm& form, const ChunkJob& job) {
    std::size_t i = 0;
    for (; i + 4 <= job.vectors; i += 4) binary_vectors<Lanes, 4, kKind, kTrack>(form, job, i);
    for (; i < job.vectors; ++i) binary_vectors<Lanes, 1, kKind, kTrack>(form, job, i);
}

template <class Lanes, bool kTrack>
void binary_kernel_of_law(const BinaryForm& form, const ChunkJob& job) {
    switch (form.law.kind) {
        case Law::Kind::shift:
            return binary_kernel<Lanes, Law::Kind::shift, kTrack>(form, job);
        case Law::Kind::affine:
            return binary_kernel<Lanes, Law::Kind::affine, kTrack>(form, job);
        case Law::Kind::table:
            return binary_kernel<Lanes, Law::Kind::table, kTrack>(form, job);
    }
}

template <class Lanes>
void run_binary(const BinaryForm& form, const ChunkJob& job) {
    if (form.track) return binary_kernel_of_law<Lanes, true>(form, job);
    binary_kernel_of_law<Lanes, false>(form, job);
}

template <class Lanes, int kVectors>
CIMRTL_INLINE void xnor_vectors(const XnorForm& form, const ChunkJob& job, std::size_t first) {
    using Vec = typename Lanes::Vec;
    const std::size_t x_stride = form.tiles * form.words;
    const std::uint32_t* x = job.inputs + first * x_stride;
    const std::uint32_t* w = job.weights;
    Accumulators<Lanes> accumulators[kVectors];
    for (auto& accumulator : accumulators) accumulator.begin(job.start);
    for (std::size_t tile = 0; tile < form.tiles; ++tile) {
        const std::int32_t rows = tile + 1 == form.tiles ? form.last_rows : form.rows;
        Vec differ[kVectors] = {};
        count_ones<Lanes, kVectors, true>(x, x_stride, w, form.words, differ);
        for (int k = 0; k < kVectors; ++k) {
            accumulators[k].add(rows - 2 * differ[k], 1);
            accumulators[k].end_tile(job.acc_min, job.acc_max);
        }
        x += form.words;
        w += form.words * Lanes::kLanes;
    }
    for (int k = 0; k < kVectors; ++k) accumulators[k].store(job, first + k);
}

template <class Lanes>
void run_xnor(const XnorForm& form, const ChunkJob& job) {
    std::size_t i = 0;
    for (; i + 4 <= job.vectors; i += 4) xnor_vectors<Lanes, 4>(form, job, i);
    for (; i < job.vectors; ++i) xnor_vectors<Lanes, 1>(form, job, i);
}
