// SPDX-License-Identifier: Apache-2.0
/// Includes Highway for the instruction sets that are worth a form of their own. A source of
/// kernels includes it in place of foreach_target.h and highway.h, after HWY_TARGET_INCLUDE.
///
/// On x86 these are AVX3_DL (AVX-512 with VPOPCNTDQ and VNNI), AVX2 and SSSE3; a processor without
/// SSSE3 gets the reference form. Left out are SSE4 (its gain over SSSE3 is small), AVX-512 without
/// VPOPCNTDQ (AVX2 serves), Zen 4 and Sapphire Rapids, bits 6 and 4, which Highway 1.0 has no names
/// for (what they add no kernel uses), and elsewhere vectors whose length is not known when
/// compiling: they cannot be elements of arrays.
#if !defined(HWY_DISABLED_TARGETS)
#define HWY_DISABLED_TARGETS                                                            \
    (HWY_SSE4 | HWY_AVX3 | (1LL << 6) | (1LL << 4) | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | \
     HWY_SVE2_128 | HWY_RVV)
#define HWY_WANT_AVX3_DL
#if defined(__x86_64__)
#define HWY_BASELINE_TARGETS HWY_SSSE3
#endif
#endif

#include "hwy/foreach_target.h"  // must come before highway.h
#include "hwy/highway.h"
