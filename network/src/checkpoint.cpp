// SPDX-License-Identifier: Apache-2.0
#include "checkpoint.hpp"

#include <fmt/format.h>

#include <bit>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/files.hpp"

namespace network {

namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

std::string path_of(const std::string& dir) { return (fs::path(dir) / "unfinished.json").string(); }

Json share(const Share& s) { return {s.hits, s.of}; }
Share share(const Json& j) { return {j.at(0).get<std::uint64_t>(), j.at(1).get<std::uint64_t>()}; }
/// Doubles bit by bit.
std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }
double real(const Json& j) { return std::bit_cast<double>(j.get<std::uint64_t>()); }

Json totals_json(const LayerTotals& t) {
    return {
        t.images,      t.vectors,        t.macs,        t.conversions,        t.adc_clipped,
        t.saturated,   t.inputs_clipped, t.rtl_outputs, t.rtl_cycles,         t.stage_outputs,
        t.stage_equal, bits(t.signal),   bits(t.error), bits(t.ideal_signal), bits(t.analog_error)};
}
LayerTotals totals_of(const Json& j) {
    LayerTotals t;
    std::size_t n = 0;
    for (auto* field :
         {&t.images, &t.vectors, &t.macs, &t.conversions, &t.adc_clipped, &t.saturated,
          &t.inputs_clipped, &t.rtl_outputs, &t.rtl_cycles, &t.stage_outputs, &t.stage_equal}) {
        *field = j.at(n++).get<std::uint64_t>();
    }
    for (auto* field : {&t.signal, &t.error, &t.ideal_signal, &t.analog_error})
        *field = real(j.at(n++));
    return t;
}

}  // namespace

void write_checkpoint(const std::string& out_dir, const std::string& key, const Report& r,
                      const std::vector<LayerTotals>& totals) {
    Json j;
    j["key"] = key;
    j["done"] = r.done;
    j["shares"] = {share(r.top1), share(r.top5), share(r.float_top1), share(r.float_top5),
                   share(r.same)};
    j["logit"] = {bits(r.logit_difference), bits(r.greatest_logit)};
    j["layers"] = Json::array();
    for (const LayerTotals& t : totals) j["layers"].push_back(totals_json(t));
    j["chips"] = Json::array();
    for (const ChipReport& c : r.chips)
        j["chips"].push_back({c.seed, share(c.top1), share(c.same)});
    Json& logits = j["logits"] = Json::array();
    for (const float x : r.logits) logits.push_back(std::bit_cast<std::uint32_t>(x));
    fs::create_directories(out_dir);
    base::write_file(path_of(out_dir), j.dump());
}

std::vector<LayerTotals> read_checkpoint(const std::string& out_dir, const std::string& key,
                                         Report& r, std::size_t layers) {
    const std::string path = path_of(out_dir);
    if (out_dir.empty() || !fs::exists(path)) return {};
    try {
        const Json j = Json::parse(base::bytes_of(path));
        if (j.at("key") != key) {
            throw base::Error(fmt::format(
                "{}: error: belongs to another run; expected the same program, model, config, data, "
                "further files and options (remove the file to begin anew)",
                path));
        }
        std::size_t n = 0;
        for (Share* s : {&r.top1, &r.top5, &r.float_top1, &r.float_top5, &r.same})
            *s = share(j.at("shares").at(n++));
        r.logit_difference = real(j.at("logit").at(0));
        r.greatest_logit = real(j.at("logit").at(1));
        std::vector<LayerTotals> totals;
        for (const Json& t : j.at("layers")) totals.push_back(totals_of(t));
        for (const Json& x : j.at("logits"))
            r.logits.push_back(std::bit_cast<float>(x.get<std::uint32_t>()));
        for (const Json& c : j.at("chips"))
            r.chips.push_back({c.at(0).get<std::uint64_t>(), share(c.at(1)), share(c.at(2))});
        r.done = j.at("done").get<std::uint64_t>();
        if (totals.size() == layers && r.done <= r.images && r.logits.size() == r.done * r.classes)
            return totals;
    } catch (const Json::exception&) {
    }
    throw base::Error(fmt::format("{}: error: damaged; remove the file to begin anew", path));
}

void remove_checkpoint(const std::string& out_dir) {
    std::error_code ignored;
    fs::remove(path_of(out_dir), ignored);
}

}  // namespace network
