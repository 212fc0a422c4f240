// SPDX-License-Identifier: Apache-2.0
/// The configuration port: how many words each register file has, and where.
#include "generator/registers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "derive.hpp"
#include "generator/limits.hpp"

namespace generator {

ConfigPort derive_port(const std::vector<RegisterFile>& registers) {
    std::int64_t bits = 0;
    std::string files;
    ConfigPort port;
    port.index_bits = 1;
    for (const auto& file : registers) {
        bits += std::int64_t{file.entries} * file.bits;
        files += fmt::format("{}{}: {} of {} bits", files.empty() ? "" : ", ", file.name,
                             file.entries, file.bits);
        port.index_bits = std::max(port.index_bits, index_bits(region_words(file)));
        if (file.bits > 32) port.data_bits = 64;
    }
    check_register_bits(bits, files);
    port.regions = 1 + static_cast<int>(registers.size());
    port.addr_bits = index_bits(port.regions) + port.index_bits;
    return port;
}

std::int64_t bits_of(const std::vector<FactorMemory>& memories) {
    std::int64_t bits = 0;
    for (const FactorMemory& m : memories) {
        bits += std::int64_t{m.instances} * m.words * m.fields * m.bits;
    }
    return bits;
}

std::vector<FactorMemory> chosen_memories(const Config& config,
                                          std::vector<FactorMemory> possible) {
    const FactorStore store = config.memory.factors;
    const bool large = store == FactorStore::automatic && bits_of(possible) > max_ring_bits;
    if (store != FactorStore::macro && !large) possible.clear();
    return possible;
}

int region_words(const RegisterFile& file) {
    return file.line == 0 ? file.entries : file.entries / file.line * file.line_stride;
}

int region_word(const RegisterFile& file, int entry) {
    if (file.line == 0) return entry;
    return entry / file.line * file.line_stride + entry % file.line;
}

}  // namespace generator
