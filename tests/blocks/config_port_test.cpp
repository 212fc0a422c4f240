// SPDX-License-Identifier: Apache-2.0
/// cim_config_port. State: one read in flight, and whether an access waited in the former cycle
/// (and for what); the rest follows from the inputs. Every address of every region, the regions
/// that are not there included, one region to four; files that wait for vectors, for tiles and for
/// nothing, with and without waiting reads, ready at once and at random; random accesses while
/// vectors run and not, words of the files at random, a reset with a read in flight. Expected from
/// the address map: division by the words of a region.
#include "Vtb_config_port.h"
#include "bench.hpp"

namespace {

struct Variant {
    unsigned data_bits, index_bits, regions, id_words;
    unsigned vector_wait, tile_wait, read_wait;  // a bit per file
};
constexpr Variant variants[] = {
    {32, 2, 1, 2, 0, 0, 0}, {32, 3, 2, 2, 1, 0, 0}, {64, 4, 4, 3, 1, 2, 2}, {32, 1, 3, 1, 2, 1, 2}};

class Trial {
  public:
    Trial(bench::Bench<Vtb_config_port>& dut, unsigned n)
        : dut_(dut), n_(n), v_(variants[n]), random_(700 + n) {}

    void cycle() {
        const unsigned files = std::max(v_.regions - 1, 1u);
        const unsigned addr_bits = v_.index_bits + bench::index_bits(v_.regions);
        const bool valid = random_.chance(80), vector_quiet = random_.chance(50),
                   tile_quiet = random_.chance(50), write = random_.chance(50);
        const std::uint64_t addr = random_.bits(addr_bits), data = random_.bits(v_.data_bits);
        std::vector<std::uint64_t> words(files);
        bench::Put in = dut_.in(n_);
        const std::uint64_t files_ready = random_.chance(50) ? ~std::uint64_t{0} : random_.bits(64);
        in(valid, 1)(vector_quiet, 1)(tile_quiet, 1)(write, 1)(addr, addr_bits)(data, v_.data_bits)(
            files_ready, files);
        for (auto& word : words) in(word = random_.bits(v_.data_bits), v_.data_bits);
        dut_.settle();

        const std::uint64_t region = addr >> v_.index_bits;
        const unsigned file = region > 0 && region < v_.regions ? 1u << (region - 1) : 0;
        const bool asks = write || (v_.read_wait & file);
        const bool for_vector = asks && (v_.vector_wait & file);
        const bool for_tile = asks && (v_.tile_wait & file);
        const bool barred = for_vector ? !(block_vector_ && vector_quiet)
                                       : for_tile && !(block_tile_ && tile_quiet);
        const bool waits = barred || (file != 0 && !(files_ready & file));
        bench::Get out = dut_.out(n_);
        bench::same(out.flag(), !waits, "ready", n_, addr, write, vector_quiet, tile_quiet);
        bench::same(out.flag(), block_vector_, "block vector", n_, addr);
        bench::same(out.flag(), block_tile_, "block tile", n_, addr);
        const bool rvalid = out.flag();
        const std::uint64_t rdata = out(v_.data_bits);
        bench::same(rvalid, read_in_flight_, "read valid", n_);
        if (read_in_flight_) bench::same(rdata, read_data_, "read data", n_, read_addr_);
        for (unsigned f = 0; f < files; ++f) {
            const bool expected =
                valid && write && !waits && region == f + 1 && region < v_.regions;
            bench::same(out.flag(), expected, "file write", n_, f, addr);
        }
        for (unsigned f = 0; f < files; ++f) {
            bench::same(out.flag(), valid && !barred && file == 1u << f, "file access", n_, f,
                        addr);
        }
        bench::same(out(v_.index_bits), addr % (1u << v_.index_bits), "file index", n_, addr);
        bench::same(out(v_.data_bits), data, "file data", n_);

        read_in_flight_ = valid && !write && !waits;
        block_vector_ = valid && for_vector;
        block_tile_ = valid && for_tile;
        read_addr_ = addr;
        const bool is_id = addr < v_.id_words && region == 0;
        read_data_ = is_id                               ? 0xC0DE0001 + addr * 0x01010101
                     : region > 0 && region < v_.regions ? words[region - 1]
                                                         : 0;
        dut_.clock();
    }

    void reset() {
        dut_.in(n_)(0, 1);
        dut_.reset();
        read_in_flight_ = block_vector_ = block_tile_ = false;
    }

  private:
    bench::Bench<Vtb_config_port>& dut_;
    unsigned n_;
    Variant v_;
    bench::Random random_;
    bool read_in_flight_ = false, block_vector_ = false, block_tile_ = false;
    std::uint64_t read_data_ = 0, read_addr_ = 0;
};

}  // namespace

TEST_CASE("config port: reads and writes by address", "[config_port]") {
    bench::Bench<Vtb_config_port> dut;
    for (unsigned n = 0; n < std::size(variants); ++n) {
        Trial trial(dut, n);
        for (int round = 0; round < 10; ++round) {
            trial.reset();
            for (int i = 0; i < 400; ++i) trial.cycle();
        }
    }
}
