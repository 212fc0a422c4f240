// SPDX-License-Identifier: Apache-2.0
// Rationale: Verilator, make, the compiler, ccache and Yosys are started by us in folders of ours,
// so nothing that the caller's environment says about the caller's own work may reach them, and
// nothing relative may be passed on. Each variable here made a build fail once. They are tried
// together, since each build costs seconds; a failure prints what the tools said.
#include <sys/mount.h>

#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

const std::string tiny =
    "name: tiny\nscheme: conventional\narray: {rows: 1, outputs: 1, banks: 1}\n"
    "input: {bits: 1}\nweight: {bits: 1}\n";
const std::string run_line = "$C run tiny.yaml --weights w.npy --inputs x.npy --engine rtl\n";

/// A desk whose tensors fit `tiny`.
struct TinyDesk : Desk {
    TinyDesk() {
        put("tiny.yaml", tiny);
        put_npy("x.npy", {2, 1}, 2, 0);
        put_npy("w.npy", {1, 1}, 1, -1);
    }
    /// A line of sh; `$C` is the program.
    ProcessResult shell(const std::string& line) const {
        Command c;
        c.argv = {"/bin/sh", "-c", fmt::format("C='{}'\n{}", CIMRTL_TOOL, line)};
        c.cwd = path();
        return run_process(c);
    }
};

}  // namespace

TEST_CASE("environment: a build is deaf to make's, the compiler's and ccache's variables",
          "[cli]") {
    if (!have("verilator")) return;
    const TinyDesk desk;
    desk.put("blank", "");
    // Also: TMPDIR with a blank, relative CIMRTL_CACHE, relative folders in PATH.
    const ProcessResult r = desk.shell(
        "mkdir 't m p' bin; ln -s \"$(command -v verilator)\" bin/verilator\n"
        "export TMPDIR=\"$PWD/t m p\" CIMRTL_CACHE=cache/below PATH=\"bin:$PATH\"\n"
        "export MAKEFLAGS=n MFLAGS=-n GNUMAKEFLAGS=-n MAKELEVEL=3 MAKEFILES=/nope VPATH=src\n"
        "export MAKEOVERRIDES='CPPFLAGS=-nope' CPPFLAGS=-nope CXXFLAGS=-nope LDFLAGS=-nope\n"
        "export LDLIBS=-nope CXX=/nope CC=/nope AR=/nope OPT=-nope M32=-nope OBJCACHE=/nope\n"
        "export USER_CPPFLAGS=-nope VK_USER_OBJS=nope.o VM_USER_LDLIBS=-nope CFG_WITH_CCWARN=yes\n"
        "export CCACHE_DIR=/proc/none CCACHE_TEMPDIR=/proc/none VERILATOR_BIN=/nope\n"
        "export VERILATOR_TEST_FLAGS=--nope VERILATOR_ROOT=\n" +
        run_line + run_line + "MAKEFLAGS= ls -A 't m p'");
    check_passed(r);
    CHECK_THAT(r.output, !Contains("nope") && !Contains("ccache"));
    std::size_t programs = 0;
    for (const std::string& name : desk.names("cache/below"))
        programs += name.ends_with("/harness");
    CHECK(programs == 1);
}

TEST_CASE("environment: relative XDG_CACHE_HOME and HOME, and neither", "[cli]") {
    if (!have("verilator")) return;
    const TinyDesk desk;
    check_passed(desk.shell("unset CIMRTL_CACHE; export XDG_CACHE_HOME=xdg\n" + run_line));
    CHECK(fs::exists(desk.at("xdg/cimrtl")));
    // Without a second build: what was built moves to where the others look.
    check_passed(
        desk.shell("unset CIMRTL_CACHE XDG_CACHE_HOME; mkdir -p h/.cache t\n"
                   "cp -r xdg/cimrtl h/.cache; PATH=$PATH:/nope\n"
                   "export TMPDIR=t; cp -r xdg/cimrtl t/cimrtl-cache-$(id -u)\n"
                   "HOME=h CIMRTL_CACHE= " +
                   run_line + "unset HOME\n" + run_line));
    CHECK(desk.names("t").size() == desk.names("xdg/cimrtl").size() + 1);
    CHECK(desk.names("h/.cache/cimrtl") == desk.names("xdg/cimrtl"));
}

TEST_CASE("environment: a TMPDIR that is none is named, whatever needs it", "[cli]") {
    const TinyDesk desk;
    const Variable cache("CIMRTL_CACHE", desk.at("cache"));
    for (const std::string words : {"run tiny.yaml --weights w.npy --inputs x.npy", "sim tiny.yaml",
                                    "synth tiny.yaml -o s -q"}) {
        if (!have(words.starts_with("synth") ? "yosys" : "verilator")) continue;
        for (const std::string folder : {"/nope", "tiny.yaml", "/proc"}) {
            INFO(words << " with " << folder);
            const ProcessResult r = desk.shell("TMPDIR=" + folder + " $C " + words);
            check_failed(r, {"error: ", folder});
            CHECK(std::ranges::count(r.output, '\n') == 1);
        }
    }
    check_passed(
        desk.shell("TMPDIR=/nope $C run tiny.yaml --weights w.npy --inputs x.npy --engine golden"));
}

TEST_CASE("environment: blanks in TMPDIR do not stop Yosys", "[cli]") {
    if (!have("yosys")) return;
    const TinyDesk desk;
    check_passed(desk.shell("mkdir 't m p'; TMPDIR=\"$PWD/t m p\" $C synth tiny.yaml -o 's 2' -q"));
    CHECK(fs::exists(desk.at("s 2/area.json")));
}

TEST_CASE("environment: a full TMPDIR is named", "[.disk]") {
    if (!have("verilator")) return;
    const TinyDesk desk;
    fs::create_directory(desk.at("full"));
    if (mount("tmpfs", desk.at("full").c_str(), "tmpfs", 0, "size=300k") != 0) {
        skip("a small tmpfs cannot be mounted here");
        return;
    }
    const ProcessResult r =
        desk.shell("export CIMRTL_CACHE=$PWD/cache TMPDIR=$PWD/full CCACHE_DISABLE=1\n" + run_line);
    umount(desk.at("full").c_str());
    check_failed(r, {desk.at("full"), "No space left on device", "TMPDIR"});
    CHECK(!fs::exists(desk.at("cache")));
}

TEST_CASE("environment: without PATH, without a current folder, VERILATOR_ROOT elsewhere",
          "[cli]") {
    const TinyDesk desk;
    check_passed(desk.shell("env -i $C check tiny.yaml"));
    const std::string relative = "mkdir -p gone; cd gone; rmdir ../gone\n";
    check_passed(desk.shell(relative + "$C check " + desk.at("tiny.yaml")));
    check_failed(desk.shell(relative + "$C gen " + desk.at("tiny.yaml")),
                 {"gen_out/tiny: error: "});
    if (!have("verilator")) return;
    check_failed(desk.shell("VERILATOR_ROOT=/nope " + run_line), {"VERILATOR_ROOT", "/nope"});
}
