#include "golden/fast/isa.hpp"

namespace golden::fast {
namespace {

#include "golden/fast/kernel.hpp"
#include "golden/fast/kernel_binary.hpp"
#include "golden/fast/kernel_columns.hpp"
#include "golden/fast/kernel_pack.hpp"
#include "golden/fast/kernel_product.hpp"
#include "golden/fast/kernel_table.hpp"

/// Four lanes of whatever vectors the compiler's target has; ones are counted by shifts and masks.
struct PortableLanes {
    static constexpr int kLanes = 4;
    typedef std::int32_t Vec __attribute__((vector_size(16)));
    typedef std::int64_t Wide __attribute__((vector_size(16)));
    typedef std::uint32_t Ones __attribute__((vector_size(16)));  ///< counts in bytes
    static constexpr int kMaxWords = 31;  ///< 31 words of at most 8 ones a byte stay below 256

    static CIMRTL_INLINE Ones zero() { return Ones{}; }
    static CIMRTL_INLINE Ones add(Ones ones, Vec bits) {
        Ones n = reinterpret_cast<Ones>(bits);
        n -= n >> 1 & 0x55555555U;
        n = (n & 0x33333333U) + (n >> 2 & 0x33333333U);
        return ones + ((n + (n >> 4)) & 0x0f0f0f0fU);
    }
    static CIMRTL_INLINE Vec total(Ones ones) {
        const Ones pairs = (ones & 0x00ff00ffU) + (ones >> 8 & 0x00ff00ffU);
        return reinterpret_cast<Vec>((pairs & 0xffffU) + (pairs >> 16));
    }

    static CIMRTL_INLINE Vec min(Vec a, Vec b) { return a < b ? a : b; }
    static CIMRTL_INLINE Vec max(Vec a, Vec b) { return a > b ? a : b; }
    static CIMRTL_INLINE Vec gather(const std::int32_t* table, Vec index) {
        return Vec{table[index[0]], table[index[1]], table[index[2]], table[index[3]]};
    }
    /// sum + the two products of int16 halves
    static CIMRTL_INLINE Vec madd(Vec sum, Vec a, Vec b) {
        const Vec a_low = reinterpret_cast<Vec>(reinterpret_cast<Ones>(a) << 16) >> 16;
        const Vec b_low = reinterpret_cast<Vec>(reinterpret_cast<Ones>(b) << 16) >> 16;
        return sum + a_low * b_low + (a >> 16) * (b >> 16);
    }
    static CIMRTL_INLINE Vec shift_right(Vec v, int distance) { return v >> distance; }
    static CIMRTL_INLINE Wide multiply_even(Vec a, Vec b) {
        return Wide{std::int64_t{a[0]} * b[0], std::int64_t{a[2]} * b[2]};
    }
    static CIMRTL_INLINE Vec count_above(Vec count, Vec u, Vec hi) { return count - (u > hi); }
    static CIMRTL_INLINE Vec count_below(Vec count, Vec u, Vec lo) { return count - (u < lo); }

    static constexpr std::size_t kByteLanes = 32;
    static CIMRTL_INLINE std::uint64_t byte_bits(const std::uint8_t* bytes, int t) {
        std::uint64_t bits = 0;
        for (int i = 0; i < 32; ++i) bits |= std::uint64_t{bytes[i] >> t & 1U} << i;
        return bits;
    }

    static constexpr int kColumnPlanes = 2;
    static constexpr std::int32_t kScaledBias = 0;
    static CIMRTL_INLINE Vec dot(Vec sum, Vec x, Vec w) {
        const Ones digits = reinterpret_cast<Ones>(w);
        for (int shift = 24; shift >= 0; shift -= 8) {
            const Vec digit = reinterpret_cast<Vec>(digits << (24 - shift)) >> 24;
            sum += (x >> shift & 255) * digit;
        }
        return sum;
    }
    /// alpha · v is exact in a double, and so is the sum with 1.5 · 2^52 but for the rounding to
    /// an integer.
    static CIMRTL_INLINE Vec scaled(Vec v, Vec alpha) {
        float alphas[kLanes];
        __builtin_memcpy(alphas, &alpha, sizeof alphas);
        Vec rounded{};
        for (int l = 0; l < kLanes; ++l) {
            const double product = static_cast<double>(alphas[l]) * v[l];
            const double kept = product > 1e6 ? 1e6 : product < -1e6 ? -1e6 : product;
            rounded[l] = static_cast<std::int32_t>((kept + 0x1.8p52) - 0x1.8p52);
        }
        return rounded;
    }
    static CIMRTL_INLINE Vec count_unequal(Vec count, Vec a, Vec b) { return count - (a != b); }

    static CIMRTL_INLINE std::uint32_t positive(const std::int64_t* elements) {
        std::uint32_t bits = 0;
        for (int i = 0; i < 32; ++i) bits |= static_cast<std::uint32_t>(elements[i] > 0) << i;
        return bits;
    }
};

}  // namespace

const Kernels* portable_kernels() {
    static constexpr Kernels kKernels = kernels_of_lanes<PortableLanes>("portable");
    return &kKernels;
}

}  // namespace golden::fast
