/// The one interface behind which a scheme stands. To add a scheme: a folder under
/// `generator/schemes/` that implements this class, its blocks under `rtl_templates/`, its golden
/// twin under `golden/`, and one row in `schemes.cpp`.
#pragma once

#include <any>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cimrtl/config.hpp"
#include "cimrtl/keys.hpp"

namespace cimrtl {

struct Design;  // design.hpp

/// Reports a finding on a key of the scheme: (key path, message).
using Report = std::function<void(std::string_view path, std::string message)>;

class Scheme {
  public:
    virtual ~Scheme() = default;

    virtual std::string_view name() const = 0;
    /// One line for `--help` and the README.
    virtual std::string_view summary() const = 0;
    /// The keys that only some schemes take, or that differ between schemes, and this one takes:
    /// `adc.bits`, `input.bits`, its own section, ...
    virtual std::span<const KeySpec> keys() const = 0;
    /// Rules between keys; every key present is well-formed by itself, a key with an error is
    /// absent.
    virtual void validate(const Values& values, const Report& report) const = 0;
    /// Physical columns per output; only called on values without errors.
    virtual int planes(const Values& values) const = 0;
    /// Makes the scheme's plain struct for `Config::section`.
    virtual std::any section(const Values& values) const = 0;
    /// The inverse of `section`: values of the scheme's own keys, as `to_yaml` writes them.
    virtual Values section_values(const std::any& section) const = 0;

    /// Fills everything the scheme decides: ranges, factors, widths, its blocks' parameters.
    virtual void elaborate(const Config& config, Design& design) const = 0;
    /// Code of one weight as stored: `design.array.cell_bits` bits per plane, one entry per plane.
    /// Clips as the scheme's code does; `clipped` then becomes true.
    virtual std::vector<std::uint32_t> weight_cells(const Design& design, std::int64_t weight,
                                                    bool& clipped) const = 0;
    /// True if the scheme's code of this input clips it. By default none does.
    virtual bool input_clips(const Design& design, std::int64_t input) const;
    /// Range of integers the scheme's inputs and weights may take (inclusive); outside is an error.
    virtual std::pair<std::int64_t, std::int64_t> input_range(const Config& config) const = 0;
    virtual std::pair<std::int64_t, std::int64_t> weight_range(const Config& config) const = 0;
};

/// All schemes, in the order of the documentation. One row each (schemes.cpp).
std::span<const std::unique_ptr<const Scheme>> schemes();
/// Null when there is none of that name.
const Scheme* find_scheme(std::string_view name);
/// Schemes of the specification that this version does not build (a table beside `schemes`).
std::span<const std::string_view> unbuilt_schemes();
/// Every key a config of this scheme may have, in the order of the documentation: section by
/// section, within a section the scheme's own keys first.
std::vector<const KeySpec*> keys_of(const Scheme& scheme);

}  // namespace cimrtl
