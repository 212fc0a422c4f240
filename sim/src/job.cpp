#include "cosim/job.hpp"

#include <algorithm>
#include <cstring>
#include <map>

#include "../harness/job_format.h"
#include "cimrtl/scheme.hpp"

namespace cosim {

namespace {

/// Appends operations of job_format.h.
class Writer {
  public:
    Writer() { put(job::magic); }
    void config(job::Kind kind, std::int64_t address, std::int64_t data) {
        put(kind);
        put(static_cast<std::uint32_t>(address));
        put(static_cast<std::uint64_t>(data));
    }
    /// Keeps cells in the file; returns where, for weights().
    std::uint64_t cells(const std::string& cells) {
        put(job::cells);
        put(static_cast<std::uint64_t>(cells.size()));
        bytes_ += cells;
        return bytes_.size() - cells.size();
    }
    void weights(job::Kind kind, std::size_t bank, std::size_t rows, std::uint64_t offset) {
        put(kind);
        put(static_cast<std::uint32_t>(bank));
        put(static_cast<std::uint32_t>(rows));
        put(offset);
    }
    void tile(std::size_t bank, bool first, bool last, std::size_t rows, const std::int64_t* x) {
        put(job::tile);
        put(static_cast<std::uint32_t>(bank));
        put(static_cast<std::uint8_t>(first));
        put(static_cast<std::uint8_t>(last));
        put(static_cast<std::uint32_t>(rows));
        for (std::size_t r = 0; r < rows; ++r) put(static_cast<std::int32_t>(x[r]));
    }
    void chain(std::int32_t source) {
        put(job::chain);
        put(source);
    }
    std::string take() { return std::move(bytes_); }

  private:
    template <class T>
    void put(T value) {
        char raw[sizeof(T)];
        std::memcpy(raw, &value, sizeof(T));
        bytes_.append(raw, sizeof(T));
    }
    std::string bytes_;
};

class Planner {
  public:
    Planner(const cimrtl::Design& design, const golden::Operands& operands,
            const JobOptions& options)
        : d_(design), o_(operands), options_(options), scheme_(*cimrtl::find_scheme(d_.config.scheme)) {
        rows_ = d_.config.array.rows;
        outputs_ = d_.config.array.outputs;
        banks_ = d_.config.array.banks;
        tiles_ = (o_.inputs.cols + rows_ - 1) / rows_;
    }

    Job plan() {
        const std::size_t blocks = (o_.weights.cols + outputs_ - 1) / outputs_;
        for (std::size_t block = 0; block < blocks; ++block) {
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
        load_registers(block);
        if (sets() == 1 || d_.config.accumulator.chain) {
            plan_sets_over_vectors(block);
        } else {
            plan_reload_per_vector(block);
        }
    }

    /// Weights of a set stay while all vectors pass; sets are joined through the chain.
    void plan_sets_over_vectors(std::size_t block) {
        std::vector<std::int32_t> former(o_.inputs.rows, -1);
        for (std::size_t set = 0; set < sets(); ++set) {
            if (set == 1 && d_.config.accumulator.bias) clear_registers();
            load_set(block, set);
            for (std::size_t v = 0; v < o_.inputs.rows; ++v) {
                if (!wanted(v)) continue;
                if (d_.config.accumulator.chain) writer_.chain(former[v]);
                former[v] = static_cast<std::int32_t>(job_.vectors.size());
                send_tiles(v, set, set * banks_, set_end(set));
                job_.vectors.push_back({v, block, set + 1 == sets()});
            }
        }
    }

    void plan_reload_per_vector(std::size_t block) {
        for (std::size_t v = 0; v < o_.inputs.rows; ++v) {
            if (!wanted(v)) continue;
            for (std::size_t set = 0; set < sets(); ++set) {
                load_set(block, set);
                send_tiles(v, set, 0, tiles_);
            }
            job_.vectors.push_back({v, block, true});
        }
    }

    /// `first`..`end`: the tiles of the vector that the macro sees as one.
    void send_tiles(std::size_t v, std::size_t set, std::size_t first, std::size_t end) {
        for (std::size_t k = set * banks_; k < set_end(set); ++k) {
            writer_.tile(k % banks_, k == first, k + 1 == end, present(k),
                         &o_.inputs.data[v * o_.inputs.cols + k * rows_]);
        }
    }

    std::size_t present(std::size_t tile) const {
        return std::min(rows_, o_.inputs.cols - tile * rows_);
    }

    void load_set(std::size_t block, std::size_t set) {
        for (std::size_t k = set * banks_; k < set_end(set); ++k) {
            auto [kept, is_new] = cells_.try_emplace({block, k}, 0);
            if (is_new) kept->second = writer_.cells(tile_cells(block, k));
            writer_.weights(job::weights_write, k % banks_, present(k), kept->second);
            if (options_.read_back) {
                writer_.weights(job::weights_expect, k % banks_, present(k), kept->second);
            }
        }
    }

    /// Outputs past M hold weight 0.
    std::string tile_cells(std::size_t block, std::size_t tile) {
        std::string cells;
        cells.reserve(present(tile) * outputs_ * d_.planes);
        for (std::size_t r = 0; r < present(tile); ++r) {
            for (std::size_t o = 0; o < outputs_; ++o) {
                const std::size_t m = block * outputs_ + o;
                const std::int64_t w = m < o_.weights.cols ? o_.weights(tile * rows_ + r, m) : 0;
                bool clipped = false;
                for (const std::uint32_t cell : scheme_.weight_cells(d_, w, clipped)) {
                    cells.push_back(static_cast<char>(cell));
                }
                job_.weights_clipped += clipped;
            }
        }
        return cells;
    }

    void load_registers(std::size_t block) {
        for (std::size_t i = 0; i < d_.registers.size(); ++i) {
            const auto& file = d_.registers[i];
            for (int e = 0; e < file.entries; ++e) {
                const std::size_t m = block * outputs_ + e;
                write_register(i, e, m < o_.bias.size() ? o_.bias[m] : 0);
            }
        }
    }
    /// A bias counts once: before the second set it is taken away.
    void clear_registers() {
        for (std::size_t i = 0; i < d_.registers.size(); ++i) {
            for (int e = 0; e < d_.registers[i].entries; ++e) write_register(i, e, 0);
        }
    }
    void write_register(std::size_t region, int entry, std::int64_t value) {
        const std::int64_t address =
            (static_cast<std::int64_t>(region + 1) << d_.port.index_bits) + entry;
        writer_.config(job::config_write, address, value);
        if (options_.read_back) {
            const std::int64_t mask =
                d_.port.data_bits == 64 ? -1 : (std::int64_t{1} << d_.port.data_bits) - 1;
            writer_.config(job::config_expect, address, value & mask);
        }
    }

    const cimrtl::Design& d_;
    const golden::Operands& o_;
    JobOptions options_;
    const cimrtl::Scheme& scheme_;
    std::size_t rows_, outputs_, banks_, tiles_;
    Writer writer_;
    std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> cells_;  ///< of block and tile
    Job job_;
};

}  // namespace

Job make_job(const cimrtl::Design& design, const golden::Operands& operands,
             const JobOptions& options) {
    return Planner(design, operands, options).plan();
}

}  // namespace cosim
