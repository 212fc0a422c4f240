// SPDX-License-Identifier: Apache-2.0
// Rationale: programs are started by others, with streams that are closed, full, or a pipe whose
// reader is gone. What standard error does not take is lost, never the work; what standard output
// does not take may be the result, so it is an error. A closed stream must not lend its number to a
// file: what is printed would be written into the result.
#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

/// A line of sh in the desk's folder; `$C` is the program.
ProcessResult shell(const Desk& desk, const std::string& line) {
    Command c;
    c.argv = {"/bin/sh", "-c", fmt::format("C='{}'\n{}", CIMRTL_TOOL, line)};
    c.cwd = desk.path();
    return run_process(c);
}

const std::string clipped_run =
    "$C run mini.yaml --weights w.npy --inputs x.npy --engine golden -P adc.bits=1 ";

}  // namespace

TEST_CASE("streams: a note that cannot be printed costs no result", "[cli]") {
    const Desk desk;
    check_passed(shell(desk, clipped_run + "--output right.npy"));
    const std::string right = slurp(desk.at("right.npy"));
    for (const std::string closed :
         {"2>&-", "2>/dev/full", "2>&1 >/dev/null | true", "0<&- 2>&-"}) {
        INFO(closed);
        fs::remove(desk.at("y.npy"));
        const ProcessResult r =
            shell(desk, clipped_run + "--output y.npy " + closed + "\necho rc $?");
        CHECK_THAT(r.output, Contains("rc 0"));
        for (int i = 0; i < 100 && !fs::exists(desk.at("y.npy")); ++i) usleep(20000);  // the pipe
        CHECK(slurp(desk.at("y.npy")) == right);
    }
    // Nothing of the message stands in the file.
    CHECK(shell(desk, clipped_run + "-q --output y.npy 1>&- 2>&- 0<&-").exit_code == 0);
    CHECK(slurp(desk.at("y.npy")) == right);
}

TEST_CASE("streams: an error without a standard error is still exit 1, a wrong line 2", "[cli]") {
    const Desk desk;
    for (const std::string closed : {"2>&-", "2>/dev/full"}) {
        CHECK(shell(desk, "$C check nofile.yaml " + closed).exit_code == 1);
        CHECK(shell(desk, "$C check mini.yaml nofile.yaml " + closed).exit_code == 1);
        CHECK(shell(desk, "$C frob " + closed).exit_code == 2);
        CHECK(shell(desk, "$C run mini.yaml " + closed).exit_code == 2);
    }
}

TEST_CASE("streams: what is printed on a full or closed standard output is an error", "[cli]") {
    const Desk desk;
    for (const std::string words :
         {"schema", "check mini.yaml", "--help", "--version", "gen --help"}) {
        for (const std::string closed : {">/dev/full", ">&-"}) {
            INFO(words << ' ' << closed);
            check_failed(shell(desk, "$C " + words + ' ' + closed),
                         {"standard output cannot be written"});
        }
        CHECK(shell(desk, "$C " + words + " >&- 2>&-").exit_code == 1);
    }
    CHECK(shell(desk, "$C check -q mini.yaml >&-").exit_code == 0);  // nothing to print
}

TEST_CASE("streams: a reader that goes away ends the program as it ends others", "[cli]") {
    const Desk desk;
    const ProcessResult r =
        shell(desk, "{ (sleep 0.2; exec $C schema); echo \"rc $?\" >&2; } | true");
    CHECK(r.output == "rc 141\n");  // of SIGPIPE, without a word
}

TEST_CASE("streams: a file beyond the limit is an error, and leaves nothing", "[cli]") {
    const Desk desk;
    desk.put_npy("many.npy", {4000, 6}, 8, 0);
    check_failed(shell(desk,
                       "ulimit -f 8; $C run mini.yaml --weights w.npy --inputs many.npy --engine "
                       "golden --output y.npy"),
                 {"y.npy", "File too large"});
    CHECK(desk.names() == std::set<std::string>{"many.npy", "mini.yaml", "w.npy", "x.npy"});
}
