#include "columns.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "generator/design.hpp"
#include "base/error.hpp"
#include "generator/load.hpp"
#include "generator/render.hpp"
#include "sim/netlist.hpp"
#include "quantize/quantize.hpp"
#include "sim/regress.hpp"

namespace comparing {

namespace {

const std::vector<Sharing> table = {
    {"layer", "layer"},
    {"array", "array"},
    {"column, one alpha", "column", true},
    {"column", "column"},
};

}  // namespace

std::span<const Sharing> sharings() { return table; }

std::string column_config(const Sharing& s, const Macro& m, int adc_bits, int range_bits) {
    return fmt::format(
        "name: columns_{}_r{}_adc{}_{}x{}\nscheme: column_quant\n"
        "array: {{rows: {}, outputs: {}, banks: {}, precharge: 1, settle: 1}}\n"
        "accumulator: {{max_tiles: {}{}}}\nadc: {{bits: {}}}\n"
        "input: {{bits: 4}}\nweight: {{bits: 4}}\n"
        "column_quant: {{cell_bits: 2, granularity: {}, range_bits: {}}}\n",
        s.granularity, range_bits, adc_bits, m.rows, m.outputs, m.rows, m.outputs, m.banks(),
        m.banks(), m.signed_inputs ? ", bias: true" : "", adc_bits, s.granularity, range_bits);
}

ColumnRow measure_column(const Sharing& sharing, const Macro& macro, const Layer& layer,
                         int adc_bits, bool simulate) {
    const std::string text = column_config(sharing, macro, adc_bits, 0);
    const generator::Config config = generator::load_config(text, sharing.label);
    const quantize::Quantized q =
        quantize::quantize_layer(config, layer.weights, layer.inputs, {.one_alpha = sharing.one_alpha});
    const auto engine = simulate ? sim::Engine::both : sim::Engine::golden;
    ColumnRow row{sharing, measure_config(text, layer, as_operands(config, q), engine), simulate,
                  q.partial_sum_sqnr_db, q.max_abs_sqnr_db};
    row.row.label = sharing.label;
    return row;
}

Area column_area(const std::string& config, const std::string& liberty, const std::string& dir,
                 bool check) {
    const Area area = area_of(config, liberty, dir);
    if (check) check_netlist(area, generator::elaborate(generator::load_config(config, "config")));
    return area;
}

const ColumnRow& ColumnComparison::at(int adc_bits, const Sharing& sharing) const {
    return *std::ranges::find_if(rows, [&](const ColumnRow& r) {
        return r.row.adc_bits == adc_bits && r.sharing.label == sharing.label;
    });
}

const Row* ColumnComparison::hardware_of(int adc_bits, const Sharing& sharing,
                                         int range_bits) const {
    const std::string config = column_config(sharing, macro, adc_bits, range_bits);
    const auto found = std::ranges::find(hardware, config, &Row::config);
    return found == hardware.end() ? nullptr : &*found;
}

}  // namespace comparing
