// SPDX-License-Identifier: Apache-2.0
#include "sim/job.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <utility>

#include "generator/scheme.hpp"
#include "golden/steps.hpp"
#include "job_chip.hpp"
#include "job_writer.hpp"
#include "operands/operands.hpp"

namespace sim {

namespace {

class Planner {
  public:
    Planner(const generator::Design& design, const golden::Operands& operands, JobOptions options)
        : d_(design),
          o_(operands),
          options_(std::move(options)),
          scheme_(generator::scheme_of(d_.config)) {
        rows_ = d_.config.array.rows;
        outputs_ = d_.config.array.outputs;
        banks_ = d_.config.array.banks;
        tiles_ = (o_.inputs.cols + rows_ - 1) / rows_;
        blocks_ = (o_.weights.cols + outputs_ - 1) / outputs_;
        const bool partial = o_.weights.cols % outputs_ != 0;
        if (d_.real_array || partial) {
            counts_ = operands::count_steps(d_, o_, options_.settings);
            numbers_ = o_.first_steps;
            if (numbers_.empty()) numbers_ = golden::number_steps(counts_, blocks_, 0);
        }
    }

    Job plan() {
        if (d_.real_array) write_chip(writer_, d_, o_);
        for (std::size_t block = 0; block < blocks_; ++block) {
            if (options_.only && options_.only->block != block) continue;
            plan_block(block);
        }
        job_.bytes = writer_.take();
        return std::move(job_);
    }

  private:
    std::size_t sets() const { return (tiles_ + banks_ - 1) / banks_; }
    std::size_t set_end(std::size_t set) const { return std::min(tiles_, (set + 1) * banks_); }
    bool wanted(std::size_t v) const { return !options_.only || options_.only->vector == v; }

    void plan_block(std::size_t block) {
        now_ = first_settings();
        load_registers(block, true);
        if (sets() == 1 || generator::chain_joins_sets(d_)) {
            plan_sets_over_vectors(block);
        } else {
            plan_reload_per_vector(block);
        }
    }

    /// Weights of a set stay while all vectors pass; sets are joined through the chain.
    void plan_sets_over_vectors(std::size_t block) {
        std::vector<std::int32_t> former(o_.inputs.rows, -1);
        for (std::size_t set = 0; set < sets(); ++set) {
            // A bias counts once: before the second set it is taken away.
            if (set == 1 && d_.config.accumulator.bias) load_registers(block, false);
            load_set(block, set);
            for (std::size_t v = 0; v < o_.inputs.rows; ++v) {
                if (!wanted(v)) continue;
                if (d_.config.accumulator.chain) writer_.chain(former[v]);
                former[v] = static_cast<std::int32_t>(job_.vectors.size());
                number_vector(block, set, v);
                send_tiles(v, set, set * banks_, set_end(set));
                job_.vectors.push_back({v, block, set + 1 == sets()});
            }
        }
    }

    void plan_reload_per_vector(std::size_t block) {
        for (std::size_t v = 0; v < o_.inputs.rows; ++v) {
            if (!wanted(v)) continue;
            if (d_.config.accumulator.chain) writer_.chain(-1);
            number_vector(block, 0, v);
            for (std::size_t set = 0; set < sets(); ++set) {
                load_set(block, set);
                send_tiles(v, set, 0, tiles_);
            }
            job_.vectors.push_back({v, block, true});
        }
    }

    /// Before the first tile of a vector in a set that golden numbers by itself: n goes on from
    /// here, and the block says which columns count. Only written where it does not follow.
    void number_vector(std::size_t block, std::size_t set, std::size_t v) {
        if (numbers_.empty()) return;
        const std::size_t vectors = o_.inputs.rows, sets = counts_.size() / vectors;
        const std::uint64_t n = numbers_[(block * sets + set) * vectors + v];
        const std::size_t used = std::min(outputs_, o_.weights.cols - block * outputs_) *
                                 static_cast<std::size_t>(d_.planes);
        if (sent_ == 0 || n != next_n_ || used != used_) writer_.steps({sent_, n, used});
        const std::uint64_t count = counts_[set * vectors + v];
        sent_ += count;
        next_n_ = n + count;
        used_ = used;
    }

