// SPDX-License-Identifier: Apache-2.0
/// The energies of a Liberty file.
#include "energies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>
#include <tuple>

#include "base/error.hpp"
#include "liberty_file.hpp"
#include "liberty_syntax.hpp"

namespace synth {
namespace {

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
        for (const Statement& part : s.body)
            if (part.name == "ff" && part.args.size() == 2)
                std::tie(cell.q, cell.qn) = std::tie(part.args[0], part.args[1]);
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

}  // namespace

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

}  // namespace synth
