// SPDX-License-Identifier: Apache-2.0
/// net: a whole model through the macro.
#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <set>
#include <sstream>

#include "base/counted.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/output_paths.hpp"
#include "base/streams.hpp"
#include "command.hpp"
#include "network/session.hpp"

namespace cli {

namespace {

struct Net {
    network::SessionOptions session;
    std::string json, scale, mean, std, layout = "nchw", digital;
    std::vector<std::string> layers;
    std::size_t calibrate = 0;
    bool list = false;
};

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
    return parts;
}

double number(const std::string& option, const std::string& text) {
    std::istringstream stream(text);
    double value = 0;
    if (!(stream >> value) || !stream.eof() || !std::isfinite(value)) {
        throw base::Error(fmt::format("error: {}: found `{}`; expected a number", option, text));
    }
    return value;
}

/// "0.5" or "1/255".
double ratio(const std::string& option, const std::string& text) {
    const auto slash = text.find('/');
    const double top = number(option, text.substr(0, slash));
    const double bottom = slash == text.npos ? 1 : number(option, text.substr(slash + 1));
    if (bottom == 0 || top == 0)
        throw base::Error(
            fmt::format("error: {}: found `{}`; expected other than 0", option, text));
    return top / bottom;
}

network::Preparation preparation(const Net& o) {
    network::Preparation p;
    if (!o.scale.empty()) p.scale = ratio("--scale", o.scale);
    for (const std::string& text : split(o.mean, ',')) p.mean.push_back(number("--mean", text));
    for (const std::string& text : split(o.std, ',')) p.std.push_back(ratio("--std", text));
    p.channels_last = o.layout == "nhwc";
    return p;
}

/// NAME:key=value, several separated by commas.
void add_layer_settings(const std::string& text, network::SessionOptions& session) {
    const auto equals = text.find('=');
    const auto colon = text.rfind(':', equals);
    if (equals == text.npos || colon == text.npos || colon == 0) {
        throw base::Error(fmt::format("error: --layer: found `{}`; expected NAME:key=value", text));
    }
    const std::string name = text.substr(0, colon);
    for (const std::string& setting : split(text.substr(colon + 1), ',')) {
        const auto at = setting.find('=');
        if (at == setting.npos || at == 0) {
            throw base::Error(
                fmt::format("error: --layer {}: found `{}`; expected key=value", name, setting));
        }
        session.layers.push_back({name, {setting.substr(0, at), setting.substr(at + 1)}});
    }
}

std::string percent(const network::Share& s) {
    const auto [low, high] = s.interval();
    return fmt::format("{:.2f} % ({:.2f} to {:.2f})", 100 * s.value(), 100 * low, 100 * high);
}

void print_summary(const network::Report& r, const Common& common) {
    if (r.interrupted)
        say(common, fmt::format("interrupted: {} of {} images are done", r.done, r.images));
    if (r.done == 0) return;
    if (r.labelled) {
        say(common, fmt::format("top 1: {} on the macro, {} in float", percent(r.top1),
                                percent(r.float_top1)));
        if (r.top5.of > 0)
            say(common, fmt::format("top 5: {} on the macro, {} in float", percent(r.top5),
                                    percent(r.float_top5)));
    }
    say(common, fmt::format("same class as float: {}", percent(r.same)));
    if (!r.chips.empty()) {
        const network::Spread s = network::spread(r);
        say(common, fmt::format("{}, {}: mean {:.2f} %, deviation {:.2f}, worst {:.2f} %",
                                base::counted(r.chips.size(), "chip"),
                                r.labelled ? "top 1" : "same class as float", 100 * s.mean,
                                100 * s.deviation, 100 * s.worst));
    }
    std::uint64_t rtl = 0, clipped = 0, conversions = 0;
    for (const network::LayerReport& l : r.layers) {
        rtl += l.totals.rtl_outputs;
        clipped += l.totals.adc_clipped;
        conversions += l.totals.conversions;
    }
    if (rtl > 0)
        say(common, fmt::format("RTL: {}, all equal to golden's", base::counted(rtl, "output")));
    say(common, fmt::format("{}, {}, {} ({} clipped), {:.1f} s, {:.0f} % of it golden's",
                            base::counted(r.done, "image"), base::counted(r.layers.size(), "layer"),
                            base::counted(conversions, "conversion"), clipped, r.seconds,
                            100 * r.macro_seconds / std::max(r.seconds, 1e-9)));
}

int net(Net& o, const Common& common) {
    network::SessionOptions& s = o.session;
    s.preparation = preparation(o);
    if (o.list) {
        base::check_outputs({{"--json", o.json}}, {{"MODEL", s.model}, {"--data", s.data}});
        const network::LayerList list = network::list_layers(s.model, s.data, s.preparation);
        base::print(list.table);
        if (!o.json.empty()) base::write_file(o.json, list.json);
        return 0;
    }
    s.overrides = overrides_of(common);
    for (const std::string& text : o.layers) add_layer_settings(text, s);
    s.digital = split(o.digital, ',');
    if (o.calibrate > 0) s.calibrate = o.calibrate;
    if (s.resume && s.out_dir.empty())
        throw base::Error("error: --resume: expected -o DIR, the folder of the interrupted run");
    base::check_outputs({{"--json", o.json}}, {{"MODEL", s.model},
                                               {"CONFIG", s.config},
                                               {"--data", s.data},
                                               {"--labels", s.labels},
                                               {"--calibration", s.calibration}});
    s.progress = !common.quiet && isatty(STDERR_FILENO);
    const network::Report r = network::run_session(s);
    print_summary(r, common);
    if (r.interrupted) return 1;
    if (!o.json.empty()) base::write_file(o.json, network::report_json(r));
    return 0;
}

}  // namespace

