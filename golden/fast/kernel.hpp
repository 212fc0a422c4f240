/// The fast form's inner loops, written once over vector lanes and compiled for each instruction
/// set.
///
/// Included by the instruction sets' .cpp files inside an unnamed namespace and, where needed, a
/// region with a target attribute: so it includes nothing, and nothing in it is shared between
/// those files. `Lanes` offers
///     Vec (int32 lanes), Wide (int64, half the lanes), kLanes
///     shift_right (one distance), min, max, gather, count_above, count_below
///     madd: sum + products of the int16 halves
///     multiply_even: lanes 0, 2, … of both, in 64 bits
///     Ones, zero, add, total, kMaxWords: counting the ones of up to kMaxWords words a lane.

#define CIMRTL_INLINE inline __attribute__((always_inline))
#define CIMRTL_INLINE_LAMBDA __attribute__((always_inline))

template <class Lanes>
CIMRTL_INLINE typename Lanes::Vec load(const std::uint32_t* words) {
    typename Lanes::Vec value;
    __builtin_memcpy(&value, words, sizeof value);
    return value;
}

template <class Lanes>
CIMRTL_INLINE typename Lanes::Vec splat(std::int32_t value) {
    return typename Lanes::Vec{} + value;
}

template <class Lanes>
CIMRTL_INLINE typename Lanes::Vec splat(std::uint32_t value) {
    return splat<Lanes>(static_cast<std::int32_t>(value));
}

/// v of one class and no signs; kWords > 0 fixes the number of words at compile time.
template <class Lanes, int kWords>
struct BitValue {
    using Vec = typename Lanes::Vec;
    static constexpr bool kSigned = false;

    /// `x`: words of one step, `w`: of all planes
    static CIMRTL_INLINE Vec value(const PlaneForm& form, const std::uint32_t* x,
                                   const std::uint32_t*, const std::uint32_t* w, int j) {
        const int words = kWords > 0 ? kWords : form.words;
        w += j * words * Lanes::kLanes;
        Vec sum{};
        for (int base = 0; base < words; base += Lanes::kMaxWords) {
            const int end = words - base > Lanes::kMaxWords ? base + Lanes::kMaxWords : words;
            typename Lanes::Ones ones = Lanes::zero();
            for (int i = base; i < end; ++i)
                ones = Lanes::add(ones, splat<Lanes>(x[i]) & load<Lanes>(w + i * Lanes::kLanes));
            sum += Lanes::total(ones);
        }
        return sum;
    }
};

/// v of two classes and signs: see code.hpp.
template <class Lanes>
struct ClassValue {
    using Vec = typename Lanes::Vec;
    using Ones = typename Lanes::Ones;
    static constexpr bool kSigned = true;

    static CIMRTL_INLINE Vec value(const PlaneForm& form, const std::uint32_t* x,
                                   const std::uint32_t* x_sign, const std::uint32_t* w, int j) {
        const int words = form.words;
        const std::uint32_t* w_sign = w + 2 * form.planes * words * Lanes::kLanes;
        w += 2 * j * words * Lanes::kLanes;
        Vec sum{};
        for (int base = 0; base < words; base += Lanes::kMaxWords) {
            const int end = words - base > Lanes::kMaxWords ? base + Lanes::kMaxWords : words;
            Ones all[3] = {Lanes::zero(), Lanes::zero(), Lanes::zero()};
            Ones minus[3] = {Lanes::zero(), Lanes::zero(), Lanes::zero()};
            for (int i = base; i < end; ++i) {
                const Vec x0 = splat<Lanes>(x[i]), x1 = splat<Lanes>(x[words + i]);
                const Vec w0 = load<Lanes>(w + i * Lanes::kLanes);
                const Vec w1 = load<Lanes>(w + (words + i) * Lanes::kLanes);
                const Vec sign = splat<Lanes>(x_sign[i]) ^ load<Lanes>(w_sign + i * Lanes::kLanes);
                const Vec level[3] = {x0 & w0, (x0 & w1) | (x1 & w0), x1 & w1};
                for (int l = 0; l < 3; ++l) {
                    all[l] = Lanes::add(all[l], level[l]);
                    minus[l] = Lanes::add(minus[l], level[l] & sign);
                }
            }
            for (int l = 0; l < 3; ++l)
                sum += (Lanes::total(all[l]) - 2 * Lanes::total(minus[l])) << (l * form.ratio_log2);
        }
        return sum;
    }
};

