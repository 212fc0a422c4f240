// SPDX-License-Identifier: Apache-2.0
#include "study/work.hpp"

#include <atomic>
#include <mutex>
#include <optional>
#include <thread>

#include "base/error.hpp"
#include "base/interrupt_mark.hpp"
#include "base/wording.hpp"
#include "study/progress.hpp"
#include "study/store.hpp"

namespace study {

namespace {

/// Thrown between two parts of the work.
struct Stopped {};

struct Worker {
    const std::vector<Job>& jobs;
    const Store& store;
    const base::InterruptMark& interrupt;
    Progress& progress;
    std::vector<std::optional<Row>>& done;
    std::vector<std::size_t> open = {};  ///< not in the store
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> stop = false;
    std::mutex mutex = {};
    std::string failure = {};

    void run() {
        for (std::size_t i = next++; i < open.size() && !stop; i = next++) {
            const Job& job = jobs[open[i]];
            try {
                make(job, done[open[i]]);
            } catch (const Stopped&) {
                stop = true;
            } catch (const std::exception& e) {
                stop = true;
                const std::lock_guard lock(mutex);
                // What a signal ended is no failure of the row.
                if (!interrupt.set() && failure.empty())
                    failure = job.row.label + ": " + base::without_word(e.what());
            }
        }
    }

    void make(const Job& job, std::optional<Row>& place) {
        Row row = job.row;
        int begun = 0;
        const Stage stage = [&](std::string_view what) {
            if (stop || interrupt.set()) throw Stopped();
            progress.advance(begun > 0 ? 1 : 0, row.label + ", " + std::string(what));
            ++begun;
        };
        job.measure(stage, row);
        store.keep(job.key, row);
        progress.advance(job.stages - std::max(begun - 1, 0), row.label);
        progress.finish_row();
        place = std::move(row);
    }
};

}  // namespace

Outcome work(const std::vector<Job>& jobs, const WorkOptions& options) {
    const base::InterruptMark interrupt;
    const Store store(options.store);
    std::vector<std::optional<Row>> done(jobs.size());
    std::vector<std::size_t> open;
    int parts = 0;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        Row row = jobs[i].row;
        if (store.find(jobs[i].key, row)) {
            done[i] = std::move(row);
        } else {
            open.push_back(i);
            parts += jobs[i].stages;
        }
    }
    Progress progress(options.progress && !open.empty(), open.size(), parts, options.unit);
    Worker worker{jobs, store, interrupt, progress, done, open};
    {
        std::vector<std::jthread> pool;
        for (unsigned t = 0; t < options.threads && t < open.size(); ++t) {
            pool.emplace_back([&] { worker.run(); });
        }
    }
    Outcome outcome{
        .wanted = jobs.size(), .interrupted = interrupt.set(), .failure = worker.failure};
    for (auto& row : done) {
        if (row) outcome.rows.push_back(std::move(*row));
    }
    return outcome;
}

}  // namespace study
