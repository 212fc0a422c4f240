// SPDX-License-Identifier: Apache-2.0
#include "explore/slurm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>
#include <thread>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/interrupt_mark.hpp"
#include "base/process.hpp"
#include "study/progress.hpp"
#include "study/store.hpp"

namespace fs = std::filesystem;

namespace explore {

namespace {

constexpr int tries = 2;
/// Of one array, whose tasks count from 0: Slurm refuses numbers from MaxArraySize on, which is
/// 1001 by default.
constexpr std::size_t most_tasks = 1000;
constexpr auto pause = std::chrono::seconds(1);

std::string shell_word(const std::string& text) {
    std::string word = "'";
    for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string{c};
    return word + "'";
}

std::string output_of(std::vector<std::string> argv) {
    base::Command command;
    command.argv = std::move(argv);
    const base::ProcessResult result = base::run_process(command);
    if (result.exit_code == 0) return result.output;
    throw base::Error(fmt::format(
        "error: --slurm: {} failed (exit code {}); expected Slurm to take the tasks. It said:\n{}",
        command.argv.front(), result.exit_code, base::last_lines(result.output, 3)));
}

/// One batch of pieces: its folder is named after them, so that whoever comes back finds it.
class Batch {
  public:
    Batch(const std::vector<Piece>& pieces, const std::string& unit, const SlurmOptions& options)
        : pieces_(pieces),
          options_(options),
          store_(options.store),
          rows_(pieces.size()),
          folder_(options.folder / name_of(pieces)) {
        look();
        const std::size_t open = this->open().size();
        progress_.emplace(options.progress && open > 0, open, int(open), unit + " on Slurm");
    }

    study::Outcome run() {
        if (!open().empty()) write_list();
        wait_for_all();  // what an earlier front end left
        for (int t = 0; t < tries && !open().empty() && !interrupt_.set(); ++t) {
            submit();
            wait_for_all();
        }
        study::Outcome outcome;
        outcome.wanted = pieces_.size();
        outcome.interrupted = interrupt_.set();
        for (const auto& row : rows_) {
            if (row) outcome.rows.push_back(*row);
        }
        if (!open().empty() && !outcome.interrupted) outcome.failure = complaint(open().front());
        return outcome;
    }

  private:
    static std::string name_of(const std::vector<Piece>& pieces) {
        std::string keys;
        for (const Piece& piece : pieces) keys += piece.job.key;
        return base::sha256(keys).substr(0, 16);
    }

    std::vector<std::size_t> open() const {
        std::vector<std::size_t> all;
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            if (!rows_[i]) all.push_back(i);
        }
        return all;
    }

    /// Takes every row that is there.
    void look() {
        for (const std::size_t i : open()) {
            study::Row row = pieces_[i].job.row;
            if (!store_.find(pieces_[i].job.key, row)) continue;
            rows_[i] = std::move(row);
            if (!progress_) continue;
            progress_->advance(1, pieces_[i].job.row.label);
            progress_->finish_row();
        }
    }

    void write_list() const {
        fs::create_directories(folder_);
        nlohmann::json list = nlohmann::json::array();
        for (const Piece& piece : pieces_) {
            list.push_back({{"part", int(piece.part)},
                            {"index", piece.index},
                            {"config", piece.config},
                            {"key", piece.job.key}});
        }
        base::write_file((folder_ / "list.json").string(), list.dump() + "\n");
        std::string line = "exec";
        for (const std::string& word : options_.worker) line += " " + shell_word(word);
        line += " --list " + shell_word((folder_ / "list.json").string());
        base::write_file((folder_ / "task.sh").string(),
                         "#!/bin/sh\n# $1: number of the array's first item\n" + line +
                             " --item \"$(($1 + SLURM_ARRAY_TASK_ID))\"\n");
    }

    static std::size_t first_of_array(std::size_t item) { return item / most_tasks * most_tasks; }
    fs::path log_of(std::size_t first, const std::string& task) const {
        return folder_ / fmt::format("{}_{}.log", first, task);
    }

