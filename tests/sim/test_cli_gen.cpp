// Rationale: `gen` writes where users keep other things and what they put under version control.
// The same config gives the same bytes wherever it runs; a second gen leaves nothing stale; a
// folder that is not ours is refused; a failure or an interruption leaves the old tree or none,
// never half.
#include <sys/wait.h>

#include <csignal>
#include <map>

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
    check_passed(desk.run({"gen", "mini.yaml", "-P", "accumulator.chain=true"}));
    const auto with_chain = contents(desk.at("gen_out/mini"));
    check_passed(desk.run({"gen", "mini.yaml"}));
    check_passed(desk.run({"gen", "mini.yaml", "-o", "fresh"}));
    const auto fresh = contents(desk.at("fresh"));
    CHECK(contents(desk.at("gen_out/mini")) == fresh);
    std::size_t gone = 0;
    for (const auto& file : with_chain) gone += fresh.count(file.first) == 0;
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
    int interrupted = 0;
    for (useconds_t delay = 500; delay < 30000; delay += delay / 4) {
        const pid_t pid = fork();
        REQUIRE(pid >= 0);
        if (pid == 0) {
            execl(CIMRTL_TOOL, CIMRTL_TOOL, "gen", "-q", config.c_str(), "-P", "adc.latency=9",
                  "-o", tree.c_str(), nullptr);
            _exit(127);
        }
        usleep(delay);
        kill(pid, SIGKILL);
        int status = 0;
        waitpid(pid, &status, 0);
        interrupted += WIFSIGNALED(status);
        const auto now = contents(tree);
        CHECK((now == before || now == after));
    }
    CHECK(interrupted > 0);
    // The next run also takes away what the killed ones left beside the tree.
    check_passed(desk.run({"gen", "mini.yaml", "-o", "tree"}));
    CHECK(contents(tree) == before);
    for (const auto& entry : fs::directory_iterator(desk.path())) {
        const std::set<std::string> expected = {"tree", "new", "mini.yaml", "x.npy", "w.npy"};
        INFO(entry.path());
        CHECK(expected.count(entry.path().filename().string()) == 1);
    }
}
