// SPDX-License-Identifier: Apache-2.0
/// Noise, chips, batches, interruption and RTL: what a run gives is the law's, however it is cut.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/scratch_folder.hpp"
#include "generator/load.hpp"
#include "golden/golden.hpp"
#include "golden/steps.hpp"
#include "models.hpp"
#include "network/session.hpp"
#include "operands/operands.hpp"

namespace {

const std::string config = std::string(CIMRTL_SOURCE_DIR) + "/generator/configs/";

network::SessionOptions noisy(const std::string& model, const std::string& scheme) {
    network::SessionOptions o;
    o.model = model_file(model + ".onnx");
    o.data = model_file(model + "_inputs.npy");
    o.config = config + scheme + ".yaml";
    o.threads = 1;
    o.overrides = {{"analog.noise", "0.7"}, {"analog.mismatch", "0.02"}, {"analog.seed", "5"}};
    return o;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

golden::Matrix constant(const network::Network& net, const std::string& name) {
    for (const auto& value : net.model.values) {
        if (value.name != name) continue;
        golden::Matrix w{static_cast<std::size_t>(value.constant->shape[0]), 0, value.constant->i};
        w.cols = w.data.size() / w.rows;
        return w;
    }
    FAIL("no constant " << name);
    return {};
}

}  // namespace

TEST_CASE("noise: image i begins at i 2^28, groups run on, layer l draws from stream 16 + l") {
    const Case c("products");
    const network::SessionOptions o = noisy("products", "conventional_64x16");
    network::SessionOptions batch = o;
    batch.batch = GENERATE(1, 2, 5);
    const network::Report found = network::run_session(batch);

    golden::Spec spec = operands::to_spec(generator::load_config_file(o.config, o.overrides));
    const golden::Matrix conv = constant(c.net, "conv"), product = constant(c.net, "product");
    const std::vector<network::Tensor> images = c.inputs();
    std::vector<float> expected;
    for (std::size_t i = 0; i < images.size(); ++i) {
        const std::vector<std::int64_t>& x = images[i].i;  // (4, 2, 3)
        std::vector<float> y(36 + 20);
        spec.analog.noise_stream = 16;
        spec.analog.first_step = std::uint64_t{i} << 28;
        for (std::size_t g = 0; g < 2; ++g) {
            golden::Operands p{{6, 2, std::vector<std::int64_t>(12)},
                               {2, 3, std::vector<std::int64_t>(6)}};
            for (std::size_t k = 0; k < 2; ++k) {
                for (std::size_t v = 0; v < 6; ++v) p.inputs(v, k) = x[(2 * g + k) * 6 + v];
                for (std::size_t m = 0; m < 3; ++m) p.weights(k, m) = conv(3 * g + m, k);
            }
            const golden::Matrix r = golden::run_reference(spec, p).outputs;
            for (std::size_t v = 0; v < 6; ++v) {
                for (std::size_t m = 0; m < 3; ++m)
                    y[(3 * g + m) * 6 + v] = static_cast<float>(r(v, m));
            }
            for (const std::uint64_t steps : golden::count_steps(spec, p))
                spec.analog.first_step += steps;
        }
        spec.analog.noise_stream = 17;
        spec.analog.first_step = std::uint64_t{i} << 28;
        const golden::Operands p{{1, 24, x}, product};
        const golden::Matrix r = golden::run_reference(spec, p).outputs;
        for (std::size_t m = 0; m < 20; ++m) y[36 + m] = static_cast<float>(r(0, m));
        expected.insert(expected.end(), y.begin(), y.end());
    }
    std::size_t differing = 0;
    for (std::size_t n = 0; n < expected.size(); ++n) {
        if (found.logits.at(n) == expected[n]) continue;
        if (differing++ == 0) {
            FAIL_CHECK("image " << n / 56 << ", result " << n % 56 << ": found " << found.logits[n]
                                << "; expected " << expected[n]);
        }
    }
    CHECK(differing == 0);
    const network::Report ideal = [&] {
        network::SessionOptions without = o;
        without.overrides = {};
        return network::run_session(without);
    }();
    CHECK(found.logits != ideal.logits);
}

TEST_CASE("noise: reports have the same bytes on any batch and threads") {
    const base::ScratchFolder folder("network");
    const std::string scheme = GENERATE("conventional_64x16", "bfp_64x16", "column_quant_64x16");
    CAPTURE(scheme);
    network::SessionOptions one = noisy("products", scheme), many = one;
    one.mapping.requantize = many.mapping.requantize = true;
    one.chips = many.chips = 3;
    one.out_dir = folder.path() / "one";
    one.batch = 1;
    many.out_dir = folder.path() / "many";
    many.batch = 3;
    many.threads = 3;
    const network::Report r = network::run_session(one);
    network::run_session(many);
    for (const std::string name : {"report.json", "report.md", "report.html", "logits.npy"}) {
        CAPTURE(name);
        const std::string bytes = bytes_of(folder.path() / "one" / name);
        CHECK(!bytes.empty());
        CHECK(bytes == bytes_of(folder.path() / "many" / name));
    }
    REQUIRE(r.chips.size() == 3);
    CHECK(r.chips[0].seed == 5);
    CHECK(r.chips[2].seed == 7);
}

TEST_CASE("chips: each is a run with its own seed") {
    network::SessionOptions o = noisy("qdq", "conventional_64x16");
    o.overrides[0].value = "12";
    o.chips = 3;
    const network::Report all = network::run_session(o);
    o.chips = 1;
    double mean = 0, worst = 1;
    for (const network::ChipReport& chip : all.chips) {
        o.overrides[2].value = std::to_string(chip.seed);
        const network::Report alone = network::run_session(o);
        CHECK(chip.same.hits == alone.same.hits);
        mean += alone.same.value() / 3;
        worst = std::min(worst, alone.same.value());
    }
    CHECK(network::spread(all).mean == Approx(mean));
    CHECK(network::spread(all).worst == worst);
}

TEST_CASE("rtl: the first vectors of every layer and group, with noise and a chip") {
    network::SessionOptions o = noisy("products", "conventional_64x16");
    o.rtl_vectors = 2;
    const network::Report r = network::run_session(o);
    CHECK(r.layers[0].totals.rtl_outputs == 2 * 2 * 3);
    CHECK(r.layers[1].totals.rtl_outputs == 20);
    CHECK(r.layers[1].totals.rtl_cycles > 0);
}

TEST_CASE("rtl: what it is compared with has the numbers of the whole run") {
    const Case c("products");
    network::SessionOptions o = noisy("products", "conventional_64x16");
    const network::Report r = network::run_session(o);
    network::LayerMacro macro;
    macro.design = generator::load_design_file(o.config, o.overrides);
    network::Sampler calibration(c.net, c.net.layers[0], 1);
    calibration.add(c.inputs()[0], 0);
    const network::MappedLayer layer(c.net, c.net.layers[0], macro, calibration.sample(), {});
    const auto slices = layer.first_vectors(c.inputs()[0], 2);
    REQUIRE(slices.size() == 2);
    for (std::size_t g = 0; g < 2; ++g) {
        const golden::Matrix y =
            golden::run_fast(operands::to_spec(macro.design.config), slices[g]).outputs;
        for (std::size_t v = 0; v < 2; ++v) {
            for (std::size_t m = 0; m < 3; ++m)
                CHECK(static_cast<float>(y(v, m)) == r.logits[(3 * g + m) * 6 + v]);
        }
    }
}
