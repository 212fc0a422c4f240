// SPDX-License-Identifier: Apache-2.0
/// How the bench measures and prints: processor time, products on random operands, rows.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "golden/golden.hpp"

namespace bench {

constexpr int run_count = 15;

/// Of the processor, system calls included: what others do on the machine does not count.
double seconds(const std::function<void()>& work);

/// The best of several runs of two works by turns, so that a busy machine slows both.
struct Pair {
    double yardstick = 1e300, subject = 1e300;

    Pair(const std::function<void()>& yardstick_work, const std::function<void()>& subject_work);
};

struct Shape {
    std::size_t vectors, features, outputs;
    double macs() const { return static_cast<double>(vectors * features * outputs); }
    std::string text() const {
        return std::to_string(vectors) + "x" + std::to_string(features) + "x" +
               std::to_string(outputs);
    }
};

/// The first case of all tables.
constexpr Shape plain_shape{4096, 128, 64};

/// Uniform over the ranges of inputs and weights, zebra's over its levels.
golden::Operands random_operands(const golden::Spec& spec, const Shape& shape);

/// One product that is run again and again.
class Product {
  public:
    Product(const golden::Spec& spec, const Shape& shape, bool statistics = true)
        : spec_(spec), operands_(random_operands(spec, shape)), statistics_(statistics) {
        conversions_ =
            static_cast<double>(golden::run_fast(spec, operands_, 1, statistics).conversions);
    }
    void operator()() const {
        static volatile std::int64_t digest = 0;
        digest = digest + golden::run_fast(spec_, operands_, 1, statistics_).outputs.data.back();
    }
    double conversions() const { return conversions_; }
    const golden::Operands& operands() const { return operands_; }

  private:
    golden::Spec spec_;
    golden::Operands operands_;
    bool statistics_;
    double conversions_ = 0;
};

void print_head(const std::string& title, const char* unit, const char* yardstick);
/// Rates of subject and yardstick, and how they compare.
void print_row(const std::string& name, double rate, double yardstick);

}  // namespace bench
