// SPDX-License-Identifier: Apache-2.0
/// The session's figures as JSON and Markdown. Neither holds times: the same run gives the same
/// bytes.
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/counted.hpp"
#include "network/session.hpp"

namespace network {

namespace {

using Json = nlohmann::ordered_json;

/// 10·log10 of a ratio of powers; NaN where one of them is 0.
double decibel(double signal, double noise) {
    return signal > 0 && noise > 0 ? 10 * std::log10(signal / noise)
                                   : std::numeric_limits<double>::quiet_NaN();
}

/// At 200 dB and above two sums in double agree but for their rounding.
Json db_json(double signal, double noise) {
    const double db = decibel(signal, noise);
    return std::isnan(db) ? Json() : Json(std::round(db * 1000) / 1000);
}
std::string db_text(double signal, double noise) {
    const double db = decibel(signal, noise);
    if (std::isnan(db)) return signal > 0 ? "exact" : "–";
    return fmt::format("{:.1f}", db);
}

Json share_json(const Share& s) {
    const auto [low, high] = s.interval();
    return {{"hits", s.hits}, {"of", s.of}, {"share", s.value()}, {"interval95", {low, high}}};
}

/// "91.5 % (89.6 to 93.1)".
std::string share_text(const Share& s) {
    const auto [low, high] = s.interval();
    return fmt::format("{:.2f} % ({:.2f} to {:.2f})", 100 * s.value(), 100 * low, 100 * high);
}

std::uint64_t code_cost(const LayerReport& l) { return l.totals.conversions << l.adc_bits; }

Json layer_json(const LayerReport& l) {
    Json j = {{"name", l.name},
              {"node", l.type},
              {"dialect", l.dialect},
              {"where", l.digital ? "digital" : "macro"},
              {"K", l.depth},
              {"M", l.outputs},
              {"groups", l.groups},
              {"vectors_per_image", l.vectors},
              {"macs_per_image", l.macs}};
    if (l.digital) return j;
    j["adc_bits"] = l.adc_bits;
    if (l.counts_steps)
        j["adc_step"] = l.step.den == 1 ? fmt::format("{}", l.step.num)
                                        : fmt::format("{}/{}", l.step.num, l.step.den);
    j["adc_bits_no_clip"] = l.adc_bits_no_clip;
    j["vectors"] = l.totals.vectors;
    j["sqnr_db"] = db_json(l.totals.signal, l.totals.error);
    j["csnr_db"] = db_json(l.totals.ideal_signal, l.totals.analog_error);
    j["conversions"] = l.totals.conversions;
    j["conversions_codes"] = code_cost(l);
    j["steps"] = l.steps;
    j["cycles"] = l.cycles;
    j["adc_clipped"] = l.totals.adc_clipped;
    j["inputs_clipped"] = l.totals.inputs_clipped;
    j["saturated_vectors"] = l.totals.saturated;
    if (l.totals.stage_outputs > 0) {
        j["integer"] = {{"outputs", l.totals.stage_outputs}, {"equal", l.totals.stage_equal}};
    }
    if (l.totals.rtl_outputs > 0) {
        j["rtl"] = {{"outputs_equal", l.totals.rtl_outputs}, {"cycles", l.totals.rtl_cycles}};
    }
    return j;
}

/// The layers' sums.
LayerReport sum_of(const Report& r) {
    LayerReport all;
    for (const LayerReport& l : r.layers) {
        all.macs += l.macs;
        all.steps += l.steps;
        all.cycles += l.cycles;
        all.totals.rtl_outputs += l.totals.rtl_outputs;
        all.totals.stage_outputs += l.totals.stage_outputs;
        all.totals.stage_equal += l.totals.stage_equal;
        all.totals.vectors += l.totals.vectors;
        all.totals.conversions += l.totals.conversions;
        all.totals.adc_clipped += l.totals.adc_clipped;
        all.totals.inputs_clipped += l.totals.inputs_clipped;
        all.totals.saturated += l.totals.saturated;
    }
    return all;
}

/// Names of the layers that the output stage finished.
std::string stage_layers(const Report& r) {
    std::string names;
    for (const LayerReport& l : r.layers) {
        if (l.totals.stage_outputs > 0) names += (names.empty() ? "" : ", ") + l.name;
    }
    return names;
}

std::uint64_t code_cost(const Report& r) {
    std::uint64_t all = 0;
    for (const LayerReport& l : r.layers) all += code_cost(l);
    return all;
}

Json chips_json(const Report& r) {
    Json j = Json::array();
    for (const ChipReport& c : r.chips) {
        Json chip = {{"seed", c.seed}, {"same_class", share_json(c.same)}};
        if (r.labelled) chip["top1"] = share_json(c.top1);
        j.push_back(chip);
    }
    return j;
}

std::string layer_row(const LayerReport& l) {
    const std::string head = fmt::format(
        "| {} | {} | {} | {} |", l.name, l.dialect, l.depth,
        l.groups == 1 ? fmt::format("{}", l.outputs) : fmt::format("{} × {}", l.groups, l.outputs));
    if (l.digital) return head + fmt::format(" {} | digital | | | | | | | | |\n", l.vectors);
    const std::string bits =
        l.counts_steps && (l.step.num != 1 || l.step.den != 1)
            ? fmt::format("{} (step {}{})", l.adc_bits, l.step.num,
                          l.step.den == 1 ? "" : fmt::format("/{}", l.step.den))
            : fmt::format("{}", l.adc_bits);
    return head + fmt::format(" {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", l.vectors,
                              db_text(l.totals.signal, l.totals.error),
                              db_text(l.totals.ideal_signal, l.totals.analog_error),
                              l.totals.conversions, code_cost(l), l.steps, l.cycles,
                              l.totals.adc_clipped, fmt::format("{}, {}", bits, l.adc_bits_no_clip),
                              l.totals.saturated);
}

}  // namespace

std::string report_json(const Report& r) {
    Json j = {{"model", r.model}, {"config", r.config}, {"scheme", r.scheme},
              {"data", r.data},   {"images", r.done},   {"classes", r.classes}};
    if (r.labelled) {
        j["macro"] = {{"top1", share_json(r.top1)}};
        j["float"] = {{"top1", share_json(r.float_top1)}};
        if (r.top5.of > 0) {
            j["macro"]["top5"] = share_json(r.top5);
            j["float"]["top5"] = share_json(r.float_top5);
        }
    }
    j["same_class"] = share_json(r.same);
    j["logits"] = {{"greatest_difference", r.logit_difference}, {"greatest", r.greatest_logit}};
    if (!r.chips.empty()) {
        const Spread s = spread(r);
        j["chips"] = {{"of", r.labelled ? "top1" : "same_class"},
                      {"mean", s.mean},
                      {"deviation", s.deviation},
                      {"worst", s.worst},
                      {"each", chips_json(r)}};
    }
    Json& layers = j["layers"] = Json::array();
    for (const LayerReport& l : r.layers) layers.push_back(layer_json(l));
    const LayerReport all = sum_of(r);
    j["total"] = {{"macs_per_image", all.macs},
                  {"vectors", all.totals.vectors},
                  {"conversions", all.totals.conversions},
                  {"conversions_codes", code_cost(r)},
                  {"steps", all.steps},
                  {"cycles", all.cycles},
                  {"adc_clipped", all.totals.adc_clipped},
                  {"inputs_clipped", all.totals.inputs_clipped},
                  {"saturated_vectors", all.totals.saturated}};
    if (all.totals.rtl_outputs > 0) j["total"]["rtl_outputs_equal"] = all.totals.rtl_outputs;
    return j.dump(2) + "\n";
}

std::string report_markdown(const Report& r) {
    std::string t =
        fmt::format("# {} on {} ({})\n\n{} of {} images of `{}`. Intervals: 95 %, Wilson.\n\n",
                    r.model, r.config, r.scheme, r.done, r.images, r.data);
    t += "| | macro | float |\n|---|---|---|\n";
    if (r.labelled) {
        t += fmt::format("| top 1 | {} | {} |\n", share_text(r.top1), share_text(r.float_top1));
        if (r.top5.of > 0)
            t += fmt::format("| top 5 | {} | {} |\n", share_text(r.top5), share_text(r.float_top5));
    }
    t += fmt::format("| same class as float | {} | |\n", share_text(r.same));
    t += fmt::format("| greatest difference of a logit | {:.4g} | of {:.4g} |\n",
                     r.logit_difference, r.greatest_logit);
    if (!r.chips.empty()) {
        const Spread s = spread(r);
        t += fmt::format("\n{}, {}: mean {:.2f} %, deviation {:.2f}, worst {:.2f} %.\n",
                         base::counted(r.chips.size(), "chip"),
                         r.labelled ? "top 1" : "same class as float", 100 * s.mean,
                         100 * s.deviation, 100 * s.worst);
    }
    t +=
        "\n| layer | dialect | K | M | vectors an image | SQNR, dB | CSNR, dB | conversions | conversions · 2^bits | steps | cycles | clipped codes | ADC bits, and what would clip nothing | saturated vectors |\n"
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    for (const LayerReport& l : r.layers) t += layer_row(l);
    const LayerReport all = sum_of(r);
    t += fmt::format("| **all** | | | | | | | {} | {} | {} | {} | {} | | {} |\n",
                     all.totals.conversions, code_cost(r), all.steps, all.cycles,
                     all.totals.adc_clipped, all.totals.saturated);
    t +=
        "\nSQNR: the macro's products against float ones of the same inputs, over the first 256 images at most. ADC bits that would clip nothing: on the "
        "calibration's vectors. Cycles: the rate law's bound, reloads of weights apart.\n";
    if (all.totals.stage_outputs > 0) {
        t += fmt::format(
            "\nOutput stage: {} of {} integers are the model's own (layers: {}); what differs is "
            "rounding, or the ADC. SQNR of these layers: of the integers, against the model's own.\n",
            all.totals.stage_equal, all.totals.stage_outputs, stage_layers(r));
    }
    if (all.totals.rtl_outputs > 0)
        t += fmt::format("\nRTL: {} of the layers' first vectors, all equal to golden's.\n",
                         base::counted(all.totals.rtl_outputs, "output"));
    return t;
}

}  // namespace network
