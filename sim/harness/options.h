// SPDX-License-Identifier: Apache-2.0
// Command line of a harness: HARNESS JOB ANSWER [options] [+verilator plusargs].
#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "monitor.h"

struct Options {
    std::string job, answer;
    std::uint64_t seed = 1;
    unsigned stall_percent = 0;     // of every valid and ready that the harness drives
    bool concurrent = false;        // accesses on other ports while tiles stream in
    std::uint64_t reset_after = 0;  // cycles after the first beat; 0: no reset in mid-stream
    std::uint64_t keep_from = 0, keep_to = 0;  // addresses of registers that keep their values in it
    std::string log;                // file for the conversions in these ranges, ascending
    std::vector<ConversionRange> ranges;
    std::string wave;  // FST or VCD of the cycles around those conversions
    bool progress = false;
};

inline bool parse(int argc, char** argv, Options& o) {
    if (argc < 3) return false;
    o.job = argv[1];
    o.answer = argv[2];
    for (int i = 3; i < argc; ++i) {
        if (argv[i][0] == '+') continue;
        if (!std::strcmp(argv[i], "--progress")) {
            o.progress = true;
            continue;
        }
        if (!std::strcmp(argv[i], "--concurrent")) {
            o.concurrent = true;
            continue;
        }
        if (i + 1 >= argc) return false;
        const std::string key = argv[i], value = argv[i + 1];
        ++i;
        if (key == "--seed")
            o.seed = std::strtoull(value.c_str(), nullptr, 10);
        else if (key == "--stall")
            o.stall_percent = static_cast<unsigned>(std::atoi(value.c_str()));
        else if (key == "--reset-after")
            o.reset_after = std::strtoull(value.c_str(), nullptr, 10);
        else if (key == "--keep-from")
            o.keep_from = std::strtoull(value.c_str(), nullptr, 10);
        else if (key == "--keep-to")
            o.keep_to = std::strtoull(value.c_str(), nullptr, 10);
        else if (key == "--log")
            o.log = value;
        else if (key == "--log-from")
            o.ranges.push_back({std::strtoull(value.c_str(), nullptr, 10), 0});
        else if (key == "--log-to" && !o.ranges.empty())
            o.ranges.back().to = std::strtoull(value.c_str(), nullptr, 10);
        else if (key == "--wave")
            o.wave = value;
        else
            return false;
    }
    return true;
}
