// SPDX-License-Identifier: Apache-2.0
#include "energies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <sstream>

#include "base/error.hpp"
#include "boolean.hpp"
#include "liberty_file.hpp"
#include "liberty_syntax.hpp"

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

/// Reads one file.
class Reader {
  public:
    Reader(const std::string& file, const Statement& library) : file_(file), library_(library) {
        seconds_ = unit("time_unit", 's');
        const double volts = unit("voltage_unit", 'V');
        for (const Statement& s : library.body) {
            if (s.name == "power_lut_template") templates_[first_arg(s)] = &s;
            if (s.name == "capacitive_load_unit" && s.args.size() == 2)
                farads_ = number(s, s.args[0]) * scale(s, s.args[1], 'f');
        }
        joules_ = volts * volts * farads_;
    }

    CellEnergies cell(const Statement& s) const {
        CellEnergies cell;
        std::set<std::string> grounds;
        for (const Statement& part : s.body)
            if (part.name == "pg_pin" &&
                attribute(part, "pg_type").find("ground") != std::string::npos)
                grounds.insert(first_arg(part));
        for (const Statement& pin : s.body) {
            if (pin.name != "pin" || !pin.group) continue;
            for (const std::string& name : pin.args) {
                const std::string function = attribute(pin, "function");
                if (!function.empty()) cell.functions[name] = function;
                for (const Statement& group : pin.body)
                    if (group.name == "internal_power" &&
                        !grounds.contains(attribute(group, "related_pg_pin")))
                        add(group, cell.pins[name]);
            }
        }
        return cell;
    }

  private:
    double number(const Statement& s, const std::string& text) const {
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
            fail_at(file_, s.line, fmt::format("{}: '{}' is no number", s.name, text));
        return value;
    }

    /// 1e-12 of "pf".
    double scale(const Statement& s, std::string text, char unit) const {
        std::transform(text.begin(), text.end(), text.begin(), ::tolower);
        const std::map<char, double> prefixes = {
            {'m', 1e-3}, {'u', 1e-6}, {'n', 1e-9}, {'p', 1e-12}, {'f', 1e-15}};
        if (text == std::string(1, static_cast<char>(std::tolower(unit)))) return 1;
        const auto found = text.size() == 2 ? prefixes.find(text[0]) : prefixes.end();
        if (found == prefixes.end() || text[1] != std::tolower(unit))
            fail_at(file_, s.line, fmt::format("{}: unknown unit '{}'", s.name, text));
        return found->second;
    }

    /// Of `time_unit : "100ps"`.
    double unit(const char* name, char letter) const {
        for (const Statement& s : library_.body) {
            if (s.name != name || s.group) continue;
            const std::string text = first_arg(s);
            const std::size_t split = text.find_first_not_of("0123456789.eE+- ");
            if (split == std::string::npos) fail_at(file_, s.line, "a unit without its name");
            const std::string digits = text.substr(0, text.find_last_not_of(' ', split - 1) + 1);
            return (split == 0 ? 1 : number(s, digits)) * scale(s, text.substr(split), letter);
        }
        fail_at(file_, library_.line, fmt::format("{} is missing", name));
    }

    std::vector<double> numbers(const Statement& s, double factor) const {
        std::vector<double> result;
        for (std::string text : s.args) {
            std::replace(text.begin(), text.end(), ',', ' ');
            std::istringstream words(text);
            for (std::string word; words >> word;) result.push_back(factor * number(s, word));
        }
        return result;
    }

    void add(const Statement& group, std::vector<EnergyGroup>& to) const {
        EnergyGroup g;
        g.when = attribute(group, "when");
        g.supply = attribute(group, "related_pg_pin");
        for (const Statement& t : group.body) {
            if (!t.group) continue;
            if (t.name == "rise_power" || t.name == "power") g.rise = table(t);
            if (t.name == "fall_power" || t.name == "power") g.fall = table(t);
        }
        std::istringstream related(attribute(group, "related_pin"));
        bool any = false;
        for (; related >> g.related; any = true) to.push_back(g);
        if (!any) to.push_back(g);
    }

