// SPDX-License-Identifier: Apache-2.0
#include "network_options.hpp"

namespace cli {

void add_network(CLI::App& command, CLI::Option* weights, study::NetworkFiles& files) {
    auto* model = command.add_option("--model", files.model,
                                     "an ONNX network in a layer's place: rows show its accuracy");
    auto* data = command.add_option("--data", files.data, "images, as `net` takes them");
    auto* labels = command.add_option("--labels", files.labels, "their classes");
    model->type_name("MODEL.onnx")->needs(data)->needs(labels)->excludes(weights);
    data->type_name("X.npy")->needs(model);
    labels->type_name("L.npy")->needs(model);
    command.add_option("--chips", files.chips, "seeds of a row whose array is not ideal")
        ->check(CLI::Range(1, 10000))
        ->type_name("C")
        ->needs(model);
    command
        .add_flag("--requantize", files.requantize,
                  "new integers where the model's do not fit a macro")
        ->needs(model);
    command.add_option("--digital", files.digital, "layers of the network that stay in float32")
        ->type_name("NAME,...")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->needs(model);
}

}  // namespace cli
