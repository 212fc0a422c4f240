// SPDX-License-Identifier: Apache-2.0
// A program of a user's own: a config elaborated, a library read, the version printed.
#include <base/version.hpp>
#include <cstdio>
#include <generator/design.hpp>
#include <generator/load.hpp>
#include <golden/golden.hpp>
#include <string>
#include <synth/liberty.hpp>

int main(int, char** argv) {
    const generator::Design design = generator::load_design_file(argv[1], {});
    std::printf("%s %ld %.2f %s\n", design.config.name.c_str(), static_cast<long>(design.columns),
                synth::gate_equivalents().cells.at("NAND2").area,
                std::string(base::version()).c_str());
    return 0;
}