    EnergyTable table(const Statement& t) const {
        const auto found = templates_.find(first_arg(t));
        std::vector<std::string> variables;
        std::map<std::string, const Statement*> own;
        if (found != templates_.end())
            for (const Statement& s : found->second->body) own[s.name] = &s;
        for (const Statement& s : t.body) own[s.name] = &s;
        for (const char* name : {"variable_1", "variable_2", "variable_3"})
            if (own.contains(name)) variables.push_back(first_arg(*own[name]));
        EnergyTable result;
        if (own.contains("values")) result.values = numbers(*own["values"], joules_);
        if (variables.size() > 2)
            fail_at(file_, t.line, "a power table of three variables; expected at most two");
        bool swapped = false;
        for (std::size_t i = 0; i < variables.size(); ++i) {
            const std::string index = fmt::format("index_{}", i + 1);
            if (!own.contains(index)) fail_at(file_, t.line, index + " is missing");
            const bool load = variables[i] == "total_output_net_capacitance";
            if (load) swapped = i == 0 && variables.size() == 2;
            (load ? result.loads : result.slews) = numbers(*own[index], load ? farads_ : seconds_);
        }
        const std::size_t rows = std::max<std::size_t>(1, result.slews.size());
        const std::size_t columns = std::max<std::size_t>(1, result.loads.size());
        if (result.values.size() != rows * columns)
            fail_at(
                file_, t.line,
                fmt::format("found {} values; expected {}", result.values.size(), rows * columns));
        if (!swapped) return result;
        EnergyTable turned = result;
        for (std::size_t i = 0; i < rows; ++i)
            for (std::size_t j = 0; j < columns; ++j)
                turned.values[i * columns + j] = result.values[j * rows + i];
        return turned;
    }

    const std::string& file_;
    const Statement& library_;
    double seconds_ = 1, farads_ = 1, joules_ = 1;
    std::map<std::string, const Statement*> templates_;
};

void names_of(const Boolean& e, std::set<std::string>& names) {
    if (e.op == Boolean::Op::name) names.insert(e.name);
    for (const Boolean& operand : e.operands) names_of(operand, names);
}

/// The probability that `holds` is true of the values of `names`, each for itself.
template <class Holds>
double probability(const std::set<std::string>& names, const Pins& pins, Holds holds) {
    double sum = 0;
    for (unsigned row = 0; row < 1U << names.size(); ++row) {
        std::map<std::string, bool> values;
        double p = 1;
        for (unsigned bits = row; const std::string& name : names) {
            const auto pin = pins.find(name);
            const double high = pin == pins.end() ? 0.5 : pin->second.high;
            values[name] = (bits & 1U) != 0;
            p *= (bits & 1U) != 0 ? high : 1 - high;
            bits >>= 1;
        }
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

double holds(const std::string& when, const Pins& pins) {
    const Boolean e = parse(when);
    std::set<std::string> names;
    names_of(e, names);
    return probability(names, pins, [&](const auto& values) { return evaluate(e, values); });
}

/// That the function is another one when `pin` is.
double follows(const std::string& function, const std::string& pin, const Pins& pins) {
    const Boolean e = parse(function);
    std::set<std::string> names;
    names_of(e, names);
    if (names.erase(pin) == 0) return 1;  // a clock: Q's function is the state
    return probability(names, pins, [&](std::map<std::string, bool> values) {
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
        double w = g->when.empty() ? 1 : holds(g->when, pins);
        if (output) {
            const auto from = pins.find(g->related);
            w *= from == pins.end() ? 1 : from->second.toggles;
            const auto function = cell.functions.find(pin);
            if (g->when.empty() && function != cell.functions.end())
                w *= follows(function->second, g->related, pins);
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
    const auto [j, right] = place(loads, load);
    const auto value = [&](std::size_t row, std::size_t column) {
        return values[row * columns + column];
    };
    const auto along = [&](std::size_t row) {
        if (right == 0) return value(row, j);
        return value(row, j) * (1 - right) + value(row, j + 1) * right;
    };
    return down == 0 ? along(i) : along(i) * (1 - down) + along(i + 1) * down;
}

std::map<std::string, CellEnergies> read_energies(const std::vector<std::string>& files,
                                                  const std::set<std::string>& used) {
    std::map<std::string, CellEnergies> cells;
    for (const std::string& file : files) {
        const std::string text = read_liberty_text(file);
        const Syntax syntax = parse_syntax(text, file, Tables::power);
        const Reader reader(file, syntax.library);
        for (const Statement& s : syntax.library.body)
            if (s.group && s.name == "cell" && used.contains(first_arg(s)))
                cells[first_arg(s)] = reader.cell(s);
    }
    return cells;
}

double internal_energy(const CellEnergies& cell, const Pins& pins) {
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
