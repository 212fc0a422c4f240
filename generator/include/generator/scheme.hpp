// SPDX-License-Identifier: Apache-2.0
/// The interface behind which a scheme stands, by role. To add a scheme: a folder under
/// `generator/schemes/` that implements these classes and one row in `generator/sections.hpp`; its
/// blocks under `rtl_templates/`; its golden twin under `golden/`; and what then does not compile:
/// its rows in operands and quantize. docs/architecture.md has the whole list.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "generator/scheme_data.hpp"
#include "generator/scheme_hardware.hpp"
#include "generator/scheme_keys.hpp"

namespace generator {

class Scheme : public SchemeKeys, public SchemeHardware, public SchemeData {};

/// All schemes, in the order of `SchemeSection`.
std::span<const std::unique_ptr<const Scheme>> schemes();
/// Null when there is none of that name.
const Scheme* find_scheme(std::string_view name);
/// The scheme whose section the config has.
const Scheme& scheme_of(const Config& config);

}  // namespace generator
