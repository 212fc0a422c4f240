// SPDX-License-Identifier: Apache-2.0
#include "explorer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.hpp"
#include "base/parallel.hpp"
#include "explore/rounds.hpp"
#include "generator/load.hpp"
#include "study/row_findings.hpp"

namespace explore {

Explorer::Seen Explorer::look(Index index) const {
    if (!space_.holds(index)) return {};
    Seen seen;
    seen.prepared = workshop_.prepare(index, seen.reason);
    seen.what = seen.prepared ? Seen::valid : Seen::refused;
    return seen;
}

void Explorer::prepare_all() {
    std::vector<Seen> all(space_.size());
    base::parallel_for(all.size(), options_.threads, [&](std::size_t i) { all[i] = look(i); });
    for (std::size_t i = 0; i < all.size(); ++i) seen_[i] = std::move(all[i]);
}

void Explorer::require_families() const {
    std::vector<bool> valid(space_.families().size(), false);
    for (const auto& [index, seen] : seen_) {
        const std::size_t family = space_.place(index).family;
        if (seen.what == Seen::valid) valid[family] = true;
    }
    study::RowFindings findings;
    for (const auto& [index, seen] : seen_) {
        const std::size_t family = space_.place(index).family;
        if (seen.what != Seen::refused || valid[family]) continue;
        findings.add(space_.families()[family].spec, seen.reason);
    }
    findings.all().finish();
    if (std::ranges::find(valid, true) != valid.end()) return;
    base::Findings none;
    for (const study::Family& family : space_.families()) {
        for (const study::Condition& c : family.when)
            none.add({family.spec.file, c.line, c.column, "when",
                      "found no point whose conditions hold; expected some"});
    }
    none.finish();
}

void Explorer::require_points() const {
    if (entries_.empty()) require_families();
}

bool Explorer::allowed(Index index) {
    auto found = seen_.find(index);
    if (found == seen_.end()) found = seen_.emplace(index, look(index)).first;
    return found->second.what == Seen::valid;
}

std::vector<study::Row> Explorer::made(const std::vector<Piece>& pieces,
                                       const std::string& unit) const {
    std::vector<Piece> different;
    std::map<std::string, std::size_t> place;
    for (const Piece& piece : pieces) {
        if (place.emplace(piece.job.key, different.size()).second) different.push_back(piece);
    }
    study::Outcome outcome = make_(different, unit);
    if (!outcome.complete()) throw Stopped{std::move(outcome)};
    std::vector<study::Row> rows;
    for (const Piece& piece : pieces) rows.push_back(outcome.rows[place.at(piece.job.key)]);
    return rows;
}

void Explorer::measure_golden(const std::vector<Index>& asked) {
    std::vector<Piece> pieces;
    for (const Index index : asked) {
        Prepared& prepared = *seen_.at(index).prepared;
        pieces.push_back(workshop_.golden(index, prepared));
    }
    const std::vector<study::Row> rows = made(pieces, "points on golden");
    for (std::size_t i = 0; i < asked.size(); ++i) {
        Entry entry;
        entry.prepared = *seen_.at(asked[i]).prepared;
        entry.point.index = asked[i];
        entry.point.axes = space_.axes(asked[i]);
        entry.point.row = rows[i];
        entry.point.row.label = entry.prepared.label;
        entry.point.row.series = entry.prepared.series;
        entry.design = generator::load_design(rows[i].config, "config");
        judge(entry);
        if (!entry.point.broken.empty()) ++counts_.broke;
        entries_[asked[i]] = std::move(entry);
    }
    counts_.measured += asked.size();
}

/// Constraints first: what breaks one needs no objectives.
void Explorer::judge(Entry& entry) const {
    const auto verdict = judge_.verdict(entry.point.row, entry.known, *entry.design);
    const auto values = judge_.optimistic(entry.point.row, entry.known, *entry.design);
    constexpr double incomplete = 1e12;
    entry.violation = verdict.violation + (values ? 0 : incomplete);
    entry.point.broken = verdict.broken;
    entry.objectives = values.value_or(Values());
    entry.point.state = !verdict.broken.empty() ? State::broke
                        : !values               ? State::incomplete
                                                : State::measured;
}

void Explorer::add_area(const std::vector<Index>& points) {
    std::vector<Piece> pieces;
    for (const Index i : points)
        pieces.push_back(workshop_.area(i, entries_.at(i).point.row.config));
    for (const Piece& piece : pieces) hardware_.emplace(piece.job.key, piece.index);
    const std::vector<study::Row> rows = made(pieces, "syntheses");
    for (std::size_t i = 0; i < points.size(); ++i) {
        Entry& entry = entries_.at(points[i]);
        entry.point.row.measured.area = rows[i].measured.area;
    }
}

void Explorer::add_rtl(const std::vector<Index>& points) {
    std::vector<Piece> pieces;
    for (const Index i : points) pieces.push_back(workshop_.rtl(i, entries_.at(i).prepared));
    const std::vector<study::Row> rows = made(pieces, "points on the RTL");
    for (std::size_t i = 0; i < points.size(); ++i) {
        Entry& entry = entries_.at(points[i]);
        study::Measurements& m = entry.point.row.measured;
        m.cycles = rows[i].measured.cycles;
        m.rtl = rows[i].measured.rtl;
        m.difference = rows[i].measured.difference;
    }
}

void Explorer::add_power(const std::vector<Index>& points) {
    std::vector<Piece> pieces;
    for (const Index i : points) pieces.push_back(workshop_.power(i, entries_.at(i).prepared));
    const std::vector<study::Row> rows = made(pieces, "netlists at work");
    for (std::size_t i = 0; i < points.size(); ++i)
        entries_.at(points[i]).point.row.measured.power = rows[i].measured.power;
}

void Explorer::add_netlist(const std::vector<Index>& points) {
    std::vector<Piece> pieces;
    for (const Index i : points)
        pieces.push_back(workshop_.netlist(i, entries_.at(i).point.row.config));
    const std::vector<study::Row> rows = made(pieces, "netlists");
    for (std::size_t i = 0; i < points.size(); ++i) {
        study::Measurements& m = entries_.at(points[i]).point.row.measured;
        m.netlist = rows[i].measured.netlist;
        if (m.difference.empty()) m.difference = rows[i].measured.difference;
    }
}

void Explorer::add(study::Source source, const std::vector<Index>& points) {
    switch (source) {
        case study::Source::golden:
            break;
        case study::Source::rtl:
            add_rtl(points);
            break;
        case study::Source::synth:
            add_area(points);
            break;
        case study::Source::power:
            add_power(points);
            break;
    }
    for (const Index i : points) entries_.at(i).known.add(source);
}

void Explorer::spare(std::vector<Index>& open) {
    std::erase_if(open, [&](Index i) {
        Entry& entry = entries_.at(i);
        const bool beaten = std::ranges::any_of(
            exact_, [&](const Values& exact) { return dominates(exact, entry.objectives); });
        if (!beaten) return false;
        entry.point.state = State::dominated;
        ++counts_.dominated;
        return true;
    });
}

std::vector<std::optional<Values>> Explorer::round(const std::vector<Index>& points) {
    std::vector<Index> open = points;
    const std::set<study::Source> needed = judge_.needed();
    for (const study::Source source : needed) {
        add(source, open);
        for (const Index i : open) judge(entries_.at(i));
        std::erase_if(open, [&](Index i) { return entries_.at(i).point.state != State::measured; });
        if (source != *needed.rbegin()) spare(open);
    }
    counts_.expensive += points.size();
    std::vector<std::optional<Values>> exact;
    for (const Index i : points) {
        const Entry& entry = entries_.at(i);
        const bool holds = entry.point.state == State::measured;
        exact.push_back(holds ? std::optional(entry.objectives) : std::nullopt);
    }
    return exact;
}

void Explorer::measure_expensive(const std::vector<Index>& asked) {
    std::vector<Index> open;
    std::vector<Values> bounds;
    for (const Index i : asked) {
        const Entry& entry = entries_.at(i);
        if (entry.point.state != State::measured) continue;
        open.push_back(i);
        bounds.push_back(entry.objectives);
    }
    const auto done = measure_in_rounds(bounds, exact_, [&](const std::vector<std::size_t>& which) {
        std::vector<Index> points;
        for (const std::size_t k : which) points.push_back(open[k]);
        return round(points);
    });
    for (std::size_t k = 0; k < open.size(); ++k) {
        if (done[k]) continue;
        entries_.at(open[k]).point.state = State::dominated;
        ++counts_.dominated;
    }
}

std::vector<Figures> Explorer::evaluate(const std::vector<Index>& asked) {
    measure_golden(asked);
    if (!judge_.needed().empty()) measure_expensive(asked);
    std::vector<Figures> figures;
    for (const Index i : asked) {
        const Entry& entry = entries_.at(i);
        figures.push_back({entry.objectives, entry.violation});
    }
    return figures;
}

void Explorer::finish(const std::vector<study::Column>& columns) {
    std::vector<Index> who;
    std::vector<Values> values;
    for (const auto& [index, entry] : entries_) {
        if (entry.point.state != State::measured) continue;
        who.push_back(index);
        values.push_back(entry.objectives);
    }
    std::vector<Index> on_front, netlist;
    for (const std::size_t k : front(values)) {
        entries_.at(who[k]).point.front = true;
        on_front.push_back(who[k]);
    }
    std::set<study::Source> wanted = {study::Source::rtl};  // what is compared with golden
    for (const study::Column& c : columns) wanted.insert(c.source);
    for (const study::Source source : wanted) {
        std::vector<Index> missing;
        for (const Index i : on_front) {
            const Entry& entry = entries_.at(i);
            if (runs(entry.prepared.engines, source) && !entry.known.has(source))
                missing.push_back(i);
        }
        add(source, missing);
    }
    for (const Index i : on_front) {
        const Entry& entry = entries_.at(i);
        if (entry.prepared.engines.netlist && entry.known.has(study::Source::synth))
            netlist.push_back(i);
    }
    add_netlist(netlist);
}

void Explorer::report(Result& result) {
    counts_.points = space_.size();
    for (const auto& [index, seen] : seen_) {
        if (seen.what == Seen::excluded) ++counts_.excluded;
        if (seen.what != Seen::refused) continue;
        ++counts_.refused;
        ++counts_.reasons[seen.reason.substr(0, seen.reason.find('\n'))];
    }
    counts_.hardware = hardware_.size();
    result.counts = counts_;
    for (auto& [index, entry] : entries_) {
        const auto& area = entry.point.row.measured.area;
        if (area && result.library.empty()) result.library = area->library;
        result.points.push_back(std::move(entry.point));
    }
}

}  // namespace explore
