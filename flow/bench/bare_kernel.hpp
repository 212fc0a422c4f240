/// A yardstick for the golden model's fast form: the least that any bit-packed form of one fixed
/// case has to do, without tiling, packing, checks, counts of clipped codes or saturation.
#pragma once

#include <cstddef>

namespace bench {

/// Does this processor run the AVX-512 form of the kernel? Otherwise a portable form is timed.
bool bare_kernel_is_wide();

/// Conventional, 8-bit inputs and weights, 128 rows × 64 outputs, ADC of 6 bits at step 2, on
/// random packed planes of `vectors` vectors, once, on one thread. Returns a digest of the outputs,
/// so that no work can be left out.
class BareKernel {
  public:
    explicit BareKernel(std::size_t vectors);
    ~BareKernel();
    BareKernel(const BareKernel&) = delete;
    BareKernel& operator=(const BareKernel&) = delete;
    long run();

  private:
    struct Data;
    Data* data_;
};

constexpr std::size_t kBareRows = 128;
constexpr std::size_t kBareOutputs = 64;

}  // namespace bench
