// SPDX-License-Identifier: Apache-2.0
// Rationale: Ctrl-C has to end a shell's loop, which it does only if the program dies of the signal
// itself; batch systems look at the same. Before it dies nothing may be left: no temporary file or
// folder, no folder made for an output, no compiler that goes on. Tried at several moments of each
// command, since what is there to be cleaned up differs.
#include <fcntl.h>
#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <functional>
#include <thread>

#include "cli_bench.hpp"
#include "study_text.hpp"

using namespace cli_bench;

namespace {

const std::set<std::string> as_it_was = {"mini.yaml", "w.npy", "x.npy"};

/// The program in the desk's folder, with TMPDIR and CIMRTL_CACHE below it, ended by a signal after
/// a while, or once `begun` says so; its status as waitpid gives it.
int interrupted(
    const Desk& desk, Words words, int number, std::chrono::milliseconds after,
    const std::function<bool()>& begun = [] { return false; }) {
    words.insert(words.begin(), CIMRTL_TOOL);
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    fs::create_directory(desk.at("tmp"));
    const pid_t pid = fork();
    REQUIRE(pid >= 0);
    if (pid == 0) {
        setpgid(0, 0);
        (void)!chdir(desk.path().c_str());
        dup2(open("/dev/null", O_WRONLY), 1);
        dup2(open("err.txt", O_WRONLY | O_CREAT, 0666), 2);
        setenv("TMPDIR", desk.at("tmp").c_str(), 1);
        setenv("CIMRTL_CACHE", desk.at("cache").c_str(), 1);
        setenv("CCACHE_DISABLE", "1", 1);
        execv(argv[0], argv.data());
        _exit(127);
    }
    const auto end = std::chrono::steady_clock::now() + after;
    while (std::chrono::steady_clock::now() < end && !begun())
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    kill(pid, number);
    int status = 0;
    waitpid(pid, &status, 0);
    return status;
}

/// Died of the signal, said nothing, left nothing.
void check_clean_end(const Desk& desk, const Words& words, int number, int milliseconds) {
    INFO(words[0] << ", signal " << number << " after " << milliseconds << " ms");
    const int status = interrupted(desk, words, number, std::chrono::milliseconds(milliseconds));
    INFO(slurp(desk.at("err.txt")));
    CHECK(WIFSIGNALED(status));
    CHECK((WIFSIGNALED(status) ? WTERMSIG(status) : 0) == number);
    CHECK(fs::file_size(desk.at("err.txt")) == 0);
    // Its children were killed with it; the last of them may still be dying on a busy machine.
    for (int n = 0; n < 50 && !desk.names("tmp").empty(); ++n) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    CHECK(desk.names("tmp").empty());
    fs::remove(desk.at("err.txt"));
    fs::remove(desk.at("tmp"));
    CHECK(desk.names() == as_it_was);
}

}  // namespace

TEST_CASE("signals: a build in Verilator", "[signals]") {
    if (!have("verilator")) return;
    const Desk desk;
    const Words run = {"run", "mini.yaml", "--weights", "w.npy", "--inputs", "x.npy"};
    check_clean_end(desk, run, SIGINT, 1500);
    check_clean_end(desk, {"sim", "mini.yaml"}, SIGTERM, 400);
    check_clean_end(desk, run, SIGHUP, 100);
}

TEST_CASE("signals: golden and quantize", "[signals]") {
    const Desk desk;
    desk.put("slow.yaml",
             "name: slow\nscheme: column_quant\narray: {rows: 512, outputs: 64}\nadc: {bits: 8}\n"
             "input: {bits: 8}\nweight: {bits: 8}\naccumulator: {bias: true, max_tiles: 8}\n");
    desk.put_npy("slow_w.npy", {4096, 64}, 200, -100);
    desk.put_npy("slow_x.npy", {400, 4096}, 255, 0);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        const int status = interrupted(desk,
                                       {"quantize", "slow.yaml", "--weights", "slow_w.npy",
                                        "--inputs", "slow_x.npy", "-o", "deep/er/q"},
                                       number, std::chrono::milliseconds(300));
        CHECK(WIFSIGNALED(status));
        CHECK((WIFSIGNALED(status) ? WTERMSIG(status) : 0) == number);
        CHECK(!fs::exists(desk.at("deep")));
        fs::remove_all(desk.at("tmp"));
    }
}

