// SPDX-License-Identifier: Apache-2.0
/// The hand-written module that a scheme chooses for one of its ends, and the numbers it takes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace generator {

/// A parameter of a front or back end. All of them stand in the generated package, once: an entry
/// without a value is one of the numbers that every macro has there (Planes, Banks, ...).
struct ModuleParameter {
    std::string name;
    std::string type;   ///< of SystemVerilog: "int unsigned"
    std::string value;  ///< literal, or an expression of the package's numbers
};

/// A front or back end: module name and the parameters beside those that all ends take.
struct EndModule {
    std::string module;
    std::vector<ModuleParameter> parameters;
};

ModuleParameter shared_parameter(std::string name);
ModuleParameter number_parameter(std::string name, std::int64_t value);
ModuleParameter number_parameter(std::string name, std::string expression);
ModuleParameter flag_parameter(std::string name, bool value);
/// Entries of `bits` each, entry 0 lowest.
ModuleParameter table_parameter(std::string name, const std::vector<int>& entries, int bits);

/// Value of a parameter of that name; empty if there is none.
std::string_view value_of(const EndModule& end, std::string_view name);

struct Derived;

/// Of schemes that drive every step of every group: each step's power of two.
std::vector<ModuleParameter> step_parameters(const Derived& design);
/// Of column planes: each one's power of two and sign.
std::vector<ModuleParameter> plane_parameters(const Derived& design);
/// The back end of schemes whose codes are signed, shifted and added as they come.
EndModule plain_backend(const Derived& design);

}  // namespace generator
