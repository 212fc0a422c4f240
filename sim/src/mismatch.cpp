/// Finds the first conversion that differs, for the report of a mismatch.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "cosim/operands.hpp"
#include "cosim/run.hpp"

namespace cosim {

namespace {

struct Place {
    std::size_t vector = 0, output = 0;
};

Place first_difference(const golden::Matrix& expected, const golden::Matrix& found) {
    for (std::size_t i = 0; i < expected.data.size(); ++i) {
        if (expected.data[i] != found.data[i]) return {i / expected.cols, i % expected.cols};
    }
    return {};
}

/// The first conversion of `log` whose code is not the golden one. A step's conversions come from
/// many ADCs in any order, but steps come one after another.
std::string first_conversion(const std::vector<golden::Conversion>& want,
                             const std::vector<LoggedConversion>& log, std::size_t columns,
                             int planes) {
    for (std::size_t step = 0; step * columns < std::min(want.size(), log.size()); ++step) {
        std::map<std::uint32_t, std::int64_t> codes;
        for (std::size_t i = step * columns; i < std::min((step + 1) * columns, log.size()); ++i) {
            codes[log[i].column] = log[i].code;
        }
        for (std::size_t i = step * columns; i < (step + 1) * columns; ++i) {
            const golden::Conversion& c = want[i];
            const auto code = codes.find(static_cast<std::uint32_t>(c.column));
            if (code != codes.end() && code->second == c.code) continue;
            return fmt::format(
                "first differing conversion: tile {}, group {}, step {}, plane {}, column {}: "
                "golden code {}, rtl code {}\n",
                c.tile, c.group, c.step, c.column % planes, c.column, c.code,
                code == codes.end() ? "none" : std::to_string(code->second));
        }
    }
    if (want.size() != log.size()) {
        return fmt::format("conversions of this vector: golden {}, rtl {}\n", want.size(), log.size());
    }
    return "every code agrees: the difference arises after the ADCs\n";
}

/// Takes an older wave away, so that what stands there afterwards is of this run.
void remove_wave(const std::string& wave) {
    std::error_code absent;
    if (std::filesystem::is_regular_file(wave, absent)) std::filesystem::remove(wave, absent);
}

std::string wave_line(const std::string& wave) {
    std::error_code absent;
    if (std::filesystem::is_regular_file(wave, absent)) {
        return fmt::format("wave of this vector: {}\n", wave);
    }
    return fmt::format("no wave: {} cannot be written\n", wave);
}

}  // namespace

std::string explain_mismatch(const cimrtl::Design& d, const golden::Operands& operands,
                             const golden::Matrix& expected, const golden::Matrix& found,
                             const RtlModel& model, const RtlOptions& rtl_options) {
    const Place place = first_difference(expected, found);
    const std::size_t width = static_cast<std::size_t>(d.config.array.outputs);
    const JobVector only{place.vector, place.output / width, true};
    std::string text = fmt::format("mismatch: vector {}, output {}: golden {}, rtl {}\n",
                                   place.vector, place.output,
                                   expected(place.vector, place.output),
                                   found(place.vector, place.output));
    const auto want = golden::trace(to_spec(d.config), operands, only.vector, only.block);
    RtlOptions options = rtl_options;
    options.progress = false;
    options.reset_after = 0;
    options.log = true;
    options.log_to = want.size();
    options.wave = d.config.name + "_mismatch.fst";
    remove_wave(options.wave);
    const Job job = make_job(d, operands, {.read_back = false, .only = &only});
    RtlModel traced = model;
    if (model.traced) traced.executable = model.traced();
    const RtlAnswer again = run_rtl(traced, job, options);
    const golden::Matrix alone = assemble(job, again, operands);
    if (alone(place.vector, place.output) == expected(place.vector, place.output)) {
        text += "this vector by itself agrees: the difference depends on what came before it\n";
    } else {
        text += first_conversion(want, again.log, static_cast<std::size_t>(d.columns), d.planes);
    }
    return text + wave_line(options.wave);
}

}  // namespace cosim
