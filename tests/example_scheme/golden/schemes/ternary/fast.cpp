// SPDX-License-Identifier: Apache-2.0
#include "golden/fast/analog.hpp"
#include "golden/fast/plane.hpp"

namespace golden::ternary {

std::unique_ptr<fast::Engine> make_engine(const fast::Job& job, const Parameters&) {
    if (job.numbers != nullptr) return fast::make_analog_planes(job);
    return fast::make_plane_engine(dynamic_cast<const PlaneScheme&>(job.scheme), job);
}

}  // namespace golden::ternary
