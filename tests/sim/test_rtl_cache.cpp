// SPDX-License-Identifier: Apache-2.0
// Rationale: a built simulation is kept by content. Reuse that is too eager compares golden with
// yesterday's RTL; one that is too shy costs seconds at every run; an entry left by a failed or
// interrupted build would break all later runs.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "base/scratch_folder.hpp"
#include "rtl_bench.hpp"
#include "sim/regress.hpp"

using namespace rtl_bench;

namespace {

const std::string tiny =
    "name: tiny\nscheme: conventional\narray: {rows: 1, outputs: 1, banks: 1}\n"
    "input: {bits: 1}\nweight: {bits: 1}\n";

generator::Design design(const std::string& more = "") {
    return generator::elaborate(generator::load_config(tiny + more, "tiny.yaml"));
}

bool is_runtime(const fs::path& entry) { return entry.filename().string().starts_with("runtime-"); }

/// Programs, without Verilator's runtime.
std::size_t entries(const fs::path& folder) {
    if (!fs::exists(folder)) return 0;
    return std::size_t(std::count_if(fs::directory_iterator(folder), fs::directory_iterator(),
                                     [](const auto& entry) { return !is_runtime(entry); }));
}

fs::path runtime_object(const fs::path& cache) {
    for (const auto& entry : fs::directory_iterator(cache)) {
        if (is_runtime(entry)) return entry.path() / "verilated.o";
    }
    return {};
}

/// Our own temporary folders; a compiler that is being ended may have files of its own there.
std::size_t scratch_folders(const fs::path& folder) {
    std::size_t n = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        n += entry.path().filename().string().starts_with("cimrtl");
    }
    return n;
}

}  // namespace

TEST_CASE("cache: the same RTL is built once, other RTL is built anew", "[rtl]") {
    if (!have_verilator()) return;
    const ScratchFolder cache("cimrtl-test");
    const Variable variable("CIMRTL_CACHE", cache.path().string());
    RtlModel first, second;
    first = build_rtl(design(), false);
    const auto written = fs::last_write_time(first.executable);
    second = build_rtl(design(), false);
    CHECK(second.executable == first.executable);
    CHECK(fs::last_write_time(first.executable) == written);
    CHECK(entries(cache.path()) == 1);
    CHECK(entries(first.executable.parent_path()) == 1);  // the program alone

    const RtlModel other = build_rtl(design("adc: {latency: 2}\n"), false);
    CHECK(other.executable != first.executable);
    CHECK(entries(cache.path()) == 2);
}

TEST_CASE("cache: a failed build leaves no entry", "[rtl]") {
    if (!have_verilator()) return;
    const ScratchFolder cache("cimrtl-test"), fault("cimrtl-test");
    const Variable variable("CIMRTL_CACHE", cache.path().string());
    const Variable broken("CIMRTL_RTL_OVERRIDE", fault.path().string());
    write_file((fault.path() / "cim_accumulator.sv").string(),
               "module cim_accumulator; endmodul\n");
    CHECK_THROWS_WITH(build_rtl(design(), false),
                      Contains("verilator failed") && Contains("cim_accumulator.sv"));
    CHECK(entries(cache.path()) == 0);
}

TEST_CASE("cache: a folder of faults that replaces nothing is named", "[rtl]") {
    const ScratchFolder fault("cimrtl-test");
    const auto built = [](const std::string& folder) {
        const Variable variable("CIMRTL_RTL_OVERRIDE", folder);
        build_rtl(design(), false);
    };
    const std::string absent = (fault.path() / "absent").string();
    CHECK_THROWS_WITH(built(absent), Contains(absent) && Contains("no such folder"));
    write_file((fault.path() / "cim_acumulator.sv").string(), "module cim_acumulator; endmodule\n");
    CHECK_THROWS_WITH(built(fault.path().string()),
                      Contains(fault.path().string()) && Contains("no file of a module"));
    write_file(absent, "a file");
    CHECK_THROWS_WITH(built(absent), Contains("no such folder"));
}

