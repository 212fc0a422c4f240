// SPDX-License-Identifier: Apache-2.0
/// quantize: float tensors to the scheme's integers.
#include "quantize/quantize.hpp"

#include <fmt/format.h>

#include <optional>

#include "base/error.hpp"
#include "base/streams.hpp"
#include "command.hpp"

namespace cli {

namespace {

struct Quantize {
    std::string config, weights, inputs, dir;
    quantize::QuantizeOptions options;
    std::optional<double> next_scale;
    std::optional<std::int64_t> next_zero_point;
    bool relu = false;
};

/// What follows, if it is told; its parts without its scale mean nothing.
std::optional<quantize::NextLayer> next_layer(const Quantize& o) {
    if (o.next_scale) {
        return quantize::NextLayer{*o.next_scale, o.next_zero_point.value_or(0), o.relu};
    }
    std::string lines;
    if (o.next_zero_point) {
        lines = "error: --next-zero-point: found without --next-scale; expected both";
    }
    if (o.relu) {
        lines += lines.empty() ? "" : "\n";
        lines += "error: --relu: found without --next-scale; expected both";
    }
    if (!lines.empty()) throw base::Error(lines);
    return std::nullopt;
}

int quantize(Quantize& o, const Common& common) {
    std::vector<generator::Override> overrides = overrides_of(common);
    o.options.next = next_layer(o);
    o.options.fit_step = generator::wants_step_fit(o.config, overrides);
    const generator::Config config = generator::load_design_file(o.config, overrides).config;
    const auto q = quantize::quantize_files(config, o.weights, o.inputs, o.dir, o.options);
    if (q.step) say(common, fmt::format("adc.step: {}/{}", q.step->num, q.step->den));
    say(common, fmt::format("{}: weights.npy, inputs.npy, scales.json{}", o.dir,
                            config.accumulator.bias ? ", bias.npy" : ""));
    if (!q.operands.empty()) {
        say(common,
            fmt::format("{}: alpha.npy, scale.npy, center.npy: results {:.1f} dB over the inputs; "
                        "partial sums {:.1f} dB ({:.1f} dB by the largest magnitude)",
                        o.dir, q.result_sqnr_db, q.partial_sum_sqnr_db, q.max_abs_sqnr_db));
    }
    if (q.alphas_at_limit > 0) {
        base::print_error(fmt::format(
            "note: {} of {} values of alpha stand at their limit, 65535: column_quant.alpha_frac is "
            "too large for the ADC's range; a smaller one lets them find theirs\n",
            q.alphas_at_limit, q.operands.at("alpha").data.size()));
    }
    if (q.requantization) {
        const auto& [low, high] = q.requantization->clamp;
        say(common, fmt::format("{}: multiplier.npy, shift.npy, for run with --zero-point={} "
                                "--clamp={},{}",
                                o.dir, q.requantization->zero_point, low, high));
    }
    return 0;
}

}  // namespace

void add_quantize(CLI::App& app, Common& common, Action& action) {
    auto* command = add_command(
        app, common, "quantize", "float tensors to the scheme's integers, by least squared error",
        "Writes weights.npy, inputs.npy, scales.json (the real value of one unit of inputs, weights\n"
        "and output) and, with accumulator.bias, bias.npy: it holds the zero point of negative inputs\n"
        "of an unsigned scheme; for column_quant, whose inputs calibrate, also alpha.npy, scale.npy and\n"
        "center.npy. See docs/how-to/own-layer.md.");
    auto o = std::make_shared<Quantize>();
    command->add_option("config", o->config, "YAML config")->required()->type_name("CONFIG");
    command->add_option("--weights", o->weights, "float weights, shape (K, M)")
        ->required()
        ->type_name("Wf.npy");
    command->add_option("--inputs", o->inputs, "float inputs, shape (V, K)")
        ->required()
        ->type_name("Xf.npy");
    command->add_option("-o,--output", o->dir, "folder to write")->required()->type_name("DIR");
    command->add_flag("--per-output", o->options.per_output, "a weight scale for each output");
    command->add_flag("--one-alpha", o->options.one_alpha,
                      "column_quant: one ADC step for the macro");
    command
        ->add_option("--next-scale", o->next_scale,
                     "output.mode requant: real value of one unit of the next layer's inputs")
        ->type_name("S");
    command
        ->add_option("--next-zero-point", o->next_zero_point,
                     "the next layer's integer of 0; default: 0")
        ->type_name("Z");
    command->add_flag("--relu", o->relu, "outputs below the zero point become it");
    command->callback(
        [&action, &common, o] { action = [&common, o] { return quantize(*o, common); }; });
}

}  // namespace cli
