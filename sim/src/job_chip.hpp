// SPDX-License-Identifier: Apache-2.0
/// What a job tells the harness of an array that is not ideal.
#pragma once

#include "generator/design.hpp"
#include "golden/golden.hpp"
#include "job_writer.hpp"

namespace sim {

/// What the array is, beside its cells: golden's numbers of the config's chip, or those measured
/// that `operands` hold.
void write_chip(JobWriter& writer, const generator::Design& design,
                const golden::Operands& operands);

}  // namespace sim
