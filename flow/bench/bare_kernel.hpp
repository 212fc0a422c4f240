// SPDX-License-Identifier: Apache-2.0
/// A yardstick for the golden model's fast form: the least that any bit-packed form of one fixed
/// case has to do, without tiling, packing, checks, counts of clipped codes or saturation.
#pragma once

#include <cstddef>

namespace bench {

/// The forms of the kernel, the best one first.
enum class BareForm { avx512, avx2, portable };
/// Does this processor run it?
bool has_form(BareForm form);
/// The best that it runs.
BareForm best_form();

/// Conventional, 8-bit inputs and weights, 128 rows × 64 outputs, ADC of 6 bits at step 2, on
/// random packed planes of `vectors` vectors, once, on one thread. Returns a digest of the outputs,
/// so that no work can be left out.
class BareKernel {
  public:
    explicit BareKernel(std::size_t vectors, BareForm form = best_form());
    ~BareKernel();
    BareKernel(const BareKernel&) = delete;
    BareKernel& operator=(const BareKernel&) = delete;
    long run();

  private:
    struct Data;
    Data* data_;
    BareForm form_;
};

constexpr std::size_t bare_rows = 128;
constexpr std::size_t bare_outputs = 64;

}  // namespace bench
