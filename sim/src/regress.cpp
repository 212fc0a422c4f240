// SPDX-License-Identifier: Apache-2.0
#include "sim/regress.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/streams.hpp"
#include "operands/operands.hpp"
#include "operands/settings.hpp"
#include "sim/run.hpp"
#include "stimulus.hpp"

namespace sim {

namespace {

/// One job on the model and how it is run.
struct Trial {
    std::string name;
    Shape shape;
    bool corners = false;
    bool read_back = false;
    bool check_rate = false;
    RtlOptions rtl;
    bool change_settings = false;  ///< from vector to vector
};

constexpr unsigned stall_percent = 30;
constexpr int reset_seeds = 10;
constexpr std::string_view error_prefix = "error: ";

class Regression {
  public:
    Regression(const generator::Design& d, const RtlModel& model, const RegressOptions& options)
        : d_(d), model_(model), options_(options), random_(options.seed) {}

    RegressResult run() {
        if (!d_.registers.empty()) {
            result_.failure = attempt([this] { return run_registers(); });
            if (!result_.failure.empty()) return std::move(result_);
        }
        for (Trial& trial : plan()) {
            trial.rtl.seed = options_.seed + result_.trials;
            result_.failure = attempt([&] { return run(trial); });
            ++result_.trials;
            if (!result_.failure.empty()) {
                result_.failure = fmt::format("trial {} ({}), --seed {}: {}", result_.trials,
                                              trial.name, options_.seed, result_.failure);
                break;
            }
        }
        return std::move(result_);
    }

  private:
    std::size_t rows() const { return static_cast<std::size_t>(d_.config.array.rows); }
    std::size_t outputs() const { return static_cast<std::size_t>(d_.config.array.outputs); }
    /// Tiles of the trials with several: one more than the banks if that is cheap, to reload.
    std::size_t several_tiles() const {
        const auto most = static_cast<std::size_t>(d_.config.accumulator.max_tiles);
        const auto banks = static_cast<std::size_t>(d_.config.array.banks);
        return std::min(most, banks <= 4 ? banks + 1 : std::size_t{3});
    }

    /// Rows of a partial tile, at least half of them.
    std::size_t ragged() {
        return rows() > 1 ? rows() - 1 - random_() % std::max<std::size_t>(1, rows() / 2) : 1;
    }

    std::vector<Trial> plan() {
        const std::size_t n = options_.vectors;
        const std::size_t resident =
            std::min(several_tiles(), static_cast<std::size_t>(d_.config.array.banks));
        const Shape one{std::max<std::size_t>(n, 8), rows(), outputs()};
        const Shape tiles{std::max<std::size_t>(n / 2, 2),
                          rows() * (several_tiles() - 1) + ragged(), outputs()};
        const Shape blocks{std::max<std::size_t>(n / 4, 2), ragged(),
                           outputs() + std::max<std::size_t>(1, outputs() / 2)};
        const Shape short_vectors{std::max<std::size_t>(n / 2, 8), ragged(), outputs()};
        const Shape fewer_tiles{std::max<std::size_t>(n / 4, 4), tiles.features, outputs()};
        const Shape brief{4, std::min(rows() + ragged(), rows() * several_tiles()), outputs()};
        RtlOptions stalls;
        stalls.stall_percent = stall_percent;
        stalls.random_latency = true;
        RtlOptions beside = stalls, beside_only;
        beside.concurrent = beside_only.concurrent = true;
        std::vector<Trial> trials = {
            {"corners, read-back", one, true, true, false, {}},
            {"back to back", {one.vectors, rows() * resident, outputs()}, false, false, true, {}},
            {"partial tile, back to back",
             {one.vectors, ragged(), outputs()},
             false,
             false,
             true,
             {}},
            {"stalls on every handshake", one, false, true, false, stalls},
            {"several tiles, stalls", tiles, false, false, false, stalls},
            {"column blocks, stalls", blocks, true, false, false, stalls},
            {"accesses beside the streams, stalls", fewer_tiles, false, false, false, beside},
            {"accesses beside the streams", short_vectors, false, false, false, beside_only},
        };
        for (int i = 0; i < 3; ++i) {
            RtlOptions reset = i == 0 ? RtlOptions{} : i == 1 ? stalls : beside;
            reset.reset_after =
                1 + random_() % static_cast<std::uint64_t>(
                                    std::int64_t{4} * d_.steps * d_.groups * d_.step_cycles + 8);
            // Registers in memories lose nothing; the scheme's first files are theirs.
            if (const auto files = d_.memories.size(); files > 0) {
                reset.keep_from = std::uint64_t{1} << d_.port.index_bits;
                reset.keep_to = (files + 1) << d_.port.index_bits;
            }
            trials.push_back({"reset in the middle", brief, false, false, false, reset});
        }
        if (!generator::scheme_of(d_.config).settings().empty()) {
            const Shape many{one.vectors, rows() * (resident - 1) + ragged(), outputs()};
            trials.push_back(
                {"settings change between vectors", short_vectors, false, false, false, {}, true});
            trials.push_back({"settings change between vectors, stalls", many, false, true, false,
                              stalls, true});
        }
        for (int i = 0; i < reset_seeds; ++i) {
            RtlOptions seeds;
            seeds.reset_seed = static_cast<std::uint64_t>(i) + 2;
            trials.push_back({"undefined flip-flops",
                              {3, ragged(), outputs()},
                              i % 2 == 0,
                              false,
                              false,
                              seeds});
        }
        return trials;
    }