TEST_CASE("signals: compare and explore keep what is done and die of the signal", "[signals]") {
    if (!have("verilator")) return;
    const Desk desk;
    // The first row takes milliseconds, the second has to build: then there is a cache.
    desk.put("rows.yaml", study_files::study_text("- {label: a, rtl: false, synth: false}\n"
                                                  "- {label: b, synth: false}\n"));
    desk.put("points.yaml", study_files::study_text(
                                "- {axes: {adc.bits: [2, 3]}, synth: false}\n"
                                "explore:\n  objectives: {sqnr: max, conversion_steps: min}\n"));
    const std::vector<std::pair<Words, int>> commands = {
        {{"compare", "--study", "rows.yaml", "-j", "1", "-o", "out"}, SIGINT},
        {{"explore", "points.yaml", "-j", "1", "-o", "out"}, SIGTERM},
        {{"compare", "--study", "rows.yaml", "-j", "1", "-o", "out"}, SIGHUP}};
    for (const auto& [words, number] : commands) {
        INFO(words[0] << ", signal " << number);
        const int status = interrupted(desk, words, number, std::chrono::seconds(30), [&] {
            return fs::exists(desk.at("cache")) && fs::exists(desk.at("out/rows"));
        });
        const std::string said = slurp(desk.at("err.txt"));
        INFO(said);
        CHECK((WIFSIGNALED(status) ? WTERMSIG(status) : 0) == number);
        CHECK_THAT(said, Contains("interrupted: ") && !Contains("error"));
        CHECK(!desk.names("out/rows").empty());
        CHECK(!fs::exists(desk.at("out/report.json")));
        CHECK(desk.names("tmp").empty());
        for (const char* name : {"out", "cache", "tmp", "err.txt"}) fs::remove_all(desk.at(name));
    }
}

TEST_CASE("signals: synth leaves only what was there", "[signals]") {
    if (!have("yosys")) return;
    const Desk desk;
    const auto end = [&](const std::string& dir, int number) {
        const int status =
            interrupted(desk, {"synth", "mini.yaml", "-o", dir}, number, std::chrono::seconds(30),
                        [&] { return fs::exists(desk.at(dir + "/sources")); });
        CHECK((WIFSIGNALED(status) ? WTERMSIG(status) : 0) == number);
    };
    end("deep/out", SIGINT);
    CHECK(!fs::exists(desk.at("deep")));
    fs::create_directory(desk.at("out"));
    desk.put("out/mine.txt", "mine");
    end("out", SIGTERM);
    CHECK(desk.names("out") == std::set<std::string>{"mine.txt"});
}

TEST_CASE("signals: the caller's choice to ignore one stands", "[signals]") {
    const Desk desk;
    Command c;
    c.argv = {"/bin/sh", "-c",
              fmt::format("trap '' INT; mkfifo config; '{}' check config > said & sleep 0.2; "
                          "kill -INT $!; timeout 10 sh -c 'cat mini.yaml > config'; wait $!; "
                          "echo rc $?",
                          CIMRTL_TOOL)};  // it waits for its config when the signal comes
    c.cwd = desk.path();
    CHECK(run_process(c).output == "rc 0\n");
}

TEST_CASE("signals: net keeps what is done, and --resume gives the bytes of a whole run",
          "[signals]") {
    const Desk desk;
    constexpr std::size_t images = 6000;
    std::string bytes(images * 24, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 37 % 251);
    desk.put("x.npy", fmt::format("\x93NUMPY\x01{}v{}{:117}\n", '\0', '\0',
                                  fmt::format("{{'descr': '|u1', 'fortran_order': False, 'shape': "
                                              "({}, 4, 2, 3), }}",
                                              images)) +
                          bytes);
    const std::string source = CIMRTL_SOURCE_DIR;
    Words words = {"net",
                   source + "/tests/network/models/products.onnx",
                   source + "/generator/configs/conventional_64x16.yaml",
                   "--data",
                   "x.npy",
                   "--batch",
                   "40",
                   "--chips",
                   "2",
                   "-P",
                   "analog.noise=0.5",
                   "-o",
                   "whole"};
    check_passed(desk.run(words));
    words.back() = "part";
    bool kept = false;
    for (int wait = 200; !kept && wait < 60000; wait += wait / 2) {  // later if it had not begun
        const int status = interrupted(desk, words, SIGINT, std::chrono::milliseconds(wait));
        INFO(slurp(desk.at("err.txt")));
        kept = fs::exists(desk.at("part/unfinished.json"));
        REQUIRE(WIFSIGNALED(status));
        CHECK(WTERMSIG(status) == SIGINT);
        if (kept) CHECK_THAT(slurp(desk.at("err.txt")), !Contains("error"));
        fs::remove_all(desk.at("tmp"));
    }
    CHECK(desk.names("part") == std::set<std::string>{"unfinished.json"});
    words.push_back("--resume");
    Words other = words;
    other.insert(other.end(), {"-P", "analog.seed=2"});
    check_failed(desk.run(other), {"part/unfinished.json: error: belongs to another run"});
    check_passed(desk.run(words));
    const std::set<std::string> files = {"report.json", "report.md", "report.html", "logits.npy"};
    CHECK(desk.names("part") == files);
    for (const std::string& file : files)
        CHECK((slurp(desk.at("part/" + file)) == slurp(desk.at("whole/" + file))));
    desk.put("part/unfinished.json", "{\"key\":");
    check_failed(desk.run(words), {"part/unfinished.json: error: damaged"});
}
