// SPDX-License-Identifier: Apache-2.0
/// Rationale: the output folder is all that users see; it must be whole whatever happens, and their
/// own files must survive. State space: what stands at the target (nothing, empty, ours, a
/// stranger's, a file, a link), whose each file in it is (ours and made again, ours and stale, the
/// user's, kept), and where the work fails (paths, disk, a kill at any moment). Each is met once;
/// kills are tried at many moments.
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/output_tree.hpp"
#include "skip.hpp"
#include "support.hpp"

namespace {

using namespace support;
using base::OutFile;
using base::write_tree;
using Tree = std::map<std::string, std::string>;

std::vector<OutFile> with_manifest(std::vector<OutFile> files) {
    files.push_back(base::make_manifest({{"name", "t"}}, files));
    return files;
}

/// All files below a folder but the manifest.
Tree tree_of(const fs::path& folder) {
    Tree tree;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto path = entry.path().lexically_relative(folder).generic_string();
        if (!entry.is_directory() && path != "manifest.json") tree[path] = read_file(entry.path());
    }
    return tree;
}

void put(const fs::path& path, const std::string& contents) {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << contents;
}

std::size_t entries_of(const fs::path& folder) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

const std::vector<OutFile> first = with_manifest({{"a.sv", "1"}, {"rtl/b.sv", "2"}});
const std::vector<OutFile> second = with_manifest({{"a.sv", "3"}, {"rtl/c/d.sv", "4"}});
const Tree first_tree = {{"a.sv", "1"}, {"rtl/b.sv", "2"}};
const Tree second_tree = {{"a.sv", "3"}, {"rtl/c/d.sv", "4"}};

std::string error_at(const fs::path& dir, const std::vector<OutFile>& files = first,
                     const std::vector<std::string>& keep = {}) {
    return error_of([&] { write_tree(dir, files, keep); });
}

TEST_CASE("a tree is written into nothing, into an empty folder and over an older one") {
    const Scratch scratch;
    const fs::path dir = scratch.path / "deep" / "out";
    write_tree(dir, first);
    CHECK(tree_of(dir) == first_tree);
    write_tree(dir / "", second);
    CHECK(tree_of(dir) == second_tree);  // b.sv is stale and gone
    fs::create_directories(scratch.path / "empty");
    write_tree(scratch.path / "empty", first);
    CHECK(tree_of(scratch.path / "empty") == first_tree);
    CHECK(entries_of(scratch.path) == 2);
    CHECK(entries_of(scratch.path / "deep") == 1);
}

TEST_CASE("the manifest lists every file with its sum") {
    const auto manifest = nlohmann::json::parse(first.back().contents);
    CHECK(manifest.at("name") == "t");
    CHECK(manifest.at("generator") == "cimrtl");
    CHECK(manifest.at("files").size() == 2);
    CHECK(manifest.at("files")[1] ==
          nlohmann::json({{"path", "rtl/b.sv"}, {"bytes", 1}, {"sha256", base::sha256("2")}}));
}

TEST_CASE("files of the user and kept folders stay") {
    const Scratch scratch;
    const fs::path dir = scratch.path / "out";
    write_tree(dir, first);
    put(dir / "notes.txt", "mine");
    put(dir / "rtl" / "wrapper.sv", "mine");
    put(dir / "synth" / "report.md", "kept");
    fs::create_directories(dir / "own_empty");
    fs::create_symlink("nowhere", dir / "link");
    fs::permissions(dir / "notes.txt", fs::perms::owner_read);
    write_tree(dir, second, {"synth"});
    Tree expected = second_tree;
    expected["notes.txt"] = "mine";
    expected["rtl/wrapper.sv"] = "mine";
    expected["synth/report.md"] = "kept";
    expected["link"] = "";
    CHECK(tree_of(dir) == expected);
    CHECK(fs::is_directory(dir / "own_empty"));
    CHECK(fs::read_symlink(dir / "link") == "nowhere");
    CHECK(fs::status(dir / "notes.txt").permissions() == fs::perms::owner_read);
}

TEST_CASE("a folder with nothing but kept folders is taken") {
    const Scratch scratch;
    const fs::path dir = scratch.path / "out";
    put(dir / "synth" / "report.md", "kept");
    CHECK_THAT(error_at(dir), Catch::Contains("found synth and no manifest.json of cimrtl"));
    write_tree(dir, first, {"synth"});
    CHECK(read_file(dir / "synth" / "report.md") == "kept");
    CHECK(read_file(dir / "a.sv") == "1");
}