    /// A simulation that hangs or stops is a failure of its trial.
    template <class Work>
    static std::string attempt(Work&& work) {
        try {
            return work();
        } catch (const base::Error& stopped) {
            std::string what = stopped.what();
            if (what.starts_with(error_prefix)) what.erase(0, error_prefix.size());
            return what;
        }
    }

    /// Registers alone: what the map lists is there, each by itself.
    std::string run_registers() {
        std::mt19937_64 random(options_.seed);  // of its own: trials keep their data
        const Job job = make_register_job(d_, random);
        const RtlAnswer answer = run_rtl(model_, job, {});
        if (answer.mismatches == 0) return {};
        return fmt::format("{} registers of the map, written and read back, differ",
                           answer.mismatches);
    }

    std::string run(const Trial& trial) {
        if (options_.progress)
            base::print_error(fmt::format("\r\033[Ktrial {}: {}", result_.trials + 1, trial.name));
        const golden::Operands o = make_operands(d_, trial.shape, trial.corners, random_);
        JobOptions how{.read_back = trial.read_back,
                       .fill_absent_rows = result_.trials % 2 == 1};  // every other trial
        how.settings =
            operands::draw_settings(d_, trial.shape.vectors, trial.change_settings, random_);
        const golden::Result want = operands::run_golden(d_, o, how.settings);
        const Job job = make_job(d_, o, how);
        const RtlAnswer answer = run_rtl(model_, job, trial.rtl);
        if (options_.progress) base::print_error("\r\033[K");
        result_.vectors += o.inputs.rows;
        result_.outputs += want.outputs.data.size();
        result_.conversions += answer.conversions;
        if (answer.violations != 0) {
            return "the periphery broke a rule of the array port:\n" + answer.complaints;
        }
        if (answer.mismatches != 0) {
            return fmt::format(
                "{} words read back differ, answers belong to no read, last-beat marks are "
                "wrong, or waiting accesses are passed by",
                answer.mismatches);
        }
        const golden::Matrix found = assemble(job, answer, o);
        if (found.data != want.outputs.data) {
            return explain_mismatch(d_, o, want.outputs, found, model_, trial.rtl, how);
        }
        if (saturated_vectors(job, answer, o) != want.saturated)
            return "the saturation flags differ from golden";
        if (answer.conversions != want.conversions) {
            return fmt::format("conversions: golden {}, rtl {}", want.conversions,
                               answer.conversions);
        }
        return trial.check_rate ? check_rate(trial, o, how.settings, answer) : std::string();
    }

    /// What a run took, and what the rate law (docs/spec/contract.md) grants it; the steps driven
    /// follow from the conversions.
    struct Rate {
        std::int64_t cycles = 0, steps = 0, limit = 0;
    };
    Rate rate_of(const RtlAnswer& answer, const golden::Operands& o) const {
        Rate r{static_cast<std::int64_t>(answer.cycles),
               static_cast<std::int64_t>(answer.conversions) / d_.columns, 0};
        const std::size_t tiles = (o.inputs.cols + rows() - 1) / rows();
        r.limit = generator::rate_bound(d_, r.steps, static_cast<std::int64_t>(o.inputs.rows),
                                        static_cast<std::int64_t>(tiles));
        return r;
    }

    /// The rate law in whole, and in what most of the vectors add to the first few, where fill and
    /// grace cancel: there one idle cycle a step is too many (from three steps a tile on).
    std::string check_rate(const Trial& trial, golden::Operands o,
                           std::vector<operands::Settings> settings, const RtlAnswer& answer) {
        const Rate all = rate_of(answer, o);
        if (result_.cycles == 0) {
            result_.cycles = answer.cycles;
            result_.rate_limit = static_cast<std::uint64_t>(all.limit);
        }
        if (all.cycles > all.limit) {
            return fmt::format("rate law: {} cycles for {} steps; expected at most {}", all.cycles,
                               all.steps, all.limit);
        }
        const std::size_t vectors = o.inputs.rows;
        o.inputs.rows = std::max<std::size_t>(2, vectors / 4);
        o.inputs.data.resize(o.inputs.rows * o.inputs.cols);
        if (!settings.empty()) settings.resize(o.inputs.rows);
        const Job job = make_job(d_, o, {.settings = settings});
        const Rate few = rate_of(run_rtl(model_, job, trial.rtl), o);
        const std::int64_t spent = all.cycles - few.cycles, granted = all.limit - few.limit;
        if (spent <= granted) return {};
        return fmt::format(
            "rate law: {} more vectors take {} more cycles for {} more steps of {}; "
            "expected at most {}",
            vectors - o.inputs.rows, spent, all.steps - few.steps, d_.step_cycles, granted);
    }

    const generator::Design& d_;
    const RtlModel& model_;
    const RegressOptions& options_;
    std::mt19937_64 random_;
    RegressResult result_;
};

}  // namespace

RegressResult regress(const generator::Design& design, const RtlModel& model,
                      const RegressOptions& options) {
    return Regression(design, model, options).run();
}

}  // namespace sim
