// SPDX-License-Identifier: Apache-2.0
/// How much each energy of a cell counts, and what they sum to.
#include <algorithm>
#include <cctype>
#include <numeric>
#include <optional>

#include "boolean.hpp"
#include "energies.hpp"

namespace synth {
namespace {

using Pins = std::map<std::string, PinState>;

/// The segment of `axis` that holds x, the outermost one beyond the ends, and x's place in it.
std::pair<std::size_t, double> place(const std::vector<double>& axis, double x) {
    if (axis.size() < 2) return {0, 0};
    const auto above = std::upper_bound(axis.begin() + 1, axis.end() - 1, x);
    const auto i = static_cast<std::size_t>(above - axis.begin()) - 1;
    return {i, (x - axis[i]) / (axis[i + 1] - axis[i])};
}

void names_of(const Boolean& e, std::set<std::string>& names) {
    if (e.op == Boolean::Op::name) names.insert(e.name);
    for (const Boolean& operand : e.operands) names_of(operand, names);
}

/// Whether the name is a flip-flop's state (false) or its inverse (true); none for anything else.
std::optional<bool> inverted(const CellEnergies& cell, const std::string& name) {
    if (cell.q.empty()) return std::nullopt;
    const auto function = cell.functions.find(name);
    const std::string& what = function == cell.functions.end() ? name : function->second;
    if (what == cell.q) return false;
    if (what == cell.qn) return true;
    return std::nullopt;
}

/// With the state as a pin of its own, and outputs that drive nothing as it says.
Pins with_state(const CellEnergies& cell, Pins pins) {
    std::optional<PinState> state;
    for (const auto& [name, pin] : pins) {
        const auto inverse = inverted(cell, name);
        if (!inverse || !pin.connected) continue;
        state = pin;
        if (*inverse) state->high = 1 - pin.high;
    }
    if (!state) return pins;
    for (auto& [name, pin] : pins) {
        const auto inverse = inverted(cell, name);
        if (!inverse || pin.connected) continue;
        pin.toggles = state->toggles;
        pin.high = *inverse ? 1 - state->high : state->high;
    }
    pins[cell.q] = *state;
    return pins;
}

/// The probability that `holds` is true of the values of `names`, each for itself.
template <class Holds>
double probability(const CellEnergies& cell, const std::set<std::string>& names, const Pins& pins,
                   Holds holds) {
    std::set<std::string> free;
    for (const std::string& name : names) free.insert(inverted(cell, name) ? cell.q : name);
    double sum = 0;
    for (unsigned row = 0; row < 1U << free.size(); ++row) {
        std::map<std::string, bool> values;
        double p = 1;
        for (unsigned bits = row; const std::string& name : free) {
            const auto pin = pins.find(name);
            const double high = pin == pins.end() ? 0.5 : pin->second.high;
            values[name] = (bits & 1U) != 0;
            p *= (bits & 1U) != 0 ? high : 1 - high;
            bits >>= 1;
        }
        for (const std::string& name : names)
            if (const auto inverse = inverted(cell, name))
                values[name] = values[cell.q] != *inverse;
        if (p > 0 && holds(values)) sum += p;
    }
    return sum;
}

/// Any word of the text may be a name: a `when` may name the flip-flop's inside.
Boolean parse(const std::string& text) {
    std::set<std::string> known;
    std::string word;
    for (const char c : text + " ") {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '[' || c == ']') {
            word += c;
        } else if (!word.empty()) {
            known.insert(word);
            word.clear();
        }
    }
    return parse_boolean(text, known, "power table");
}

double holds(const CellEnergies& cell, const std::string& when, const Pins& pins) {
    const Boolean e = parse(when);
    std::set<std::string> names;
    names_of(e, names);
    return probability(cell, names, pins, [&](const auto& values) { return evaluate(e, values); });
}

/// That the function is another one when `pin` is.
double follows(const CellEnergies& cell, const std::string& function, const std::string& pin,
               const Pins& pins) {
    const Boolean e = parse(function);
    std::set<std::string> names;
    names_of(e, names);
    if (names.erase(pin) == 0) return 1;  // a clock: Q's function is the state
    return probability(cell, names, pins, [&](std::map<std::string, bool> values) {
        values[pin] = false;
        const bool low = evaluate(e, values);
        values[pin] = true;
        return evaluate(e, values) != low;
    });
}

/// How much each group counts.
std::vector<double> weights(const CellEnergies& cell, const std::string& pin,
                            const std::vector<const EnergyGroup*>& groups, const Pins& pins) {
    std::vector<double> result;
    double whens = 0;
    const bool output = std::ranges::any_of(groups, [](auto* g) { return !g->related.empty(); });
    for (const EnergyGroup* g : groups) {
        double w = g->when.empty() ? 1 : holds(cell, g->when, pins);
        if (output) {
            const auto from = pins.find(g->related);
            w *= from == pins.end() ? 1 : from->second.toggles;
            const auto function = cell.functions.find(pin);
            if (g->when.empty() && function != cell.functions.end())
                w *= follows(cell, function->second, g->related, pins);
        } else if (!g->when.empty()) {
            whens += w;
        }
        result.push_back(w);
    }
    if (!output) {
        for (std::size_t i = 0; i < groups.size(); ++i)
            if (groups[i]->when.empty()) result[i] = std::max(0.0, 1 - whens);
        return result;
    }
    const double sum = std::accumulate(result.begin(), result.end(), 0.0);
    for (double& w : result) w = sum > 0 ? w / sum : 1.0 / static_cast<double>(groups.size());
    return result;
}

}  // namespace

double EnergyTable::at(double slew, double load) const {
    if (values.empty()) return 0;
    const std::size_t columns = std::max<std::size_t>(1, loads.size());
    const auto [i, down] = place(slews, slew);
    const auto place_of_load = place(loads, load);
    const auto value = [&](std::size_t row, std::size_t column) {
        return values[row * columns + column];
    };
    const auto along = [&](std::size_t row) {
        const auto [j, right] = place_of_load;
        if (right == 0) return value(row, j);
        return value(row, j) * (1 - right) + value(row, j + 1) * right;
    };
    return down == 0 ? along(i) : along(i) * (1 - down) + along(i + 1) * down;
}

double internal_energy(const CellEnergies& cell, const Pins& given) {
    const Pins pins = with_state(cell, given);
    double energy = 0;
    for (const auto& [name, groups] : cell.pins) {
        const auto pin = pins.find(name);
        if (pin == pins.end() || pin->second.toggles == 0) continue;
        std::map<std::string, std::vector<const EnergyGroup*>> supplies;
        for (const EnergyGroup& g : groups) supplies[g.supply].push_back(&g);
        for (const auto& [supply, of] : supplies) {
            const std::vector<double> w = weights(cell, name, of, pins);
            for (std::size_t i = 0; i < of.size(); ++i) {
                const auto from = pins.find(of[i]->related);
                const PinState& slews = from == pins.end() ? pin->second : from->second;
                const double slew = (slews.slew_rise + slews.slew_fall) / 2;
                const double mean = (of[i]->rise.at(slew, pin->second.load) +
                                     of[i]->fall.at(slew, pin->second.load)) /
                                    2;
                energy += w[i] * mean * pin->second.toggles;
            }
        }
    }
    return energy;
}

}  // namespace synth
