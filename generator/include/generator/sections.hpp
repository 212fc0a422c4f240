// SPDX-License-Identifier: Apache-2.0
/// The table of the tool's schemes, one row each: the header of its section and its type.
///
/// A scheme is a folder `generator/schemes/<scheme>/` and its row here. The folder's `config.hpp`
/// has `Section`, a plain struct of what the config says, with the scheme's name, and declares its
/// maker. A row whose folder lacks one of them does not build; neither do golden's parameters
/// (operands/src/spec.cpp) or quantize's integers (quantize/src/quantize_rounding.cpp) of a scheme
/// that they do not know.
#pragma once

#include <variant>

#include "generator/schemes/bfp/config.hpp"
#include "generator/schemes/binsparx/config.hpp"
#include "generator/schemes/column_quant/config.hpp"
#include "generator/schemes/conventional/config.hpp"
#include "generator/schemes/zebra/config.hpp"

namespace generator {

/// In the order of the documentation.
using SchemeSection = std::variant<  //
    conventional::Section,           //
    zebra::Section,                  //
    column_quant::Section,           //
    bfp::Section,                    //
    binsparx::Section>;

}  // namespace generator
