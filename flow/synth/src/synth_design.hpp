// SPDX-License-Identifier: Apache-2.0
/// What both ways of summing a design need.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "synth/synth.hpp"

namespace synth {

/// A design as Yosys counts it, and the library that it is mapped to (null: not mapped).
class Mapped {
  public:
    Mapped(const SynthJob& job, const DesignStat& design, const Library* library)
        : job_(job), design_(design), library_(library) {}

    /// Instances of each module below (and with) the top.
    std::map<std::string, long> instances() const;
    bool is_black_box(const std::string& type) const { return job_.black_boxes.contains(type); }
    bool is_flop(const std::string& type) const;
    /// Area of one leaf cell; throws for one that the library (or Yosys) does not have.
    double area_of(const std::string& type, const std::string& module) const;

  private:
    void add(const std::string& module, long times, int depth,
             std::map<std::string, long>& count) const;

    const SynthJob& job_;
    const DesignStat& design_;
    const Library* library_;
};

/// Adds the flip-flops before mapping that `module` has, `times` over, to the block by their
/// resets.
void count_resets(const ModuleStat& module, long times, BlockArea& block);

/// A report with what the job says.
AreaReport report_of(const SynthJob& job, const Library* library);

/// Throws base::Error if one of the job's black boxes has contents in `tree` or is not in `found`.
void require_black_boxes(const SynthJob& job, const DesignStat& tree,
                         const std::map<std::string, long>& found);

/// Sets the areas of the whole and of the blocks, in the library's unit, and sorts the blocks by
/// descending area, then cells.
void set_areas(const Library& library, double whole, const std::vector<double>& areas,
               AreaReport& report);

/// The sums must be those that Yosys forms by itself, for the hierarchy or for the module `top`
/// alone; `area` in the library's unit.
void compare_totals(const AreaReport& report, double area, const DesignStat& design,
                    const std::string& top);

}  // namespace synth
