// SPDX-License-Identifier: Apache-2.0
// Rationale: a name that is legal and no keyword may still clash with what the generated files
// declare. For names of each kind (port, net, instance, module, package or file made of the name)
// `check` refuses; and so that the refusals are neither too few nor too many, Verilator lints, with
// all its warnings, what is generated under names that are words of the files but clash with
// nothing.
#include "cli_bench.hpp"

using namespace cli_bench;

TEST_CASE("names: what the generated files declare is taken", "[cli]") {
    const Desk desk;
    for (const std::string name : {"clk_i", "sample", "bank", "hold", "cell_data", "precharge",
                                   "u_array", "cim", "cim_analog"}) {
        check_failed(
            desk.run({"check", "mini.yaml", "-P", "name=" + name}),
            {"-P name: error: found \"" + name + "\"", "expected a name that is not taken"});
        CHECK(desk.run({"gen", "mini.yaml", "-P", "name=" + name}).exit_code == 1);
    }
    // A port that only some designs have.
    const Words chain = {"check", "mini.yaml", "-P", "name=chain_data_i"};
    check_passed(desk.run(chain));
    Words with_chain = chain;
    with_chain.insert(with_chain.end(), {"-P", "accumulator.chain=true"});
    check_failed(desk.run(with_chain), {"chain_data_i"});
    CHECK(!fs::exists(desk.at("gen_out")));
}

TEST_CASE("names: words of the files that clash with nothing lint clean", "[cli]") {
    const Desk desk;
    for (const std::string name : {"b", "c", "code", "step", "drive", "namespace", "acc_q"}) {
        check_passed(desk.run({"gen", "mini.yaml", "-P", "name=" + name, "-o", name}));
        Command lint;
        lint.argv = {"verilator", "--lint-only", "-Wall",        "lint.vlt",
                     "-F",        "files_sim.f", "--top-module", name};
        lint.cwd = desk.path() / name;
        check_passed(run_process(lint));
    }
}