TEST_CASE("a stranger's folder is not touched") {
    const Scratch scratch;
    const std::vector<std::string> manifests = {"", "{}", "[1]", "{\"generator\": \"other\"}",
                                                "{\"generator\": 1}"};
    for (const std::string& manifest : manifests) {
        const fs::path dir = scratch.path / "out";
        put(dir / "thesis.tex", "years");
        if (!manifest.empty()) put(dir / "manifest.json", manifest);
        const Tree before = tree_of(dir);
        CHECK_THAT(error_at(dir), Catch::Contains("no manifest.json of cimrtl; expected an empty "
                                                  "folder or one that cimrtl wrote"));
        CHECK(tree_of(dir) == before);
    }
    CHECK(entries_of(scratch.path) == 1);
}

TEST_CASE("a user's file with the name of a new file is an error") {
    const Scratch scratch;
    const fs::path dir = scratch.path / "out";
    write_tree(dir, first);
    put(dir / "rtl" / "c" / "d.sv", "mine");
    CHECK(error_at(dir, second) == (dir / "rtl" / "c" / "d.sv").string() +
                                       ": error: a file that cimrtl did not write is in the way");
    Tree expected = first_tree;
    expected["rtl/c/d.sv"] = "mine";
    CHECK(tree_of(dir) == expected);
    CHECK(entries_of(scratch.path) == 1);
}

TEST_CASE("a manifest cannot reach outside its folder") {
    const Scratch scratch;
    const fs::path dir = scratch.path / "out";
    put(scratch.path / "precious", "1");
    put(dir / "manifest.json",
        "{\"generator\": \"cimrtl\", \"files\": [{\"path\": \"../precious\"}, 3, {\"path\": 4}]}");
    write_tree(dir, first);
    CHECK(read_file(scratch.path / "precious") == "1");
}

TEST_CASE("what is in the way is named") {
    const Scratch scratch;
    put(scratch.path / "file", "1");
    const std::string file = (scratch.path / "file").string();
    CHECK(error_at(file) == file + ": error: found a file; expected a folder");
    CHECK_THAT(error_at(scratch.path / "file" / "out"),
               Catch::Contains("/file/out") || Catch::Contains(": Not a directory"));
    CHECK_THAT(error_at("/dev/null"), Catch::Contains("/dev/null: error: found a file"));
    CHECK_THAT(error_at("/"), Catch::Contains("the root folder cannot be replaced"));
    const std::string longest(300, 'n');
    CHECK_THAT(error_at(scratch.path / longest), Catch::Contains("File name too long"));
    CHECK_THAT(error_at(scratch.path / longest / "out"), Catch::Contains("File name too long"));
    CHECK_THAT(error_at(scratch.path / "out", with_manifest({{longest, "1"}})),
               Catch::Contains("File name too long"));
    CHECK_THAT(error_at("/proc/cimrtl_test/out"), Catch::Contains("/proc/cimrtl_test"));
    CHECK(entries_of(scratch.path) == 1);
}

TEST_CASE("the longest name that a file system takes is enough") {
    const Scratch scratch;
    const fs::path dir = scratch.path / std::string(255, 'n');
    write_tree(dir, first);
    write_tree(dir, second);
    CHECK(tree_of(dir) == second_tree);
}

TEST_CASE("the current folder is not pulled from under the shell") {
    const Scratch scratch;
    const fs::path before = fs::current_path();
    const fs::path dir = scratch.path / "out";
    write_tree(dir, first);
    fs::current_path(dir / "rtl");
    const std::string message = error_at("..", second);
    fs::current_path(before);
    CHECK_THAT(message, Catch::Contains("found the current folder in it"));
    CHECK(tree_of(dir) == first_tree);
}

TEST_CASE("a link to a folder is followed, not replaced") {
    const Scratch scratch;
    write_tree(scratch.path / "real", first);
    fs::create_directory_symlink("real", scratch.path / "link");
    write_tree(scratch.path / "link", second);
    CHECK(fs::is_symlink(scratch.path / "link"));
    CHECK(tree_of(scratch.path / "real") == second_tree);
}

TEST_CASE("wrong lists of files are caught") {
    const Scratch scratch;
    const fs::path dir = scratch.path / "out";
    CHECK_THAT(error_at(dir, {{"a", "1"}}), Catch::Contains("without a manifest"));
    for (const char* path : {"../a", "/a", "", "b/../../a"}) {
        CHECK_THAT(error_at(dir, with_manifest({{path, "1"}})), Catch::Contains("internal"));
    }
    CHECK_THAT(error_at(dir, with_manifest({{"a", "1"}, {"a", "2"}})), Catch::Contains("internal"));
    // A file where another needs a folder.
    CHECK_THAT(error_at(dir, with_manifest({{"a", "1"}, {"a/b", "2"}})), Catch::Contains("error"));
    CHECK(entries_of(scratch.path) == 0);
}

