// SPDX-License-Identifier: Apache-2.0
/// Design -> the flat names that templates see: numbers and literals of the design. Nothing is
/// decided or computed here; widths that follow are computed in the generated package.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <stdexcept>

#include "base/version.hpp"
#include "generator/literal.hpp"
#include "generator/render.hpp"
#include "render_parts.hpp"

namespace generator {

namespace {

class Filler {
  public:
    explicit Filler(TemplateValues& out) : out_(out) {}
    void text(const std::string& name, std::string value) { out_.values[name] = std::move(value); }
    void number(const std::string& name, std::int64_t value) { text(name, std::to_string(value)); }
    void bit(const std::string& name, bool value) { text(name, value ? "1" : "0"); }
    /// One of the sections `name` and `no_name` appears.
    void section(const std::string& name, bool shown) {
        out_.sections[name].resize(shown ? 1 : 0);
        out_.sections["no_" + name].resize(shown ? 0 : 1);
    }

  private:
    TemplateValues& out_;
};

std::vector<std::uint32_t> to_table(const std::vector<bool>& v) { return {v.begin(), v.end()}; }

void array_values(const Design& d, Filler& v) {
    const auto& array = d.config.array;
    v.number("rows", array.rows);
    v.number("active_rows", array.active_rows);
    v.number("outputs", array.outputs);
    v.number("planes", d.planes);
    v.number("banks", array.banks);
    v.number("drive_bits", d.array.drive_bits);
    v.number("cell_bits", d.array.cell_bits);
    v.number("precharge", array.precharge);
    v.number("settle", array.settle);
    v.number("sample_gap", array.sample_gap);
    v.number("max_drive", array.max_drive);
    v.bit("write_while_compute", array.write_while_compute);
    v.bit("hold_column", array.hold == Hold::column);
    v.number("trim_bits", d.array.trim_bits);
    v.number("trim_entries", d.array.trim_entries);
    v.bit("sign_level", d.array.sign_level);
    v.number("ratio", d.array.ratio);
    v.text("signed_planes", table_literal(to_table(d.array.signed_planes), 1));
    v.bit("scaled_columns", d.array.scaled_columns);
    v.bit("analog", d.real_array);
    v.number("analog_seed", d.config.analog.seed);
    v.number("analog_noise", d.config.analog.noise);
    v.bit("analog_noise_in_v", d.config.analog.noise_in_v);
    v.number("analog_ir_drop", d.config.analog.ir_drop);
    v.number("alpha_frac", d.array.alpha_frac);
    v.number("center", d.array.center);
    v.bit("trim_by_adc", d.array.trim_by_adc);
    v.section("trim", d.array.trim_entries > 0);
}

void adc_values(const Design& d, Filler& v) {
    const auto& adc = d.config.adc;
    v.number("share", adc.share);
    v.number("code_bits", d.adc.bits);
    v.bit("code_signed", d.analog.signed_adc);
    v.number("correction_bits", adc.correction_bits);
    v.number("used_bits", d.adc.used_bits);
    v.section("correction", adc.correction_bits > 0);
    v.number("latency", adc.latency);
    v.number("handshake", d.conversion_cycles - adc.latency);
    v.section("async", adc.kind == AdcKind::async);
    v.number("step_num", adc.step.num);
    v.number("step_den", adc.step.den);
}

void stream_values(const Design& d, Filler& v) {
    v.number("in_beat", d.streams.in);
    v.number("in_bits", d.input.port_bits);
    v.number("element_bits", d.input.element_bits);
    v.number("work_bits", d.input.work_bits);
    v.number("out_beat", d.streams.out);
    v.number("out_bits", d.output.bits);
    v.bit("out_signed", d.output.is_signed);
    v.number("weight_beat", d.streams.weight);
    v.number("steps", d.steps);
    v.bit("skips_steps", d.skips_steps);
    v.number("context_bits", d.context_bits);
}

void accumulator_values(const Design& d, Filler& v) {
    v.number("register_bits", d.accumulator.register_bits);
    v.number("stored_bits", d.accumulator.stored_bits);
    v.bit("saturates", d.accumulator.saturates);
    v.bit("has_bias", d.config.accumulator.bias);
    v.bit("has_chain", d.config.accumulator.chain);
    v.section("bias", d.config.accumulator.bias);
    v.section("chain", d.config.accumulator.chain);
    v.number("result_bits", d.result.bits);
    v.bit("has_requant", d.config.output.requant);
    v.number("multiplier_bits", d.output.multiplier_bits);
    v.section("requant", d.config.output.requant);
}

/// Registers of fewer bits are not worth a clock gate of their own.
constexpr int least_gated_bits = 8;

void clock_values(const Design& d, Filler& v) {
    const bool gated = d.config.clock_gating == ClockGating::cell;
    v.number("gate_bits", gated ? least_gated_bits : 0);
    v.text("test_en", gated ? "test_en_i" : "1'b0");
    v.section("clock_gate", gated);
    const bool synchronizer = d.config.reset.synchronizer;
    v.section("reset_sync", synchronizer);
    v.text("reset", synchronizer ? "rst_no" : "rst_ni");
    v.text("reset_bypass", d.config.test.observe ? "test_mode_i" : "1'b0");
}

void port_values(const Design& d, Filler& v) {
    v.section("observe", d.config.test.observe);
    v.number("max_tiles", d.config.accumulator.max_tiles);
    v.number("count_bits", observe_count_bits);
    v.number("timeout_bits", observe_timeout_bits);
    v.number("cfg_data_bits", d.port.data_bits);
    v.number("cfg_index_bits", d.port.index_bits);
    std::vector<std::uint32_t> id;
    for (const std::uint32_t word : identification(d)) {
        id.push_back(word);
        if (d.port.data_bits == 64) id.push_back(0);
    }
    v.text("cfg_id", table_literal(id, 32));
    const auto held_by = [&d](RegisterHolder holder) {
        return std::ranges::count(d.registers, holder, &RegisterFile::holder);
    };
    v.number("front_files", held_by(RegisterHolder::frontend));
    v.number("back_files", held_by(RegisterHolder::backend));
    v.section("common", held_by(RegisterHolder::common) > 0);
    std::vector<bool> vector_wait, tile_wait, read_wait;
    for (const RegisterFile& file : d.registers) {
        vector_wait.push_back(file.wait == RegisterWait::vector);
        tile_wait.push_back(file.wait == RegisterWait::tile);
        read_wait.push_back(file.ring);
    }
    if (d.registers.empty()) vector_wait = tile_wait = read_wait = {false};
    v.text("cfg_vector_wait", table_literal(to_table(vector_wait), 1));
    v.text("cfg_tile_wait", table_literal(to_table(tile_wait), 1));
    v.text("cfg_read_wait", table_literal(to_table(read_wait), 1));
}

/// The ends' instances, and in the package each of their own numbers once.
void end_values(const Design& d, TemplateValues& out, Filler& v) {
    v.text("frontend", d.frontend.module);
    v.text("backend", d.backend.module);
    auto& numbers = out.sections["scheme_parameters"];
    std::map<std::string, std::string> seen;
    const auto add = [&](const EndModule& end, const std::string& section) {
        auto& instance = out.sections[section];
        for (const ModuleParameter& p : end.parameters) {
            instance.push_back({{"parameter", p.name}});
            if (p.value.empty()) continue;
            const auto [former, fresh] = seen.emplace(p.name, p.value);
            if (!fresh && former->second != p.value) {
                throw std::logic_error("two values of the parameter " + p.name);
            }
            if (!fresh) continue;
            numbers.push_back({{"type", p.type}, {"parameter", p.name}, {"value", p.value}});
        }
    };
    add(d.frontend, "front_parameters");
    add(d.backend, "back_parameters");
}

}  // namespace

std::string banner(const Design& d, std::string_view mark) {
    return fmt::format("{0} Generated by cimrtl {1}: cimrtl gen, config {2}\n{0} (sha256 {3}).",
                       mark, base::version(), d.config.name, config_hash(d));
}

TemplateValues template_values(const Design& d) {
    TemplateValues out;
    Filler v(out);
    v.text("banner", banner(d, "//"));
    v.text("hash_banner", banner(d, "#"));
    v.text("name", d.config.name);
    v.text("scheme", std::string(d.config.scheme()));
    array_values(d, v);
    adc_values(d, v);
    stream_values(d, v);
    accumulator_values(d, v);
    clock_values(d, v);
    port_values(d, v);
    end_values(d, out, v);
    out.partials = {{"ports", "top/ports.tpl"},
                    {"connect", "top/connect.tpl"},
                    {"array_ports", "top/array_ports.tpl"}};
    return out;
}

}  // namespace generator