    /// `first`..`end`: the tiles of the vector that the macro sees as one.
    void send_tiles(std::size_t v, std::size_t set, std::size_t first, std::size_t end) {
        for (std::size_t k = set * banks_; k < set_end(set); ++k) {
            if (k == first) use_settings(v);
            writer_.tile(k % banks_, k == first, k + 1 == end, present(k),
                         &o_.inputs.data[v * o_.inputs.cols + k * rows_],
                         [this](std::int64_t x) { return scheme_.input_element(d_, x); });
            if (k == first && k + 1 < end) use_settings(v + 1);
        }
    }

    /// The registers that the settings of a vector decide, if they are not there yet.
    void use_settings(std::size_t v) {
        if (v >= options_.settings.size() || options_.settings[v] == now_) return;
        now_ = options_.settings[v];
        for (std::size_t i = 0; i < d_.registers.size(); ++i) {
            if (const auto value = setting_in(d_.registers[i].name)) write_register(i, 0, *value);
        }
    }
    /// Those of the first vector, which are there before it.
    operands::Settings first_settings() const {
        if (options_.settings.empty()) return operands::default_settings(d_);
        return options_.settings[options_.only ? options_.only->vector : 0];
    }
    /// The setting that a register holds, if it holds one.
    std::optional<std::int64_t> setting_in(std::string_view file) const {
        const auto specs = scheme_.settings();
        for (std::size_t i = 0; i < specs.size(); ++i) {
            if (specs[i].name == file) return now_.at(i);
        }
        return {};
    }

    std::size_t present(std::size_t tile) const {
        return std::min(rows_, o_.inputs.cols - tile * rows_);
    }

    void load_set(std::size_t block, std::size_t set) {
        for (std::size_t k = set * banks_; k < set_end(set); ++k) {
            const std::size_t bank = k % banks_;
            auto [kept, is_new] = cells_.try_emplace({block, k}, 0);
            if (is_new) kept->second = writer_.cells(tile_cells(block, k));
            // Either may come first; it then waits for what is under way.
            if (set % 2 == 0) load_bank_registers(bank, view(block, k));
            const std::size_t rows = options_.fill_absent_rows ? rows_ : present(k);
            writer_.weights(job::weights_write, bank, rows, kept->second);
            if (options_.read_back) writer_.weights(job::weights_expect, bank, rows, kept->second);
            load_columns(block, k);
            if (set % 2 != 0) load_bank_registers(bank, view(block, k));
        }
    }

    /// What the array model needs beside the cells of tile `k`.
    void load_columns(std::size_t block, std::size_t k) {
        const auto words = scheme_.array_parameters(d_, view(block, k));
        if (words.empty()) return;
        auto [kept, is_new] = columns_.try_emplace({block, k}, 0);
        if (is_new) {
            std::string bytes(words.size() * sizeof words[0], '\0');
            std::memcpy(bytes.data(), words.data(), bytes.size());
            kept->second = writer_.cells(bytes);
        }
        writer_.columns(k % banks_, kept->second);
    }

    /// What a scheme sees of tile `k`; `k` = tiles: no rows and the operands of tile 0, for what
    /// belongs to no tile.
    generator::TileView view(std::size_t block, std::size_t k) const {
        const std::size_t first = block * outputs_;
        const std::size_t columns = o_.weights.cols;
        generator::TileView tile;
        tile.rows = k < tiles_ ? present(k) : 0;
        tile.outputs = std::min(outputs_, columns - first);
        tile.weight = [this, k, first](std::size_t r, std::size_t o) {
            return o_.weights(k * rows_ + r, first + o);
        };
        tile.has_operand = [this](std::string_view name) {
            const auto* data = operands::find_operand(o_, name);
            return data && !data->empty();
        };
        tile.operand = [this, k, first, columns](std::string_view name, std::size_t plane,
                                                 std::size_t o) {
            return operand(name, k < tiles_ ? k : 0, plane,
                           first + o < columns ? first + o : columns);
        };
        return tile;
    }
    /// One value; 0 for one past M or one that was not given.
    std::int64_t operand(std::string_view name, std::size_t tile, std::size_t plane,
                         std::size_t m) const {
        const auto* data = operands::find_operand(o_, name);
        if (!data || data->empty()) return 0;
        const std::size_t planes = static_cast<std::size_t>(d_.planes), columns = o_.weights.cols;
        for (const generator::OperandSpec* spec : generator::operands_of(scheme_)) {
            if (spec->name != name) continue;
            if (spec->shape == generator::OperandShape::tile_planes) {
                return (*data)[tile * planes + plane];
            }
            if (m >= columns) return 0;
            const bool by_tile = spec->shape == generator::OperandShape::tile_plane_outputs;
            return (*data)[by_tile ? (tile * planes + plane) * columns + m : m];
        }
        return 0;
    }

