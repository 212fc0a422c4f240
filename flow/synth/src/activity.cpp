// SPDX-License-Identifier: Apache-2.0
/// How often a netlist's pins change in a simulation.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>

#include "base/error.hpp"
#include "synth/power.hpp"

namespace fs = std::filesystem;

namespace synth {
namespace {

constexpr std::uint64_t units_per_cycle = 10;

/// A signal of one bit.
struct Signal {
    std::uint64_t toggles = 0, high = 0, since = 0;
    int value = -1;  ///< not seen yet
    void becomes(int next, std::uint64_t now) {
        if (value == 1) high += now - since;
        if (value >= 0 && next != value) ++toggles;
        value = next;
        since = now;
    }
};

/// The path of `words` below the scope `top`, which is at the second level; none outside.
std::optional<std::string> below(const std::vector<std::string>& scopes, const std::string& top) {
    const auto found = std::find(scopes.begin(), scopes.end(), top);
    if (found == scopes.end()) return std::nullopt;
    std::string path;
    for (auto scope = found + 1; scope != scopes.end(); ++scope) path += *scope + "/";
    return path;
}

/// Names by their code in the file.
std::multimap<std::string, std::string> read_header(std::istream& in, const std::string& top) {
    std::multimap<std::string, std::string> names;
    std::vector<std::string> scopes;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string what, kind, width, code, name;
        words >> what;
        if (what == "$enddefinitions") break;
        if (what == "$scope" && words >> kind >> name) scopes.push_back(name);
        if (what == "$upscope" && !scopes.empty()) scopes.pop_back();
        if (what != "$var" || !(words >> kind >> width >> code >> name) || width != "1") continue;
        if (const auto path = below(scopes, top); path && !path->empty())
            names.emplace(code, *path + name);
    }
    return names;
}

}  // namespace

Activity read_activity(const fs::path& vcd, const std::string& top) {
    std::ifstream in(vcd);
    const auto names = read_header(in, top);
    std::map<std::string, Signal, std::less<>> signals;
    for (const auto& [code, name] : names) signals[code];
    std::uint64_t now = 0, first = 0;
    bool begun = false;
    for (std::string line; std::getline(in, line);) {
        if (line.empty()) continue;
        if (line[0] == '#') {
            now = std::stoull(line.substr(1));
            if (!begun) first = now;
            begun = true;
        } else if (line[0] == '0' || line[0] == '1') {
            const auto found = signals.find(std::string_view(line).substr(1));
            if (found != signals.end()) found->second.becomes(line[0] - '0', now);
        }
    }
    Activity activity;
    activity.cycles = (now - first) / units_per_cycle;
    if (activity.cycles == 0 || names.empty())
        throw base::Error(fmt::format("{}: found {} cycles and {} pins; expected waves of {}",
                                      vcd.string(), activity.cycles, names.size(), top));
    const auto time = static_cast<double>(now - first);
    for (auto& [code, signal] : signals) signal.becomes(signal.value, now);
    for (const auto& [code, name] : names) {
        const Signal& s = signals.find(code)->second;
        if (s.value < 0) continue;
        activity.pins[name] = {static_cast<double>(s.toggles) * units_per_cycle / time,
                               static_cast<double>(s.high) / time};
    }
    return activity;
}

}  // namespace synth
