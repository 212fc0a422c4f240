// SPDX-License-Identifier: Apache-2.0
/// The interface behind which a scheme stands, by role. To add a scheme: a folder under
/// `generator/schemes/` that implements these classes, one under `rtl_templates/schemes/`, one
/// under `golden/schemes/`, and a row in each table. docs/how-to/add-a-scheme.md goes through an
/// example.
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
