/// Figures as the Markdown tables show them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "measure.hpp"

namespace comparing {

/// 1234567 as "1 234 567".
std::string grouped(std::uint64_t n);
/// One digit after the point; +infinity is "exact".
std::string decibels(double db);

/// µm² of each block that is in some row, a column for each row; largest first, then the whole.
/// Blocks that differ between the rows by less than `least_share` of the largest row are summed up
/// in one line. Empty without areas.
std::string block_table(const std::vector<const Row*>& rows, double least_share = 0);

}  // namespace comparing
