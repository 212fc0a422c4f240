// SPDX-License-Identifier: Apache-2.0
/// The table of the tool's schemes, one row each: the header of its own parameters and their type.
///
/// A scheme is a folder golden/schemes/<scheme> and its row here. The folder has
///     parameters.hpp  `Parameters`, a plain struct with the scheme's name, and the two makers
///     reference*.cpp  make_scheme(): the form that reads like the page
///     fast*.cpp       make_engine(): the fast form, or a null pointer for none
/// A row whose folder lacks one of them does not build, nor does a spec of a scheme without a row.
#pragma once

#include <variant>

#include "golden/schemes/bfp/parameters.hpp"
#include "golden/schemes/binsparx/parameters.hpp"
#include "golden/schemes/column_quant/parameters.hpp"
#include "golden/schemes/conventional/parameters.hpp"
#include "golden/schemes/zebra/parameters.hpp"

namespace golden {

using OwnParameters = std::variant<  //
    conventional::Parameters,        //
    zebra::Parameters,               //
    bfp::Parameters,                 //
    column_quant::Parameters,        //
    binsparx::Parameters>;

}  // namespace golden