TEST_CASE("cache: a damaged program is built anew", "[rtl]") {
    if (!have_verilator()) return;
    const ScratchFolder cache("cimrtl-test");
    const Variable variable("CIMRTL_CACHE", cache.path().string());
    const generator::Design d = design();
    const RtlModel model = build_rtl(d, false);
    const auto whole = fs::file_size(model.executable);
    const auto built_anew = [&] {
        CHECK(regress(d, build_rtl(d, false), {}).failure.empty());
        CHECK(fs::file_size(model.executable) == whole);
    };
    fs::resize_file(model.executable, whole / 3);
    built_anew();
    write_file(model.executable.string(), "no program");
    built_anew();
    fs::resize_file(model.executable, 0);
    built_anew();
}

TEST_CASE("cache: Verilator's runtime is compiled once, and anew where it is damaged", "[rtl]") {
    if (!have_verilator()) return;
    const ScratchFolder cache("cimrtl-test");
    const Variable variable("CIMRTL_CACHE", cache.path().string());
    build_rtl(design(), false);
    const fs::path object = runtime_object(cache.path());
    REQUIRE(fs::exists(object));
    const auto passes_with = [](const std::string& more) {
        const generator::Design d = design(more);
        return regress(d, build_rtl(d, false), {}).failure.empty();
    };
    const auto written = fs::last_write_time(object);
    CHECK(passes_with("adc: {latency: 2}\n"));
    CHECK(fs::last_write_time(object) == written);
    const auto whole = fs::file_size(object);
    fs::resize_file(object, whole / 2);
    CHECK(passes_with("adc: {latency: 3}\n"));
    CHECK(fs::file_size(object) == whole);
    // What cannot be kept is compiled for each program.
    fs::remove(object);
    fs::create_directory(object);
    CHECK(passes_with("adc: {latency: 4}\n"));
}

TEST_CASE("cache: a folder that cannot be written is named", "[rtl]") {
    if (!have_verilator()) return;
    const ScratchFolder folder("cimrtl-test");
    const std::string file = (folder.path() / "file").string();
    write_file(file, "x");
    const Variable variable("CIMRTL_CACHE", file + "/below");
    CHECK_THROWS_AS(build_rtl(design(), false), base::Error);
    CHECK_THROWS_WITH(build_rtl(design(), false), Contains(file + "/below"));
}

TEST_CASE("cache: an interrupted build leaves neither entry nor temporary files", "[rtl]") {
    if (!have_verilator()) return;
    const ScratchFolder folder("cimrtl-test");
    const fs::path cache = folder.path() / "cache", temporary = folder.path() / "tmp";
    fs::create_directory(temporary);
    // Of a name and size that no compiler's cache has: it is still being built when the signal
    // comes, also where this process has to wait for its turn.
    write_file((folder.path() / "c.yaml").string(),
               fmt::format("name: interrupted_{}\nscheme: conventional\n"
                           "array: {{rows: 64, outputs: 16, banks: 2}}\n"
                           "input: {{bits: 8}}\nweight: {{bits: 8}}\n",
                           getpid()));
    const std::string config = (folder.path() / "c.yaml").string();
    const pid_t pid = fork();
    REQUIRE(pid >= 0);
    if (pid == 0) {
        setenv("CIMRTL_CACHE", cache.c_str(), 1);
        setenv("TMPDIR", temporary.c_str(), 1);
        execl(CIMRTL_TOOL, CIMRTL_TOOL, "sim", "-q", config.c_str(), nullptr);
        _exit(127);
    }
    // As soon as the build has begun.
    for (int i = 0; i < 500 && scratch_folders(temporary) == 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    CHECK(scratch_folders(temporary) == 1);
    kill(pid, SIGTERM);
    int status = 0;
    waitpid(pid, &status, 0);
    CHECK((!WIFEXITED(status) || WEXITSTATUS(status) != 0));
    CHECK(scratch_folders(temporary) == 0);
    CHECK(entries(cache) == 0);
}
