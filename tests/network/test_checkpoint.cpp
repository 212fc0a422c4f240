// SPDX-License-Identifier: Apache-2.0
/// `--resume` goes on with the same run only: everything that decides results is in the key.
#include <catch2/catch.hpp>
#include <filesystem>

#include "base/files.hpp"
#include "base/scratch_folder.hpp"
#include "checkpoint.hpp"
#include "models.hpp"

namespace {

const std::string configs = std::string(CIMRTL_SOURCE_DIR) + "/generator/configs/";

network::SessionOptions options() {
    network::SessionOptions o;
    o.model = model_file("products.onnx");
    o.data = model_file("products_inputs.npy");
    o.config = configs + "conventional_64x16.yaml";
    return o;
}

std::string key(const network::SessionOptions& o) {
    return network::checkpoint_key(o, network::read_model(o.model));
}

}  // namespace

TEST_CASE("checkpoint: the contents of a layer's own files are in its key") {
    const base::ScratchFolder folder("network");
    const std::string file = folder.path() / "f.npy";
    const std::string setting = GENERATE("alpha", "scale", "center");
    CAPTURE(setting);
    network::SessionOptions o = options();
    o.layers = {{"product", {setting, file}}};
    base::write_file(file, "one");
    const std::string first = key(o);
    CHECK(key(o) == first);
    base::write_file(file, "two");
    CHECK(key(o) != first);
}

TEST_CASE("checkpoint: external data of the model is in its key") {
    const base::ScratchFolder folder("network");
    network::SessionOptions o = options();
    o.model = folder.path() / "m.onnx";
    base::write_file(o.model, base::bytes_of(model_file("external.onnx")));
    const std::string data = folder.path() / "weights.bin";
    std::string bytes(216, '\0');
    base::write_file(data, bytes);
    const std::string first = key(o);
    CHECK(key(o) == first);
    bytes[100] = 1;
    base::write_file(data, bytes);
    CHECK(key(o) != first);
}

TEST_CASE("checkpoint: the number of images is in its key") {
    network::SessionOptions o = options();
    const std::string all = key(o);
    o.images = 2;
    CHECK(key(o) != all);
}

TEST_CASE("chips: seeds past the last one are refused before any work") {
    network::SessionOptions o = options();
    o.overrides = {{"analog.noise", "0.5"}, {"analog.seed", "4294967295"}};
    o.chips = 2;
    CHECK_THAT(complaint(o),
               Catch::Contains("error: --chips 2: found analog.seed 4294967295, with which the "
                               "last chip's would be 4294967296; expected 4294967295 at most"));
    o.overrides[1].value = "4294967294";
    CHECK(network::run_session(o).chips.back().seed == 4294967295);
}

TEST_CASE("chips: layers with seeds of their own are refused") {
    network::SessionOptions o = options();
    const std::string name =
        network::prepare(network::read_model(o.model), std::nullopt).layers.back().name;
    o.layers = {{name, {"analog.seed", "7"}}};
    o.chips = 2;
    CHECK_THAT(complaint(o), Catch::Contains("found analog.seed 7 for layer `" + name +
                                             "` beside 1; expected one seed for all layers"));
}
