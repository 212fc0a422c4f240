// SPDX-License-Identifier: Apache-2.0
#include "golden/fast/targets.hpp"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "golden/fast/targets.cpp"
#include "golden/fast/highway.hpp"
//
#include "golden/fast/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace golden::fast::HWY_NAMESPACE {
namespace {

std::size_t lanes() { return lane_count; }
std::int64_t target() { return HWY_TARGET; }

}  // namespace
}  // namespace golden::fast::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "golden/spec.hpp"

namespace golden::fast {

HWY_EXPORT(lanes);
HWY_EXPORT(target);

std::size_t lane_count() { return HWY_DYNAMIC_DISPATCH(lanes)(); }

std::vector<std::string> instruction_sets() {
    std::vector<std::string> names;
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets())
        names.emplace_back(hwy::TargetName(target));
    return names;
}

bool has_instruction_set() { return (hwy::SupportedTargets() & HWY_TARGETS) != 0; }

std::string instruction_set() { return hwy::TargetName(HWY_DYNAMIC_DISPATCH(target)()); }

void force_instruction_set(const std::string& name) {
    hwy::SetSupportedTargetsForTest(0);
    if (name.empty()) return;
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
        if (name == hwy::TargetName(target)) return hwy::SetSupportedTargetsForTest(target);
    }
    throw Error("golden: this processor lacks the instruction set " + name);
}

}  // namespace golden::fast
#endif