void add_net(CLI::App& app, Common& common, Action& action) {
    auto* command = add_command(
        app, common, "net", "an ONNX model through the macro: accuracy, and what each layer costs",
        "Convolutions and matrix products run on the macro, all else in float32. Models: float, QDQ,\n"
        "QOperator and QONNX, opset 9 and later, constant weights, one input and one output.");
    auto o = std::make_shared<Net>();
    network::SessionOptions& s = o->session;
    command->add_option("model", s.model, "ONNX model")->required()->type_name("MODEL.onnx");
    command->add_option("config", s.config, "YAML config (not with --list)")->type_name("CONFIG");
    command
        ->add_option("--data", s.data,
                     "images, shape (V, ...) as the model's input, float32 or uint8")
        ->type_name("X.npy");
    command->add_option("--labels", s.labels, "classes, shape (V,)")->type_name("L.npy");
    command->add_option("--calibrate", o->calibrate, "images that calibrate float layers (64)")
        ->check(CLI::Range(1, 1000000000))
        ->type_name("N");
    command->add_option("--calibration", s.calibration, "images of their own to calibrate on")
        ->type_name("C.npy");
    command->add_flag("--per-output", s.mapping.per_output, "a weight scale for each output");
    command->add_flag("--requantize", s.mapping.requantize,
                      "find new integers where the model's do not fit the macro");
    command
        ->add_flag(
            "--integer", s.mapping.integer,
            "results are quantized by the macro (output.mode: requant), where the model does")
        ->excludes("--requantize");
    command->add_option("--digital", o->digital, "layers that stay in float32")
        ->type_name("NAME,...");
    command
        ->add_option(
            "--layer", o->layers,
            "another macro for one layer: config keys, mantissa, alpha, scale, center (may be repeated)")
        ->type_name("NAME:key=value")
        ->allow_extra_args(false);
    auto* list = command->add_flag("--list", o->list, "print the layers and end");
    command->add_option("--scale", o->scale, "images are multiplied by this: 1/255")
        ->type_name("S");
    command->add_option("--mean", o->mean, "then this is taken off, one or one a channel")
        ->type_name("M,...");
    command->add_option("--std", o->std, "then they are divided by this")->type_name("D,...");
    command->add_option("--layout", o->layout, "axes of the images' file")
        ->check(CLI::IsMember({"nchw", "nhwc"}))
        ->type_name("LAYOUT");
    command
        ->add_option("--rtl", s.rtl_vectors, "the first N vectors of each layer on the RTL as well")
        ->check(CLI::Range(1, 1000000000))
        ->type_name("N");
    command->add_option("--chips", s.chips, "repeat with so many seeds")
        ->check(CLI::Range(1, 10000))
        ->type_name("C");
    command->add_option("--threads", s.threads, "threads (all cores)")
        ->check(CLI::Range(1, 1024))
        ->type_name("N");
    command->add_option("--batch", s.batch, "images that go through together; changes no result")
        ->check(CLI::Range(1, 65536))
        ->type_name("N");
    command->add_flag("--resume", s.resume, "go on with the interrupted run of -o");
    command->add_option("--json", o->json, "report (with --list: the layers) as JSON")
        ->type_name("J.json");
    command
        ->add_option("-o,--output", s.out_dir,
                     "folder for report.json, report.md, report.html, logits.npy")
        ->type_name("DIR");
    // What a list is made of; it would ignore the others.
    const std::set<std::string> listed = {"model",    "--data", "--scale", "--mean", "--std",
                                          "--layout", "--json", "--list",  "--quiet"};
    for (CLI::Option* option : command->get_options()) {
        const std::string name = option->get_name();
        if (!listed.contains(name) && name != "--help" && name != "--version")
            list->excludes(option);
    }
    command->callback([&action, &common, o] {
        const bool no_config = o->session.config.empty(), no_data = o->session.data.empty();
        if (!o->list && (no_config || no_data))
            throw CLI::RequiredError(no_config && no_data ? "CONFIG and --data"
                                     : no_config          ? "CONFIG"
                                                          : "--data");
        action = [&common, o] { return net(*o, common); };
    });
}

}  // namespace cli
