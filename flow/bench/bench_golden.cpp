// SPDX-License-Identifier: Apache-2.0
// Speed of the golden model's fast form, each scheme beside a yardstick in the same run. A figure
// is the best of several runs on one thread; run_fast is timed as users call it: packing, checks,
// counts and the allocation of the result included. One MAC is one element of X times one of W,
// whatever its bits; one conversion is one ADC result of an output that is used.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>

#include "bare_kernel.hpp"
#include "golden/fast/targets.hpp"
#include "schemes.hpp"

namespace {

using bench::plain_shape;
using bench::print_head;
using bench::Shape;

/// A part of the table, by the name that may be given on the command line.
struct Part {
    const char* name;
    std::function<void()> run;
};

const Part part_count[] = {
    {"planes", bench::bench_planes},
    {"analog", bench::bench_analog},
    {"bfp",
     [] {
         for (const Shape& shape : {plain_shape, Shape{512, 1152, 256}}) {
             bench::bench_bfp(shape);
             bench::bench_bfp_product(shape);
         }
     }},
    {"column_quant",
     [] {
         for (const Shape& shape : {plain_shape, Shape{512, 1152, 256}}) {
             print_head("column_quant, 128x64, ADC 5 bits: " + shape.text(), "dots/s", "int8");
             bench::bench_column_quant(shape, 1, 8);
             bench::bench_column_quant(shape, 2, 4);
             bench::bench_column_quant(shape, 4, 8);
         }
     }},
    {"binsparx",
     [] {
         bench::bench_binsparx({4096, 512, 64});
         bench::bench_binsparx({2048, 1024, 1024});
         bench::bench_binsparx({2048, 4096, 2048});
     }},
};

/// All parts, or the one of that name.
void run(const std::string& only) {
    const auto wanted = [&](const Part& part) { return only.empty() || only == part.name; };
    if (std::none_of(std::begin(part_count), std::end(part_count), wanted)) {
        std::string names;
        for (const Part& part : part_count) names += std::string(" ") + part.name;
        throw std::runtime_error("no part " + only + "; there are:" + names);
    }
    if (bench::best_form() != bench::BareForm::avx512)
        std::printf(
            "This processor has no AVX-512 VPOPCNTDQ: the yardsticks of bytes and bits are their portable forms.\n");
    std::printf("Fast form: %s, one thread. Best of %d runs.\n",
                golden::fast::instruction_set().c_str(), bench::run_count);
    for (const Part& part : part_count) {
        if (wanted(part)) part.run();
    }
}

}  // namespace

int main(int argc, char** argv) try {
    run(argc > 1 ? argv[1] : "");
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "bench_golden: %s\n", error.what());
    return 1;
}
