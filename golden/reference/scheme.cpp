// SPDX-License-Identifier: Apache-2.0
#include "golden/scheme.hpp"

namespace golden {

std::unique_ptr<Transfer> Scheme::transfer(const Adc& adc, const Operands&) const {
    return std::make_unique<StepTransfer>(adc);
}

std::unique_ptr<Scheme> make_scheme(const Spec& spec) {
    return std::visit([&](const auto& own) { return make_scheme(spec, own); }, spec.own);
}

}  // namespace golden
