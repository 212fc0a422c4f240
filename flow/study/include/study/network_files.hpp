// SPDX-License-Identifier: Apache-2.0
/// The files of a network, and how it is put on macros.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "study/said_file.hpp"

namespace study {

struct NetworkFiles {
    std::string model, data, labels;
    std::size_t chips = 1;             ///< seeds of a row whose array is not ideal
    bool requantize = false;           ///< as `net --requantize`
    std::vector<std::string> digital;  ///< layers in float32
    std::vector<SaidFile> said = {};   ///< those that a study file names
};

}  // namespace study
