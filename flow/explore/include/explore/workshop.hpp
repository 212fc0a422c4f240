// SPDX-License-Identifier: Apache-2.0
/// From a point to the pieces of work that measure it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "explore/space.hpp"
#include "study/measure.hpp"
#include "study/network.hpp"
#include "study/study_file.hpp"
#include "study/work.hpp"

namespace explore {

/// What is run; each is kept as a row of its own.
enum class Part { golden, rtl, area, power, netlist };

/// One row to be made, and how another process names it.
struct Piece {
    study::Job job;
    Part part = Part::golden;
    Index index = 0;
    std::string config;  ///< of an area or a netlist: complete YAML
};

/// A point whose config is valid.
struct Prepared {
    study::Job golden, rtl, power;
    std::string label, series;
    study::Engines engines;
};

class Workshop {
  public:
    /// Reads the layer or the network. The study and the options have to live as long. Throws
    /// base::Error for what is wrong in them.
    Workshop(const study::Study& study, const Space& space, const study::MeasureOptions& options);

    /// None where the config is refused; `reason` gets what was found, its place before it.
    std::optional<Prepared> prepare(Index index, std::string& reason) const;

    Piece golden(Index index, const Prepared& point) const;
    Piece rtl(Index index, const Prepared& point) const;
    /// Of the netlist on the layer.
    Piece power(Index index, const Prepared& point) const;
    /// Of the config that golden was measured with.
    Piece area(Index index, const std::string& config) const;
    Piece netlist(Index index, const std::string& config) const;

    /// One sentence about the data.
    const std::string& subject() const { return subject_; }

  private:
    const Space& space_;
    const study::MeasureOptions& options_;
    std::shared_ptr<const study::Layer> layer_;
    std::optional<study::NetworkCase> network_;
    std::string subject_;
};

}  // namespace explore
