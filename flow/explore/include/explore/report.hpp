// SPDX-License-Identifier: Apache-2.0
/// An exploration as Markdown, JSON, CSV and as a page. The same study gives the same bytes however
/// it was run: no times, no order of work.
#pragma once

#include <string>

#include "explore/exploration.hpp"

namespace explore {

/// The front as a table, what became of the other points, what the figures mean.
std::string markdown(const Result& result);
/// All points that were measured, with their figures and complete configs.
std::string json(const Result& result);
/// A line for each of them (RFC 4180, lines end in a line feed): axes, figures, state.
std::string csv(const Result& result);
/// One HTML file that refers to nothing outside: plot, table, parallel coordinates, configs.
std::string html(const Result& result);

/// "measured", "constraint", "dominated", "no figure".
const char* name_of(State state);

}  // namespace explore
