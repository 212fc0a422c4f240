// SPDX-License-Identifier: Apache-2.0
/// Every register of the map, written and read back; of those that are not for this, each that has
/// a value after reset read.
#include <algorithm>
#include <vector>

#include "job_writer.hpp"
#include "sim/job.hpp"

namespace sim {

Job make_register_job(const generator::Design& d, std::mt19937_64& random) {
    struct Register {
        std::int64_t address, value;
    };
    std::vector<Register> all, unwritten;
    for (std::size_t region = 0; region < d.registers.size(); ++region) {
        const generator::RegisterFile& file = d.registers[region];
        if (file.access != generator::RegisterAccess::read_write) {
            for (int entry = 0; file.reset && entry < file.entries; ++entry) {
                unwritten.push_back({generator::register_address(d, region, entry), *file.reset});
            }
            continue;
        }
        for (int entry = 0; entry < file.entries; ++entry) {
            const auto word = static_cast<std::int64_t>(random() >> (64 - file.bits));
            const bool negative = file.is_signed && (word >> (file.bits - 1)) != 0;
            all.push_back({generator::register_address(d, region, entry),
                           negative ? word - (std::int64_t{1} << file.bits) : word});
        }
    }
    JobWriter writer;
    for (const Register& r : all) writer.config(job::config_write, r.address, r.value);
    all.insert(all.end(), unwritten.begin(), unwritten.end());
    std::ranges::shuffle(all, random);
    for (const Register& r : all) writer.expect(d, r.address, r.value);
    return {.bytes = writer.take(), .vectors = {}};
}

}  // namespace sim
