// SPDX-License-Identifier: Apache-2.0
/// Runs a job on a built simulation.
#include <fmt/format.h>

#include <cstring>

#include "../harness/job_format.h"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "sim/rtl.hpp"

namespace fs = std::filesystem;

namespace sim {

namespace {

class Reader {
  public:
    explicit Reader(std::string bytes) : bytes_(std::move(bytes)) {}
    template <class T>
    T take() {
        T value;
        if (at_ + sizeof(T) > bytes_.size()) {
            throw base::Error("error: the simulation left a truncated answer (disk full?)");
        }
        std::memcpy(&value, bytes_.data() + at_, sizeof(T));
        at_ += sizeof(T);
        return value;
    }
    bool at_end() const { return at_ == bytes_.size(); }

  private:
    std::string bytes_;
    std::size_t at_ = 0;
};

RtlAnswer parse_answer(const fs::path& path, int outputs) {
    Reader in(base::bytes_of(path));
    RtlAnswer answer;
    in.take<std::uint32_t>();
    const std::size_t vectors = in.take<std::uint32_t>();
    const auto width = static_cast<std::size_t>(outputs);
    answer.outputs = {.rows = vectors, .cols = width, .data = {}};
    answer.outputs.data.reserve(vectors * width);
    for (std::size_t v = 0; v < vectors; ++v) {
        for (std::size_t o = 0; o < width; ++o)
            answer.outputs.data.push_back(in.take<std::int64_t>());
        for (std::size_t o = 0; o < width; ++o) answer.flags.push_back(in.take<std::uint8_t>());
    }
    const auto counters = in.take<job::Counters>();
    answer.cycles = counters.cycles;
    answer.conversions = counters.conversions;
    answer.adc_clipped = counters.clipped;
    answer.violations = counters.violations;
    answer.mismatches = counters.mismatches;
    answer.accesses = counters.accesses;
    answer.seconds = counters.seconds;
    answer.words.resize(in.take<std::uint64_t>());
    for (std::uint64_t& word : answer.words) word = in.take<std::uint64_t>();
    return answer;
}

std::vector<LoggedConversion> parse_log(const fs::path& path) {
    Reader in(base::bytes_of(path));
    std::vector<LoggedConversion> log;
    while (!in.at_end()) {
        const auto c = in.take<job::Conversion>();
        log.push_back({c.index, c.value, c.code, c.column});
    }
    return log;
}

std::vector<std::string> arguments(const RtlModel& model, const fs::path& dir,
                                   const RtlOptions& o) {
    std::vector<std::string> argv = {model.executable.string(), (dir / "job").string(),
                                     (dir / "answer").string()};
    const auto add = [&](const std::string& key, const std::string& value) {
        argv.push_back(key);
        argv.push_back(value);
    };
    add("--seed", std::to_string(o.seed));
    add("--stall", std::to_string(o.stall_percent));
    add("--reset-after", std::to_string(o.reset_after));
    add("--keep-from", std::to_string(o.keep_from));
    add("--keep-to", std::to_string(o.keep_to));
    if (o.concurrent) argv.emplace_back("--concurrent");
    if (!o.log.empty()) add("--log", (dir / "log").string());
    for (const ConversionRange& range : o.log) {
        add("--log-from", std::to_string(range.from));
        add("--log-to", std::to_string(range.to));
    }
    if (!o.wave.empty()) add("--wave", fs::absolute(o.wave).string());
    if (o.progress) argv.emplace_back("--progress");
    argv.emplace_back("+verilator+rand+reset+2");
    // Verilator takes seeds of 31 bits, and 0 as "by time".
    argv.push_back(
        fmt::format("+verilator+seed+{}", 1 + (o.reset_seed * 7919 + o.seed) % 0x7ffffffe));
    if (o.random_latency) argv.emplace_back("+cim_random_latency");
    return argv;
}

std::string what_happened(int exit_code) {
    if (exit_code == job::exit_no_progress) return "hangs";
    if (exit_code == job::exit_assertion) return "stopped: an assertion of the RTL failed";
    return fmt::format("failed (exit code {})", exit_code);
}

/// A program that a signal ended may not be what was built.
std::string suspicion(int exit_code, const fs::path& executable) {
    if (exit_code < 128) return "";
    return fmt::format("{}: may be damaged; remove it, and the next run builds it anew\n",
                       executable.string());
}

}  // namespace

RtlAnswer run_rtl(const RtlModel& model, const Job& job, const RtlOptions& options) {
    base::ScratchFolder scratch("cimrtl-run");
    const fs::path& dir = scratch.path();
    scratch.write("job", job.bytes);
    const base::ProcessResult result = base::run_process({.argv = arguments(model, dir, options),
                                                          .cwd = dir,
                                                          .log = dir / "output",
                                                          .keep_stderr = options.progress});
    if (result.exit_code != 0) {
        throw base::Error(fmt::format("error: the simulation {}:\n{}{}{}",
                                      what_happened(result.exit_code),
                                      suspicion(result.exit_code, model.executable),
                                      base::tail_of(dir / "output", 20), scratch.complaint()));
    }
    RtlAnswer answer = parse_answer(dir / "answer", model.outputs);
    if (answer.violations != 0) answer.complaints = base::tail_of(dir / "output", 20);
    if (!options.log.empty()) answer.log = parse_log(dir / "log");
    return answer;
}

}  // namespace sim
