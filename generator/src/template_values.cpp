/// Design -> the flat names that templates see: numbers of the design, and the widths of buses that
/// are so many of them side by side (elements · bits - 1). Nothing is decided here.
#include <fmt/format.h>

#include <algorithm>

#include "generator/literal.hpp"
#include "generator/render.hpp"
#include "base/version.hpp"
#include "render_parts.hpp"

namespace generator {

namespace {

class Values {
  public:
    explicit Values(TemplateValues& out) : out_(out) {}
    void text(const std::string& name, std::string value) { out_.values[name] = std::move(value); }
    void number(const std::string& name, std::int64_t value) { text(name, std::to_string(value)); }
    void bit(const std::string& name, bool value) { text(name, value ? "1" : "0"); }
    /// A width w as the `msb` of `[msb:0]`.
    void msb(const std::string& name, std::int64_t width) { number(name + "_msb", width - 1); }

  private:
    TemplateValues& out_;
};

std::vector<std::uint32_t> to_table(const std::vector<int>& v) { return {v.begin(), v.end()}; }
std::vector<std::uint32_t> to_table(const std::vector<bool>& v) { return {v.begin(), v.end()}; }

void shape_values(const Design& d, Values& v) {
    const Config& c = d.config;
    v.text("name", c.name);
    v.text("scheme", std::string(c.scheme()));
    v.number("rows", c.array.rows);
    v.number("outputs", c.array.outputs);
    v.number("active_rows", c.array.active_rows);
    v.number("banks", c.array.banks);
    v.number("precharge", c.array.precharge);
    v.number("settle", c.array.settle);
    v.bit("hold_column", c.array.hold == Hold::column);
    v.bit("overlap", d.overlap_precharge);
    v.number("planes", d.planes);
    v.number("steps", d.steps);
    v.number("columns", d.columns);
    v.number("adcs", d.adcs);
    v.number("bank_bits", d.bank_bits);
    v.number("row_bits", d.row_bits);
    v.msb("bank", d.bank_bits);
    v.msb("row", d.row_bits);
    v.msb("rows", d.rows_bits);
    v.msb("rowen", c.array.rows);
    v.msb("outputs", c.array.outputs);
    v.msb("step", index_bits(d.steps));
}

void array_values(const Design& d, Values& v) {
    const auto& c = d.config;
    v.number("drive_bits", d.array.drive_bits);
    v.number("cell_bits", d.array.cell_bits);
    v.bit("sign_level", d.array.sign_level);
    v.number("ratio", d.array.ratio);
    v.text("signed_planes", table_literal(to_table(d.array.signed_planes), 1));
    v.number("step_num", c.adc.step.num);
    v.number("step_den", c.adc.step.den);
    v.number("share", c.adc.share);
    v.number("column_last", c.adc.share - 1);
    v.number("latency", c.adc.latency);
    v.number("adc_bits", d.adc.bits);
    v.bit("adc_signed", d.analog.signed_adc);
    v.number("code_bits", d.adc.used_bits);
    v.bit("code_signed", d.adc.used_signed);
    v.number("correction_bits", c.adc.correction_bits);
    v.msb("used_code", std::int64_t{d.adcs} * d.adc.used_bits);
    v.number("column_bits", d.column_bits);
    v.bit("scaled_columns", d.array.scaled_columns);
    v.bit("analog", d.real_array);
    v.number("analog_seed", c.analog.seed);
    v.number("analog_noise", c.analog.noise);
    v.bit("analog_noise_in_v", c.analog.noise_in_v);
    v.number("analog_ir_drop", c.analog.ir_drop);
    v.number("alpha_frac", d.array.alpha_frac);
    v.number("center", d.array.center);
    v.number("trim_bits", d.array.trim_bits);
    v.number("trim_entries", d.array.trim_entries);
    v.bit("trim_by_adc", d.array.trim_by_adc);
    v.msb("array_trim", std::max(1, d.array.trim_bits * d.array.trim_entries));
    v.msb("drive", std::int64_t{c.array.rows} * d.array.drive_bits);
    v.msb("adc", d.adcs);
    v.msb("adc_column", std::int64_t{d.adcs} * d.column_bits);
    v.msb("adc_code", std::int64_t{d.adcs} * d.adc.bits);
}

void stream_values(const Design& d, Values& v) {
    const auto& s = d.streams;
    v.number("in_beat", s.in);
    v.number("out_beat", s.out);
    v.number("weight_beat", s.weight);
    v.number("element_bits", d.input.element_bits);
    v.number("work_bits", d.input.work_bits);
    v.msb("beat", index_bits((d.config.array.rows + s.in - 1) / s.in));
    v.bit("direct", d.direct_input);
    v.number("word_bits", std::int64_t{s.weight} * d.array.cell_bits);
    v.number("word_addr_bits", s.word_addr_bits);
    v.msb("in_data", std::int64_t{s.in} * d.input.port_bits);
    v.msb("element_data", std::int64_t{s.in} * d.input.element_bits);
    v.msb("load", std::int64_t{d.config.array.rows} * d.input.element_bits);
    v.msb("tile", std::int64_t{d.config.array.rows} * d.input.work_bits);
    v.msb("out", s.out);
    v.msb("out_data", std::int64_t{s.out} * d.result.bits);
    v.msb("chain_data", std::int64_t{s.out} * d.accumulator.bits);
    v.msb("word_addr", s.word_addr_bits);
    v.msb("word_data", std::int64_t{s.weight} * d.array.cell_bits);
}

void step_values(const Design& d, Values& v) {
    v.number("step_pos_bits", d.step_pos_bits);
    v.msb("step_pos", d.step_pos_bits);
    v.text("step_pos_table", table_literal(to_table(d.step_pos), d.step_pos_bits));
    v.bit("negate_last_step", d.negate_last_step);
    v.number("plane_pos_bits", d.plane_pos_bits);
    v.text("plane_pos_table", table_literal(to_table(d.plane_pos), d.plane_pos_bits));
    v.text("plane_negate_table", table_literal(to_table(d.plane_negate), 1));
    v.bit("skips_steps", d.skips_steps);
    v.number("context_bits", d.context_bits);
    v.msb("context", d.context_bits);
    v.number("payload_bits", d.context_bits + 3);       // first of tile, of vector, last of vector
    v.number("code_context_bits", d.context_bits + 2);  // the last-of-vector flag stays behind
    v.number("lane_stages", d.lane_stages);
}

void lane_values(const Design& d, Values& v) {
    const auto& acc = d.accumulator;
    v.number("lanes", d.lane.count);
    v.number("lane_adcs", d.lane.adcs);
    v.number("lane_outputs", d.lane.outputs);
    v.number("lane_result_bits", std::int64_t{d.lane.outputs} * acc.stored_bits);
    v.number("sum_bits", d.lane.sum_bits);
    v.msb("lane_adcs", d.lane.adcs);
    v.msb("lane_code", std::int64_t{d.lane.adcs} * d.adc.used_bits);
    v.msb("lane_column", std::int64_t{d.lane.adcs} * d.column_bits);
    v.number("lane_code_bits", std::int64_t{d.lane.adcs} * d.adc.used_bits);
    v.number("lane_column_bits", std::int64_t{d.lane.adcs} * d.column_bits);
    v.msb("lane_outputs", d.lane.outputs);
    v.msb("lane_result", std::int64_t{d.lane.outputs} * acc.stored_bits);
    v.number("register_bits", acc.register_bits);
    v.msb("register", acc.register_bits);
    v.number("result_bits", acc.bits);
    v.number("stored_bits", acc.stored_bits);
    v.number("out_bits", d.result.bits);
    v.number("out_stored_bits", d.result.stored_bits);
    v.bit("out_signed", d.result.is_signed);
    v.msb("out_stored", std::int64_t{d.config.array.outputs} * d.result.stored_bits);
    v.number("lane_out_bits", std::int64_t{d.lane.outputs} * d.result.stored_bits);
    v.number("out_data_bits", d.output_connect.empty() ? d.result.bits : d.result.stored_bits);
    v.msb("raw_data", std::int64_t{d.streams.out} * d.result.stored_bits);
    v.msb("lane_out", std::int64_t{d.lane.outputs} * d.result.stored_bits);
    v.msb("start", std::int64_t{d.config.array.outputs} * acc.stored_bits);
    v.bit("saturates", acc.saturates);
    v.bit("has_start", acc.has_start);
}

void register_values(const Design& d, TemplateValues& out, Values& v) {
    const auto& port = d.port;
    v.number("cfg_data_bits", port.data_bits);
    v.number("cfg_index_bits", port.index_bits);
    v.number("cfg_regions", port.regions);
    v.msb("cfg_addr", port.addr_bits);
    v.msb("cfg_data", port.data_bits);
    v.msb("cfg_index", port.index_bits);
    const int files = std::max(1, port.regions - 1);
    v.msb("files", files);
    v.msb("file_data", std::int64_t{files} * port.data_bits);
    std::vector<std::uint32_t> id;
    for (const std::uint32_t word : identification(d)) {
        id.push_back(word);
        if (port.data_bits == 64) id.push_back(0);
    }
    v.text("cfg_id", table_literal(id, 32));
    std::vector<bool> vector_wait(files), tile_wait(files), read_wait(files);
    auto& rows = out.sections["registers"];
    out.sections["ready_files"];
    for (std::size_t i = 0; i < d.registers.size(); ++i) {
        const auto& file = d.registers[i];
        vector_wait[i] = file.wait == RegisterWait::vector;
        tile_wait[i] = file.wait == RegisterWait::tile;
        read_wait[i] = file.own;
        v.number(file.name + "_file", static_cast<std::int64_t>(i));
        if (!file.slow) out.sections["ready_files"].push_back({{"index", std::to_string(i)}});
        if (file.own) continue;
        const auto mask = (std::uint64_t{1} << file.bits) - 1;
        rows.push_back(
            {{"register", file.name},
             {"entries", std::to_string(file.entries)},
             {"bits", std::to_string(file.bits)},
             {"signed", file.is_signed ? "1" : "0"},
             {"has_reset", file.reset ? "1" : "0"},
             {"reset", fmt::format("{}'d{}", file.bits,
                                   static_cast<std::uint64_t>(file.reset.value_or(0)) & mask)},
             {"index", std::to_string(i)},
             {"values_msb", std::to_string(file.entries * file.bits - 1)}});
    }
    v.text("cfg_vector_wait", table_literal(to_table(vector_wait), 1));
    v.text("cfg_tile_wait", table_literal(to_table(tile_wait), 1));
    v.text("cfg_read_wait", table_literal(to_table(read_wait), 1));
    out.sections["no_registers"].resize(d.registers.empty() ? 1 : 0);
}

void start_values(const Design& d, TemplateValues& out, Values& v) {
    const auto& acc = d.config.accumulator;
    out.sections["chain"].resize(acc.chain ? 1 : 0);
    out.sections["no_chain"].resize(acc.chain ? 0 : 1);
    v.bit("bias_bit", acc.bias);
    const bool corrected = d.config.adc.correction_bits > 0;
    out.sections["correction"].resize(corrected ? 1 : 0);
    out.sections["no_correction"].resize(corrected ? 0 : 1);
    out.sections["has_bias"].resize(acc.bias ? 1 : 0);
    out.sections["no_bias"].resize(acc.bias ? 0 : 1);
    const bool start = d.accumulator.has_start;
    out.sections["has_start_section"].resize(start ? 1 : 0);
    out.sections["no_start_section"].resize(start ? 0 : 1);
}

}  // namespace

TemplateValues template_values(const Design& d) {
    TemplateValues out;
    Values v(out);
    v.text("banner", fmt::format("// Generated by cimrtl {}: cimrtl gen, config {} (sha256 {}).\n"
                                 "// Do not edit: change the config and generate again.",
                                 base::version(), d.config.name, config_hash(d)));
    shape_values(d, v);
    array_values(d, v);
    stream_values(d, v);
    step_values(d, v);
    lane_values(d, v);
    register_values(d, out, v);
    start_values(d, out, v);
    const bool trims = d.array.trim_entries > 0;
    out.sections["trim"].resize(trims ? 1 : 0);
    out.sections["no_trim"].resize(trims ? 0 : 1);
    out.sections["plain_codes"].resize(d.own_follow ? 0 : 1);
    const bool held = d.config.array.hold == Hold::column;
    out.sections["hold_column_section"].resize(held ? 1 : 0);
    out.sections["hold_none"].resize(held ? 0 : 1);
    out.sections["plain_output"].resize(d.output_connect.empty() ? 1 : 0);
    out.sections["raw_output"].resize(d.output_connect.empty() ? 0 : 1);
    for (const auto& [name, value] : d.scheme_values) v.text(name, value);
    for (const auto& [name, shown] : d.scheme_sections) out.sections[name].resize(shown ? 1 : 0);
    out.partials = {
        {"ports", "top/ports.tpl"},
        {"connect", "top/connect.tpl"},
        {"array_ports", "top/array_ports.tpl"},
        {"plain_tile", "top/plain_tile.tpl"},
        {"plain_steps", "top/plain_steps.tpl"},
        {"frontend", d.frontend},
        {"follow", d.follow},
        {"output_connect", d.output_connect.empty() ? "top/none.tpl" : d.output_connect},
        {"lane_connect", d.lane_connect.empty() ? "top/none.tpl" : d.lane_connect}};
    return out;
}

}  // namespace generator