    /// Rows past the present ones hold anything, if they are filled at all.
    std::string tile_cells(std::size_t block, std::size_t k) {
        const generator::TileCells tile = scheme_.tile_cells(d_, view(block, k));
        job_.weights_clipped += tile.clipped;
        std::string cells(tile.cells.begin(), tile.cells.end());
        const auto columns = static_cast<std::size_t>(d_.columns);
        while (options_.fill_absent_rows && cells.size() < rows_ * columns) {
            cells.push_back(static_cast<char>(noise_() & ((1U << d_.array.cell_bits) - 1)));
        }
        return cells;
    }

    /// Registers of the macro and of the column block. `start`: false clears the bias.
    void load_registers(std::size_t block, bool start) {
        for (std::size_t i = 0; i < d_.registers.size(); ++i) {
            const auto& file = d_.registers[i];
            if (file.scope == generator::RegisterScope::bank ||
                file.scope == generator::RegisterScope::host || (!start && file.name != "bias"))
                continue;
            if (file.holder == generator::RegisterHolder::common) {
                for (int e = 0; e < file.entries; ++e) {
                    write_register(i, e, start ? common_value(file.name, block, e) : 0);
                }
                continue;
            }
            if (const auto value = setting_in(file.name)) {
                write_register(i, 0, *value);
                continue;
            }
            const auto values = scheme_.register_values(d_, file.name, view(block, tiles_));
            for (int e = 0; e < file.entries; ++e) write_register(i, e, values.at(e));
        }
    }
    /// Value of a register that every scheme may have; 0 for what was not given and past M.
    std::int64_t common_value(std::string_view file, std::size_t block, int entry) const {
        const auto clamp = o_.output.clamp.value_or(generator::output_range(d_.config.output));
        if (file == "zero_point") return o_.output.zero_point;
        if (file == "clamp_low") return clamp.first;
        if (file == "clamp_high") return clamp.second;
        const bool of_adc = file == "adc_correction";
        const auto* values = operands::find_operand(o_, of_adc ? "correction" : file);
        const std::size_t first = of_adc ? 0 : block * outputs_;
        const std::size_t at = first + static_cast<std::size_t>(entry);
        if (file == "multiplier" && at < values->size())
            return (*values)[at] * scheme_.stage_factor(d_, view(block, tiles_));
        if (at < values->size()) return (*values)[at];
        return file == "shift" ? 1 : 0;
    }
    void load_bank_registers(std::size_t bank, const generator::TileView& tile) {
        for (std::size_t i = 0; i < d_.registers.size(); ++i) {
            const auto& file = d_.registers[i];
            if (file.scope != generator::RegisterScope::bank) continue;
            const auto values = scheme_.register_values(d_, file.name, tile);
            const int entries = file.entries / d_.config.array.banks;
            for (int e = 0; e < entries; ++e) {
                write_register(i, static_cast<int>(bank) * entries + e, values.at(e));
            }
        }
    }
    void write_register(std::size_t region, int entry, std::int64_t value) {
        const std::int64_t address = generator::register_address(d_, region, entry);
        writer_.config(job::config_write, address, value);
        if (options_.read_back) writer_.expect(d_, address, value);
    }

    const generator::Design& d_;
    const golden::Operands& o_;
    JobOptions options_;
    const generator::SchemeData& scheme_;
    std::size_t rows_, outputs_, banks_, tiles_, blocks_;
    std::vector<std::uint64_t> counts_;    ///< driven steps, (sets, V)
    std::vector<std::uint64_t> numbers_;   ///< n at which each vector begins, (blocks, sets, V)
    std::uint64_t sent_ = 0, next_n_ = 0;  ///< steps of this job so far; n that follows
    std::size_t used_ = 0;                 ///< columns of the last `steps` operation
    JobWriter writer_;
    std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> cells_;    ///< of block and tile
    std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> columns_;  ///< the same
    std::minstd_rand noise_;
    operands::Settings now_;  ///< in the registers; empty: the config's
    Job job_;
};

}  // namespace

Job make_job(const generator::Design& design, const golden::Operands& operands,
             const JobOptions& options) {
    return Planner(design, operands, options).plan();
}

}  // namespace sim
