// SPDX-License-Identifier: Apache-2.0
/// cimrtl: RTL generator for the digital side of compute-in-memory macros.
#include <fmt/format.h>

#include <new>
#include <string_view>

#include "base/error.hpp"
#include "base/interrupt.hpp"
#include "base/interrupt_mark.hpp"
#include "base/streams.hpp"
#include "base/version.hpp"
#include "command.hpp"
#include "generator/scheme.hpp"

namespace {

constexpr int exit_failed = 1;
constexpr int exit_usage = 2;

std::string footer() {
    std::string text = "Schemes:\n";
    for (const auto& scheme : generator::schemes()) {
        text += fmt::format("  {:<14}{}\n", scheme->name(), scheme->summary());
    }
    text +=
        "\nA first run:\n"
        "  cimrtl gen my.yaml                        writes gen_out/<name>/\n"
        "  cimrtl sim my.yaml                        checks the RTL against the golden model\n"
        "  cimrtl run my.yaml --weights W.npy --inputs X.npy --output Y.npy\n"
        "  cimrtl synth my.yaml                      area per block (Yosys)\n"
        "\nExit codes: 0 success, 1 the work failed or the input is bad, 2 the command line is wrong.";
    return text;
}

std::string command_names(const CLI::App& app) {
    std::string names;
    for (const CLI::App* command : app.get_subcommands({})) {
        names += (names.empty() ? "" : ", ") + command->get_name();
    }
    return names;
}

/// No option and no argument means something empty: it would be taken as if it were not there. The
/// one exception is --slurm, whose words for sbatch may be none.
void refuse_empty(const CLI::App& app) {
    for (const CLI::App* command : app.get_subcommands()) {
        for (const CLI::Option* option : command->get_options()) {
            if (option->get_name() == "--slurm") continue;
            for (const std::string& text : option->results()) {
                if (!text.empty()) continue;
                throw CLI::ValidationError(
                    option->get_name(),
                    fmt::format("found an empty text; expected {}", option->get_type_name()));
            }
        }
    }
}

int run(int argc, char** argv) {
    CLI::App app{"RTL generator for the digital side of compute-in-memory macros", "cimrtl"};
    app.set_version_flag("--version", fmt::format("cimrtl {}", base::version()));
    app.require_subcommand(1);
    app.footer(footer);
    cli::Common common;
    cli::Action action;
    cli::add_gen(app, common, action);
    cli::add_check(app, common, action);
    cli::add_run(app, common, action);
    cli::add_sim(app, common, action);
    cli::add_synth(app, common, action);
    cli::add_compare(app, common, action);
    cli::add_explore(app, common, action);
    cli::add_quantize(app, common, action);
    cli::add_chip(app, common, action);
    cli::add_calibrate(app, common, action);
    cli::add_characterize(app, common, action);
    cli::add_net(app, common, action);
    cli::add_schema(app, common, action);
    try {
        app.parse(argc, argv);
        refuse_empty(app);
    } catch (const CLI::RequiredError& e) {
        if (!app.get_subcommands().empty() || app.remaining().empty()) {
            app.exit(e);
        } else {
            base::print_error(fmt::format("error: found {}, no command; expected one of {}\n",
                                          app.remaining().front(), command_names(app)));
        }
        return exit_usage;
    } catch (const CLI::ParseError& e) {
        if (app.exit(e) != 0) return exit_usage;
        base::finish_output();  // help, version
        return 0;
    }
    const int code = action();
    base::finish_output();
    return code;
}

/// Diagnostics of a config say "error:" behind their place; anything else says it here.
int fail(std::string_view message) {
    const base::Uninterrupted unless_ended;  // then this failure is a consequence
    const bool says_so = message.find("error:") != message.npos;
    base::print_error(fmt::format("{}{}\n", says_so ? "" : "error: ", message));
    return exit_failed;
}

/// run(), with failures said.
int finish(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::bad_alloc&) {
        return fail("out of memory");
    } catch (const std::exception& e) {
        return fail(e.what());
    }
}

}  // namespace

int main(int argc, char** argv) {
    base::open_streams();
    base::end_on_signals();
    const int code = finish(argc, argv);
    base::die_if_marked();  // compare, explore and net keep what is done first
    return code;
}
