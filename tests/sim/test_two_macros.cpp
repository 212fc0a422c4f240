// SPDX-License-Identifier: Apache-2.0
// Rationale: the output stage makes one macro's results another one's inputs. Two layers of the
// project's network, the second restricted to the centre tap of its kernel, on two generated macros
// whose streams are joined in SystemVerilog (two_macros/bench.sv), nothing between them: every beat
// equal to golden's second layer on golden's first.
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <set>

#include "base/process.hpp"
#include "base/scratch_folder.hpp"
#include "generator/render.hpp"
#include "golden/fast.hpp"
#include "operands/npy.hpp"
#include "operands/operands.hpp"
#include "quantize/quantize.hpp"
#include "rtl_bench.hpp"

using namespace rtl_bench;

namespace {

using Floats = operands::Tensor<double>;

const fs::path data = fs::path(CIMRTL_TEST_DATA) / "fashion_conv";

generator::Design design(const std::string& text) { return generator::load_design(text, "test"); }

const std::string first_text =
    "name: first\nscheme: conventional\narray: {rows: 9, outputs: 16, banks: 2}\n"
    "adc: {share: 8, latency: 1}\naccumulator: {bias: true}\n"
    "stream: {out: 4, weight: 128}\ninput: {bits: 8, signed: true}\nweight: {bits: 8}\n"
    "output: {mode: requant, bits: 8}\n";
const std::string second_text =
    "name: second\nscheme: conventional\narray: {rows: 16, outputs: 32, banks: 2, active_rows: 8}\n"
    "adc: {share: 16, latency: 2}\nstream: {in: 4, out: 8, weight: 256}\n"
    "input: {bits: 8}\nweight: {bits: 8}\noutput: {mode: requant, bits: 6, signed: true}\n";

/// A layer on its macro.
struct Layer {
    generator::Design design;
    golden::Operands operands;
    golden::Matrix outputs;
};

Layer finish(generator::Design d, const quantize::Quantized& q, const golden::Matrix& inputs,
             std::vector<std::int64_t> bias, const quantize::Requantization& r) {
    Layer layer{std::move(d), {}, {}};
    golden::Operands& o = layer.operands;
    o.inputs = inputs;
    o.weights = {q.weights.shape[0], q.weights.shape[1], q.weights.data};
    o.bias = std::move(bias);
    o.multiplier = r.multiplier;
    o.shift = r.shift;
    o.output = {r.zero_point, r.clamp};
    layer.outputs = golden::run_fast(operands::to_spec(layer.design.config), o).outputs;
    return layer;
}

Layer first_layer() {
    generator::Design d = design(first_text);
    const Floats weights = operands::read_npy_float((data / "conv1_weights.npy").string());
    const Floats inputs = operands::read_npy_float((data / "conv1_inputs.npy").string());
    const Floats bias = operands::read_npy_float((data / "conv1_bias.npy").string());
    const auto q = quantize::quantize_layer(d.config, weights, inputs, {.per_output = true});
    std::vector<std::int64_t> integers;
    for (std::size_t m = 0; m < bias.data.size(); ++m) {
        integers.push_back(std::llround(bias.data[m] / q.output_scale[m]));
    }
    const auto r = quantize::requantization(d.config, q.output_scale, 16, {0.02, 0, true});
    constexpr std::size_t vectors = 64;
    const golden::Matrix some{
        vectors, 9, {q.inputs.data.begin(), q.inputs.data.begin() + vectors * 9}};
    return finish(std::move(d), q, some, std::move(integers), r);
}

/// The centre tap of conv2: row (channel · 3 + 1) · 3 + 1 of each channel.
Layer second_layer(const Layer& first) {
    generator::Design d = design(second_text);
    const Floats all = operands::read_npy_float((data / "conv2_weights.npy").string());
    const std::size_t columns = all.shape[1];
    Floats centre{{16, columns}, {}};
    for (std::size_t c = 0; c < 16; ++c) {
        const auto row = all.data.begin() + static_cast<std::ptrdiff_t>((c * 9 + 4) * columns);
        centre.data.insert(centre.data.end(), row, row + static_cast<std::ptrdiff_t>(columns));
    }
    const golden::Matrix& x = first.outputs;
    Floats real{{x.rows, x.cols}, {x.data.begin(), x.data.end()}};
    const auto q = quantize::quantize_layer(d.config, centre, real, {});
    const auto r =
        quantize::requantization(d.config, {q.weight_scale[0] * 0.02}, columns, {0.05, 0, false});
    return finish(std::move(d), q, x, {}, r);
}

/// Lines of bits, the first element lowest.
class Hex {
  public:
    void put(std::uint64_t value, int bits) {
        for (int b = 0; b < bits; ++b) bits_.push_back(value >> b & 1);
    }
    void end_line() {
        bits_.resize((bits_.size() + 3) / 4 * 4);
        for (std::size_t at = bits_.size(); at > 0; at -= 4) {
            const int digit =
                bits_[at - 1] * 8 + bits_[at - 2] * 4 + bits_[at - 3] * 2 + bits_[at - 4];
            text_ += "0123456789abcdef"[digit];
        }
        text_ += '\n';
        bits_.clear();
        ++lines_;
    }
    void write(const fs::path& path) const { base::write_file(path.string(), text_); }
    std::size_t lines() const { return lines_; }

