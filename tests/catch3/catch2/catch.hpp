// SPDX-License-Identifier: Apache-2.0
/// Catch2 3 (Debian 13) under the name and with the names of Catch2 2 (Debian 12), for the tests of
/// this project. tests/CMakeLists.txt puts this folder into the include path where version 3 is
/// installed; with version 2 the library's own <catch2/catch.hpp> is found.
#pragma once

#include <catch2/catch_approx.hpp>
#include <catch2/catch_message.hpp>
#include <catch2/catch_session.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/catch_tostring.hpp>
#include <catch2/generators/catch_generators_all.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

// What the header of version 2 brings along, and a test may have forgotten to include itself.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace Catch {
namespace Matchers {

/// Version 3 calls it ContainsSubstring; its own Contains, of ranges, is not included here.
inline StringContainsMatcher Contains(const std::string& part,
                                      CaseSensitive sensitivity = CaseSensitive::Yes) {
    return ContainsSubstring(part, sensitivity);
}

}  // namespace Matchers

using Matchers::Contains;
using Matchers::EndsWith;
using Matchers::Equals;
using Matchers::StartsWith;

}  // namespace Catch

using Catch::Approx;

#if defined(CATCH_CONFIG_MAIN)
int main(int argc, char** argv) { return Catch::Session().run(argc, argv); }
#endif