/// Runs `work` in a child process; its exit code, or -signal.
template <class Work>
int in_child(Work&& work, useconds_t kill_after = 0) {
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    if (kill_after != 0) {
        ::usleep(kill_after);
        ::kill(child, SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

TEST_CASE("a write that fails leaves the old tree and nothing else") {
    // A file size limit makes write() fail half-way, as a full disk does.
    const Scratch scratch;
    const fs::path dir = scratch.path / "out";
    write_tree(dir, first);
    const auto large = with_manifest({{"a.sv", "3"}, {"large.sv", std::string(100000, 'x')}});
    const fs::path report = scratch.path / "report";
    const int code = in_child([&] {
        std::ofstream out(report);
        const rlimit limit = {50000, 50000};
        ::signal(SIGXFSZ, SIG_IGN);
        ::setrlimit(RLIMIT_FSIZE, &limit);
        out << error_at(dir, large);
        out.close();
    });
    CHECK(code == 0);
    CHECK_THAT(read_file(report), Catch::Contains("large.sv: error: cannot write: File too large"));
    CHECK(tree_of(dir) == first_tree);
    CHECK(entries_of(scratch.path) == 2);
}

TEST_CASE("a full disk leaves the old tree and nothing else", "[.disk]") {
    const Scratch scratch;
    const std::string mount = "mount -t tmpfs -o size=256k tmpfs " + scratch.path.string();
    if (std::system((mount + " 2>/dev/null").c_str()) != 0) {
        test_environment::skip("no tmpfs can be mounted here");
        return;
    }
    const fs::path dir = scratch.path / "out";
    write_tree(dir, first);
    const auto large = with_manifest({{"large.sv", std::string(400000, 'x')}});
    CHECK_THAT(error_at(dir, large), Catch::Contains("large.sv: error: cannot write: No space"));
    CHECK(tree_of(dir) == first_tree);
    CHECK(entries_of(scratch.path) == 1);
    CHECK(std::system(("umount " + scratch.path.string()).c_str()) == 0);
}

TEST_CASE("a run killed at any moment leaves the old tree or the new one") {
    const Scratch scratch;
    const fs::path dir = scratch.path / "out";
    std::vector<OutFile> files;
    for (int i = 0; i < 100; ++i)
        files.push_back({"f" + std::to_string(i), std::string(2000, 'n')});
    const auto many = with_manifest(files);
    int killed = 0;
    for (useconds_t delay = 300; delay < 30000; delay += 1500) {
        write_tree(dir, first);
        put(dir / "notes.txt", "mine");
        killed += in_child([&] { write_tree(dir, many); }, delay) < 0 ? 1 : 0;
        Tree tree = tree_of(dir);
        CHECK(tree["notes.txt"] == "mine");
        tree.erase("notes.txt");
        INFO("delay " << delay << ", files " << tree.size());
        CHECK((tree == first_tree || tree.size() == many.size() - 1));
    }
    CHECK(killed > 0);
    write_tree(dir, second);
    CHECK(entries_of(scratch.path) == 1);  // leftovers of the killed runs are gone
}

TEST_CASE("runs at the same time do not mix") {
    const Scratch scratch;
    const fs::path dir = scratch.path / "out";
    write_tree(dir, first);
    put(dir / "notes.txt", "mine");
    const int code = in_child([&] {
        const pid_t other = ::fork();
        for (int i = 0; i < 40; ++i) write_tree(dir, other == 0 ? second : first);
        int status = 0;
        if (other == 0) ::_exit(0);
        ::waitpid(other, &status, 0);
        if (status != 0) ::_exit(1);
    });
    CHECK(code == 0);
    Tree tree = tree_of(dir);
    CHECK(tree["notes.txt"] == "mine");
    tree.erase("notes.txt");
    CHECK((tree == first_tree || tree == second_tree));
    CHECK(entries_of(scratch.path) == 1);
}

TEST_CASE("an old folder that a killed run moved aside comes back") {
    // What a kill between the two renames leaves, on file systems that cannot exchange names.
    const Scratch scratch;
    const fs::path dir = scratch.path / "out";
    write_tree(dir, first);
    put(dir / "notes.txt", "mine");
    const std::string prefix = ".cimrtl-" + base::sha256("out").substr(0, 12) + "-99-0";
    fs::rename(dir, scratch.path / (prefix + "-old"));
    put(scratch.path / prefix / "half", "1");
    write_tree(dir, second);
    Tree expected = second_tree;
    expected["notes.txt"] = "mine";
    CHECK(tree_of(dir) == expected);
    CHECK(entries_of(scratch.path) == 1);
}

}  // namespace
