// SPDX-License-Identifier: Apache-2.0
/// Names that the schemes' parameters refer to.
#pragma once

#include <memory>

namespace golden {
struct Macro;
class Scheme;
namespace fast {
class Engine;
struct Job;
}  // namespace fast
}  // namespace golden