/// The ADC: codes of one column in every lane, clipped ones counted.
template <class Lanes, Law::Kind kKind, bool kSigned>
CIMRTL_INLINE typename Lanes::Vec digitize(const Law& law, typename Lanes::Vec v,
                                           typename Lanes::Vec& clipped) {
    using Vec = typename Lanes::Vec;
    Vec u;
    if constexpr (kKind == Law::Kind::table) {
        u = Lanes::gather(law.table.data(), v - law.table_min);
    } else if constexpr (kKind == Law::Kind::affine) {
        u = Lanes::shift_right(v * law.factor + law.offset, law.shift);
    } else {
        u = Lanes::shift_right(v + law.offset, law.shift);
    }
    const Vec hi = splat<Lanes>(law.hi);
    clipped = Lanes::count_above(clipped, u, hi);
    u = Lanes::min(u, hi);
    if constexpr (kSigned) {
        const Vec lo = splat<Lanes>(law.lo);
        clipped = Lanes::count_below(clipped, u, lo);
        u = Lanes::max(u, lo);
    }
    return u;
}

/// 64-bit values of all lanes in two halves: the even lanes, then the odd ones. Weights are packed
/// so that this is the order of the outputs.
template <class Lanes>
struct WideLanes {
    typename Lanes::Wide half[2];

    CIMRTL_INLINE void load(const std::int64_t* values) {
        __builtin_memcpy(half, values, sizeof half);
    }
};

/// The accumulators of one vector, one per lane.
template <class Lanes>
struct Accumulators {
    using Wide = typename Lanes::Wide;
    WideLanes<Lanes> acc;
    WideLanes<Lanes> sum;
    WideLanes<Lanes> changed;  ///< not 0: some addition was saturated

    /// Member by member: clearing an array of these as memory is slow.
    CIMRTL_INLINE void begin(const std::int64_t* start) {
        acc.load(start);
        sum.half[0] = sum.half[1] = changed.half[0] = changed.half[1] = Wide{};
    }
    /// sum += part · factor, the product in 64 bits
    CIMRTL_INLINE void add(typename Lanes::Vec part, typename Lanes::Vec factor) {
        using Vec = typename Lanes::Vec;
        const Wide odd = reinterpret_cast<Wide>(part) >> 32;
        const Wide odd_factor = reinterpret_cast<Wide>(factor) >> 32;
        sum.half[0] += Lanes::multiply_even(part, factor);
        sum.half[1] +=
            Lanes::multiply_even(reinterpret_cast<Vec>(odd), reinterpret_cast<Vec>(odd_factor));
    }
    CIMRTL_INLINE void add(typename Lanes::Vec part, std::int32_t factor) {
        const Wide odd = reinterpret_cast<Wide>(part) >> 32;
        const auto factors = splat<Lanes>(factor);
        sum.half[0] += Lanes::multiply_even(part, factors);
        sum.half[1] += Lanes::multiply_even(reinterpret_cast<typename Lanes::Vec>(odd), factors);
    }
    /// acc = sat(acc + sum), sum = 0
    CIMRTL_INLINE void end_tile(std::int64_t min, std::int64_t max) {
        const Wide low = Wide{} + min, high = Wide{} + max;
        for (int h = 0; h < 2; ++h) {
            const Wide exact = acc.half[h] + sum.half[h];
            const Wide capped = exact > high ? high : exact;
            acc.half[h] = capped < low ? low : capped;
            changed.half[h] |= exact ^ acc.half[h];
            sum.half[h] = Wide{};
        }
    }
    CIMRTL_INLINE void store(const ChunkJob& job, std::size_t vector) const {
        __builtin_memcpy(job.outputs + vector * job.output_stride, acc.half, sizeof acc.half);
        if (job.used == nullptr) return;
        WideLanes<Lanes> used;
        used.load(job.used);
        const Wide both = (changed.half[0] & used.half[0]) | (changed.half[1] & used.half[1]);
        std::int64_t any = 0;
        for (int l = 0; l < Lanes::kLanes / 2; ++l) any |= both[l];
        if (any != 0) job.saturated[vector] = 1;
    }
};

/// One group's steps, the same for all vectors.
template <class Value>
struct FixedSteps {
    static constexpr bool kTrackMax = false;
    static constexpr int kClasses = Value::kSigned ? 2 : 1;
    const PlaneForm& form;
    const std::uint32_t* x;

    CIMRTL_INLINE int count() const { return form.steps; }
    CIMRTL_INLINE std::int32_t factor(int t) const { return form.step_factor[t]; }
    CIMRTL_INLINE const std::uint32_t* words(int t) const { return x + t * kClasses * form.words; }
    CIMRTL_INLINE const std::uint32_t* signs() const { return words(form.steps); }
    CIMRTL_INLINE const std::uint32_t* end() const {
        return signs() + (Value::kSigned ? form.words : 0);
    }
};