  private:
    std::vector<std::uint8_t> bits_;
    std::string text_;
    std::size_t lines_ = 0;
};

/// All registers of a macro, by their names in the map.
Hex registers(const Layer& layer) {
    const golden::Operands& o = layer.operands;
    const std::map<std::string, std::vector<std::int64_t>> values = {
        {"bias", o.bias},
        {"multiplier", o.multiplier},
        {"shift", o.shift},
        {"zero_point", {o.output.zero_point}},
        {"clamp_low", {o.output.clamp->first}},
        {"clamp_high", {o.output.clamp->second}}};
    Hex hex;
    const auto& files = layer.design.registers;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const auto& entries = values.at(files[i].name);
        for (std::size_t e = 0; e < entries.size(); ++e) {
            hex.put(static_cast<std::uint64_t>(entries[e]), 32);
            hex.put((i + 1) << layer.design.port.index_bits | e, 32);
            hex.end_line();
        }
    }
    return hex;
}

Hex cells(const Layer& layer) {
    generator::TileView tile;
    tile.rows = layer.operands.weights.rows;
    tile.outputs = layer.operands.weights.cols;
    tile.weight = [&](std::size_t r, std::size_t m) { return layer.operands.weights(r, m); };
    const auto made = generator::scheme_of(layer.design.config).tile_cells(layer.design, tile);
    Hex hex;
    for (std::size_t i = 0; i < made.cells.size(); ++i) {
        hex.put(made.cells[i], layer.design.array.cell_bits);
        if ((i + 1) % static_cast<std::size_t>(layer.design.columns) == 0) hex.end_line();
    }
    return hex;
}

/// Elements of a matrix in beats.
Hex beats(const golden::Matrix& values, int per_beat, int bits) {
    Hex hex;
    for (std::size_t v = 0; v < values.rows; ++v) {
        for (std::size_t at = 0; at < values.cols; at += static_cast<std::size_t>(per_beat)) {
            for (std::size_t e = at; e < at + static_cast<std::size_t>(per_beat); ++e) {
                hex.put(e < values.cols ? static_cast<std::uint64_t>(values(v, e)) : 0, bits);
            }
            hex.end_line();
        }
    }
    return hex;
}

void put_macro(const Layer& layer, const fs::path& folder, std::vector<std::string>& argv) {
    const std::string& name = layer.design.config.name;
    for (const base::OutFile& file : generator::render(layer.design)) {
        fs::create_directories((folder / name / file.path).parent_path());
        base::write_file((folder / name / file.path).string(), file.contents);
    }
    argv.insert(argv.end(), {"-F", name + "/files_sim.f"});
    registers(layer).write(folder / (name + "_cfg.hex"));
    cells(layer).write(folder / (name + "_cells.hex"));
}

}  // namespace

TEST_CASE("two macros: the first one's outputs are the second one's inputs", "[rtl]") {
    if (!have_verilator()) return;
    const ScratchFolder scratch("cimrtl-test");
    const fs::path& folder = scratch.path();
    const Layer first = first_layer(), second = second_layer(first);
    const std::set<std::int64_t> seen(second.outputs.data.begin(), second.outputs.data.end());
    REQUIRE(seen.size() > 20);  // the layers say something

    Command verilate;
    verilate.cwd = folder;
    verilate.argv = {"verilator",
                     "--binary",
                     "-Wno-fatal",
                     "-Wno-lint",
                     "--top-module",
                     "bench",
                     "-Mdir",
                     "obj",
                     "-CFLAGS",
                     "-O0",
                     fmt::format("+define+VECTORS={}", first.operands.inputs.rows),
                     fmt::format("+define+FIRST_WORDS={}", registers(first).lines()),
                     fmt::format("+define+SECOND_WORDS={}", registers(second).lines())};
    put_macro(first, folder, verilate.argv);
    put_macro(second, folder, verilate.argv);
    verilate.argv.push_back(CIMRTL_TWO_MACROS_BENCH);
    beats(first.operands.inputs, first.design.streams.in, 8).write(folder / "inputs.hex");
    beats(first.outputs, first.design.streams.out, 8).write(folder / "joined.hex");
    beats(second.outputs, second.design.streams.out, 6).write(folder / "expected.hex");
    const ProcessResult built = run_process(verilate);
    INFO(built.output);
    REQUIRE(built.exit_code == 0);
    Command simulate;
    simulate.cwd = folder;
    simulate.argv = {(folder / "obj" / "Vbench").string()};
    const ProcessResult r = run_process(simulate);
    INFO(r.output);
    CHECK(r.exit_code == 0);
    CHECK_THAT(r.output, Contains(fmt::format("PASS {} beats", second.outputs.rows * 4)));
}
