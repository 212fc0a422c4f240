// SPDX-License-Identifier: Apache-2.0
/// The steps of `elaborate()`: each returns what it derives.
#pragma once

#include <cstdint>
#include <vector>

#include "generator/design.hpp"
#include "generator/scheme.hpp"

namespace generator {

Shape derive_shape(const Config& config, const Plan& plan);
Adc derive_adc(const Config& config, const Plan& plan);
Lane derive_lane(const Config& config, const Plan& plan, const Shape& shape, const Adc& adc);
/// `accumulator.bits: auto` (docs/spec/contract.md), and whether any data can saturate.
Accumulator derive_accumulator(const SchemeHardware& scheme, const Config& config, const Plan& plan,
                               const Adc& adc);
Result derive_result(const Config& config, const Plan& plan, const Accumulator& accumulator,
                     int factor_bits);
/// Throws Error where the output stage's products would need more than 64 bits.
OutputStream derive_output(const Config& config, const Accumulator& accumulator,
                           const Result& result, int factor_bits);
/// The drive coincides with the last precharge cycle: `Overlap` of the generated package.
bool drive_overlaps(const Config& config, std::int64_t conversion_cycles);
Timing derive_timing(const Config& config);
/// The shortest tile drives one group; a whole one may arrive meanwhile, and a vector leave. So one
/// group's time bounds both streams. Weights stay resident in the rate law: one physical column a
/// beat does not slow it.
Streams derive_streams(const Config& config, const Plan& plan, const Shape& shape,
                       const Timing& timing, const OutputStream& output);
/// The port that reaches these files. Throws Error above 2^20 bits in all.
ConfigPort derive_port(const std::vector<RegisterFile>& registers);

}  // namespace generator
