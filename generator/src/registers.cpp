// SPDX-License-Identifier: Apache-2.0
/// The configuration port: how many words each register file has, and where.
#include "generator/registers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "derive.hpp"
#include "generator/limits.hpp"

namespace generator {

ConfigPort derive_port(const Config& config, const std::vector<RegisterFile>& registers) {
    std::int64_t bits = 0;
    std::string files;
    ConfigPort port;
    port.index_bits = 1;
    for (const auto& file : registers) {
        const int count = file.registers > 0 ? file.registers : file.entries;
        bits += std::int64_t{count} * file.bits;
        files += fmt::format("{}{}: {} of {} bits", files.empty() ? "" : ", ", file.name, count,
                             file.bits);
        const int words = region_words(file, config.array.banks);
        port.index_bits = std::max(port.index_bits, index_bits(words));
        if (file.bits > 32) port.data_bits = 64;
    }
    check_register_bits(bits, files);
    port.regions = 1 + static_cast<int>(registers.size());
    port.addr_bits = index_bits(port.regions) + port.index_bits;
    return port;
}

int region_words(const RegisterFile& file, int banks) {
    return file.bank_stride == 0 ? file.entries : file.bank_stride * banks;
}

int region_word(const RegisterFile& file, int banks, int entry) {
    if (file.bank_stride == 0) return entry;
    const int per_bank = file.entries / banks;
    return entry / per_bank * file.bank_stride + entry % per_bank;
}

}  // namespace generator