/// One group's steps as they are listed.
template <bool kTrack>
struct ListedSteps {
    static constexpr bool kTrackMax = kTrack;
    const PlaneForm& form;
    const std::uint32_t* x;

    CIMRTL_INLINE int count() const { return static_cast<int>(x[0]); }
    CIMRTL_INLINE std::int32_t factor(int t) const {
        return static_cast<std::int32_t>(words(t)[-1]);
    }
    CIMRTL_INLINE const std::uint32_t* words(int t) const { return x + 2 + t * (form.words + 1); }
    CIMRTL_INLINE const std::uint32_t* signs() const { return nullptr; }
    CIMRTL_INLINE const std::uint32_t* end() const { return words(count()) - 1; }
};

template <class Lanes, class Value, Law::Kind kKind, class Steps>
void plane_kernel(const PlaneForm& form, const ChunkJob& job) {
    using Vec = typename Lanes::Vec;
    constexpr int kClasses = Value::kSigned ? 2 : 1;
    constexpr int kSigns = Value::kSigned ? 1 : 0;
    const std::size_t w_group = (kClasses * form.planes + kSigns) * form.words * Lanes::kLanes;
    const std::uint32_t* x = job.inputs;
    Vec greatest{};
    for (std::size_t vector = 0; vector < job.vectors; ++vector) {
        const std::uint32_t* w = job.weights;
        Accumulators<Lanes> accumulators;
        accumulators.begin(job.start);
        Vec clipped{};
        std::size_t group_in_tile = 0;
        for (std::size_t group = 0; group < form.groups; ++group, w += w_group) {
            const Steps steps{form, x};
            x = steps.end();
            for (int t = 0; t < steps.count(); ++t) {
                Vec part{};
                for (int j = 0; j < form.planes; ++j) {
                    const Vec v = Value::value(form, steps.words(t), steps.signs(), w, j);
                    if constexpr (Steps::kTrackMax) greatest = Lanes::max(greatest, v);
                    part += digitize<Lanes, kKind, Value::kSigned>(form.law, v, clipped) *
                            form.plane_factor[j];
                }
                accumulators.add(part, steps.factor(t));
            }
            if (++group_in_tile == form.groups_per_tile || group + 1 == form.groups) {
                accumulators.end_tile(job.acc_min, job.acc_max);
                group_in_tile = 0;
            }
        }
        accumulators.store(job, vector);
        for (int l = 0; l < Lanes::kLanes; ++l)
            job.counts->clipped += static_cast<std::uint32_t>(clipped[l]);
    }
    for (int l = 0; l < Lanes::kLanes; ++l) {
        if (greatest[l] > job.counts->value_max) job.counts->value_max = greatest[l];
    }
}

template <class Lanes, class Value, class Steps>
void plane_kernel_of_law(const PlaneForm& form, const ChunkJob& job) {
    switch (form.law.kind) {
        case Law::Kind::shift:
            return plane_kernel<Lanes, Value, Law::Kind::shift, Steps>(form, job);
        case Law::Kind::affine:
            return plane_kernel<Lanes, Value, Law::Kind::affine, Steps>(form, job);
        case Law::Kind::table:
            return plane_kernel<Lanes, Value, Law::Kind::table, Steps>(form, job);
    }
}

template <class Lanes, int kWords>
void run_bit_planes(const PlaneForm& form, const ChunkJob& job) {
    using Value = BitValue<Lanes, kWords>;
    if (!form.is_listed) return plane_kernel_of_law<Lanes, Value, FixedSteps<Value>>(form, job);
    if (form.track_max) return plane_kernel_of_law<Lanes, Value, ListedSteps<true>>(form, job);
    plane_kernel_of_law<Lanes, Value, ListedSteps<false>>(form, job);
}

template <class Lanes>
void run_planes(const PlaneForm& form, const ChunkJob& job) {
    using Classes = ClassValue<Lanes>;
    if (form.is_signed) return plane_kernel_of_law<Lanes, Classes, FixedSteps<Classes>>(form, job);
    if (form.words == 1) return run_bit_planes<Lanes, 1>(form, job);
    if (form.words == 2) return run_bit_planes<Lanes, 2>(form, job);
    if (form.words == 4) return run_bit_planes<Lanes, 4>(form, job);
    run_bit_planes<Lanes, 0>(form, job);
}
