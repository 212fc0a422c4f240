// SPDX-License-Identifier: Apache-2.0
/// What a scheme says about configs: its keys, their rules, and its section of `Config`.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "generator/keys.hpp"
#include "generator/sections.hpp"

namespace generator {

/// Reports a finding on a key of the scheme: (key path, message).
using Report = std::function<void(std::string_view path, std::string message)>;

class SchemeKeys {
  public:
    virtual ~SchemeKeys() = default;

    virtual std::string_view name() const = 0;
    /// One line for `--help` and the README.
    virtual std::string_view summary() const = 0;
    /// The keys that only some schemes take, or that differ between schemes, and this one takes:
    /// `adc.bits`, `input.bits`, its own section, ...
    virtual std::span<const KeySpec> keys() const = 0;
    /// Fills the scheme's derived defaults (keys with `derived`) that are absent and that `values`
    /// decides. `broken` says which keys are absent because of an error: they stay so.
    virtual void complete(Values& values,
                          const std::function<bool(std::string_view path)>& broken) const;
    /// Of a key that other schemes take and this one does not: why, and what to do instead; empty
    /// for most. Ends the message.
    virtual std::string_view refusal(std::string_view path) const;
    /// Rules between keys; every key present is well-formed by itself, a key with an error is
    /// absent.
    virtual void validate(const Values& values, const Report& report) const = 0;
    /// Physical columns per output; only called on values without errors.
    virtual int planes(const Values& values) const = 0;
    /// Makes the scheme's plain struct for `Config::section`.
    virtual SchemeSection section(const Values& values) const = 0;
    /// The inverse of `section`: values of the scheme's own keys, as `to_yaml` writes them.
    virtual Values section_values(const SchemeSection& section) const = 0;
};

/// Every key a config of this scheme may have, in the order of the documentation: section by
/// section, within a section the scheme's own keys first.
std::vector<const KeySpec*> keys_of(const SchemeKeys& scheme);

/// The one of them with this path; null: none.
const KeySpec* key_of(const SchemeKeys& scheme, std::string_view path);

}  // namespace generator