    /// What is open as arrays; their numbers are kept for those who come later.
    void submit() {
        std::map<std::size_t, std::string> arrays;  // tasks by first item
        for (const std::size_t i : open()) {
            std::string& tasks = arrays[first_of_array(i)];
            tasks += fmt::format("{}{}", tasks.empty() ? "" : ",", i - first_of_array(i));
        }
        for (const auto& [first, tasks] : arrays) {
            std::vector<std::string> words = {"sbatch",
                                              "--parsable",
                                              "--job-name=cimrtl-explore",
                                              "--array=" + tasks,
                                              "--output=" + log_of(first, "%a").string(),
                                              "--open-mode=append"};
            words.insert(words.end(), options_.sbatch.begin(), options_.sbatch.end());
            words.push_back((folder_ / "task.sh").string());
            words.push_back(std::to_string(first));
            std::string said;
            try {
                said = output_of(words);
            } catch (const base::Error&) {
                std::error_code ignored;  // with a job in it, the folder is its
                if (!fs::exists(folder_ / "jobs")) fs::remove_all(folder_, ignored);
                fs::remove(folder_.parent_path(), ignored);  // if it is empty
                throw;
            }
            const std::string id = said.substr(0, said.find_first_of(";\n"));
            base::write_file((folder_ / "jobs").string(),
                             base::bytes_of(folder_ / "jobs") + id + "\n");
        }
    }

    /// Some task of this batch is queued or runs.
    bool any_queued() const {
        const std::string jobs = base::bytes_of(folder_ / "jobs");
        if (jobs.empty()) return false;
        std::string list = jobs;
        std::ranges::replace(list, '\n', ',');
        list.pop_back();
        base::Command command;
        command.argv = {"squeue", "--noheader", "--jobs=" + list, "--format=%i"};
        const base::ProcessResult result = base::run_process(command);
        if (result.exit_code == 0) return !result.output.empty();
        // An old number is none any more; anything else (no answer) is no end of the tasks.
        return result.output.find("Invalid job id") == std::string::npos;
    }

    /// Until nothing of it is queued any more, or every row is there.
    void wait_for_all() {
        while (!interrupt_.set()) {
            const bool queued = any_queued();
            look();
            if (open().empty() || !queued) return;
            std::this_thread::sleep_for(pause);
        }
    }

    std::string complaint(std::size_t i) const {
        const std::size_t first = first_of_array(i);
        const fs::path log = log_of(first, std::to_string(i - first));
        return fmt::format("{}: its task ended {} times without a row; its log: {}\n{}",
                           pieces_[i].job.row.label, tries, log.string(), base::tail_of(log, 5));
    }

    const std::vector<Piece>& pieces_;
    const SlurmOptions& options_;
    base::InterruptMark interrupt_;
    study::Store store_;
    std::vector<std::optional<study::Row>> rows_;
    fs::path folder_;
    std::optional<study::Progress> progress_;
};

}  // namespace

study::Outcome run_on_slurm(const std::vector<Piece>& pieces, const std::string& unit,
                            const SlurmOptions& options) {
    if (pieces.empty()) return {};
    return Batch(pieces, unit, options).run();
}

Piece read_piece(const fs::path& list, std::size_t item, const Workshop& workshop) {
    const auto all = nlohmann::json::parse(base::bytes_of(list), nullptr, false);
    if (!all.is_array() || item >= all.size())
        throw base::Error(fmt::format("{}: error: found no item {}", list.string(), item));
    const auto& one = all[item];
    const auto part = Part(one.at("part").get<int>());
    const auto index = one.at("index").get<Index>();
    const auto config = one.at("config").get<std::string>();
    std::optional<Piece> piece;
    if (part == Part::area) piece = workshop.area(index, config);
    if (part == Part::netlist) piece = workshop.netlist(index, config);
    if (!piece) {
        std::string reason;
        const auto point = workshop.prepare(index, reason);
        if (!point) throw base::Error(reason);
        piece = part == Part::rtl     ? workshop.rtl(index, *point)
                : part == Part::power ? workshop.power(index, *point)
                                      : workshop.golden(index, *point);
    }
    if (piece->job.key == one.at("key").get<std::string>()) return *piece;
    throw base::Error(
        fmt::format("{}: error: item {} is of another study or another build of this program",
                    list.string(), item));
}

}  // namespace explore
