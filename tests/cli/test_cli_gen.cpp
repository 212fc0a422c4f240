// SPDX-License-Identifier: Apache-2.0
// Rationale: `gen` writes where users keep other things and what they put under version control.
// The same config gives the same bytes wherever it runs; a second gen leaves nothing stale; a
// folder that is not ours is refused; a failure or an interruption leaves the old tree or none,
// never half.
#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <map>
#include <thread>

#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

std::map<std::string, std::string> contents(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) {
            files[fs::relative(entry.path(), folder).string()] = slurp(entry.path());
        }
    }
    return files;
}

/// Names in a folder itself.
std::set<std::string> names_at(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        names.insert(entry.path().filename().string());
    }
    return names;
}

}  // namespace

TEST_CASE("gen: the same bytes in another folder, from another one, by another name", "[cli]") {
    const Desk desk, other;
    check_passed(desk.run({"gen", "mini.yaml"}));
    check_passed(desk.run({"gen", "mini.yaml", "-o", "again"}));
    check_passed(other.run({"gen", desk.at("mini.yaml"), "-o", "deep/er/out"}));
    const auto first = contents(desk.at("gen_out/mini"));
    CHECK(first.size() > 10);
    CHECK(first.count("manifest.json") == 1);
    CHECK(contents(desk.at("again")) == first);
    CHECK(contents(other.at("deep/er/out")) == first);
    // Comments and the order of keys are not content; a value is.
    desk.put("same.yaml", "# the same\nscheme: conventional\n" +
                              std::string(mini_config).erase(mini_config.find("scheme:"), 21));
    check_passed(desk.run({"gen", "same.yaml", "-o", "same"}));
    CHECK(contents(desk.at("same")) == first);
    check_passed(desk.run({"gen", "mini.yaml", "-P", "array.settle=1", "-o", "other"}));
    CHECK(contents(desk.at("other")) != first);
}

TEST_CASE("gen: a second run leaves no stale file, what the user added stays", "[cli]") {
    const Desk desk;
    desk.put("other.yaml", "name: mini\nscheme: zebra\narray: {rows: 4, outputs: 2}\n");
    check_passed(desk.run({"gen", "other.yaml"}));
    const auto of_zebra = contents(desk.at("gen_out/mini"));
    desk.put("gen_out/mini/notes.txt", "my own");
    check_passed(desk.run({"gen", "mini.yaml"}));
    CHECK(slurp(desk.at("gen_out/mini/notes.txt")) == "my own");
    fs::remove(desk.at("gen_out/mini/notes.txt"));
    check_passed(desk.run({"gen", "mini.yaml", "-o", "fresh"}));
    const auto fresh = contents(desk.at("fresh"));
    CHECK(contents(desk.at("gen_out/mini")) == fresh);
    std::size_t gone = 0;
    for (const auto& file : of_zebra) gone += fresh.count(file.first) == 0;
    CHECK(gone > 0);
}

TEST_CASE("gen: folders that are not ours, and folders that cannot be", "[cli]") {
    const Desk desk;
    fs::create_directory(desk.at("thesis"));
    desk.put("thesis/chapter.tex", "my own");
    check_failed(desk.run({"gen", "mini.yaml", "-o", "thesis"}), {"thesis", "chapter.tex"});
    CHECK(contents(desk.at("thesis")) ==
          std::map<std::string, std::string>{{"chapter.tex", "my own"}});
    check_failed(desk.run({"gen", "mini.yaml", "-o", "x.npy"}), {"x.npy"});
    check_failed(desk.run({"gen", "mini.yaml", "-o", "x.npy/below"}), {"x.npy"});
    check_failed(desk.run({"gen", "mini.yaml", "-o", "."}), {"current folder"});
    desk.put("gen_out", "a file");
    check_failed(desk.run({"gen", "mini.yaml"}), {"gen_out"});
    CHECK(desk.names() == std::set<std::string>{"gen_out", "mini.yaml", "thesis",
                                                "thesis/chapter.tex", "w.npy", "x.npy"});
}

TEST_CASE("gen: interrupted, it leaves the whole old tree or the whole new one", "[cli]") {
    const Desk desk;
    check_passed(desk.run({"gen", "mini.yaml", "-o", "tree"}));
    check_passed(desk.run({"gen", "mini.yaml", "-P", "adc.latency=9", "-o", "new"}));
    const auto before = contents(desk.at("tree")), after = contents(desk.at("new"));
    REQUIRE(before != after);
    const std::string config = desk.at("mini.yaml"), tree = desk.at("tree");
    const auto start = std::chrono::steady_clock::now();
    check_passed(desk.run({"gen", "-q", "mini.yaml", "-o", "tree"}));
    const auto whole = std::chrono::steady_clock::now() - start;
    int interrupted = 0, left_behind = 0;
    for (int part = 1; part <= 16; ++part) {  // of the time that a run takes
        const pid_t pid = fork();
        REQUIRE(pid >= 0);
        if (pid == 0) {
            execl(CIMRTL_TOOL, CIMRTL_TOOL, "gen", "-q", config.c_str(), "-P", "adc.latency=9",
                  "-o", tree.c_str(), nullptr);
            _exit(127);
        }
        std::this_thread::sleep_for(whole * part / 16);
        kill(pid, SIGKILL);
        int status = 0;
        waitpid(pid, &status, 0);
        interrupted += WIFSIGNALED(status);
        const auto now = contents(tree);
        CHECK((now == before || now == after));
        for (const auto& name : names_at(desk.path())) left_behind += name.starts_with(".cimrtl-");
    }
    CHECK(interrupted > 0);
    if (left_behind == 0) WARN("no kill came while files were being written");
    // The next run also takes away what the killed ones left beside the tree.
    check_passed(desk.run({"gen", "mini.yaml", "-o", "tree"}));
    CHECK(contents(tree) == before);
    for (const auto& name : names_at(desk.path())) {
        INFO(name);
        CHECK(!name.starts_with(".cimrtl-"));
    }
}
