// SPDX-License-Identifier: Apache-2.0
// Rationale: what the user already has must survive a run that fails. Output paths that cannot be
// written, that are a folder, a device or on a full disk, each for --output and --stats: exit 1, a
// message that names the path, no temporary file left, an older file as it was. A device is written
// to and never replaced by a file.
#include <sys/mount.h>
#include <sys/stat.h>

#include "cli_bench.hpp"

using namespace cli_bench;

namespace {

const std::set<std::string> as_it_was = {"mini.yaml", "w.npy", "x.npy"};

bool is_device(const std::string& path) {
    struct stat info {};
    return stat(path.c_str(), &info) == 0 && S_ISCHR(info.st_mode);
}

/// A file system of 64 KiB, if this user may mount one.
class SmallDisk {
  public:
    explicit SmallDisk(const std::string& folder) : folder_(folder) {
        fs::create_directory(folder);
        mounted_ = mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=64k") == 0;
    }
    ~SmallDisk() {
        if (mounted_) umount(folder_.c_str());
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    bool mounted() const { return mounted_; }

  private:
    std::string folder_;
    bool mounted_ = false;
};

}  // namespace

TEST_CASE("output: paths that cannot be written", "[cli]") {
    const Desk desk;
    for (const char* option : {"--output", "--stats"}) {
        check_failed(desk.golden({option, "absent/y.npy"}), {"absent/y.npy"});
        check_failed(desk.golden({option, "x.npy/y.npy"}), {"x.npy/y.npy"});
        check_failed(desk.golden({option, "."}), {"."});
        check_failed(desk.golden({option, std::string(300, 'y')}), {"File name too long"});
    }
    CHECK(desk.names() == as_it_was);
}

TEST_CASE("output: every path is tried before anything is read or written", "[cli]") {
    const Desk desk;
    // Tensors that do not exist: the message is about the path, so it came first.
    check_failed(desk.golden({"--stats", "s.json", "--output", "absent/y.npy"}, "none.npy"),
                 {"absent/y.npy"});
    check_failed(desk.golden({"--output", "y.npy", "--stats", "absent/s.json"}, "none.npy"),
                 {"absent/s.json"});
    check_failed(desk.run({"quantize", "mini.yaml", "--weights", "w.npy", "--inputs", "none.npy",
                           "-o", "x.npy/q"}),
                 {"x.npy/q"});
    CHECK(desk.names() == as_it_was);
    if (is_device("/dev/full")) {
        check_failed(desk.golden({"--output", "y.npy", "--stats", "/dev/full"}), {"/dev/full"});
        check_failed(desk.golden({"--output", "/dev/full", "--stats", "s.json"}), {"/dev/full"});
        CHECK(desk.names() == as_it_was);
    }
}

TEST_CASE("output: one file for two purposes", "[cli]") {
    const Desk desk;
    const std::string x = slurp(desk.at("x.npy"));
    fs::create_symlink("x.npy", desk.at("link.npy"));
    fs::create_hard_link(desk.at("w.npy"), desk.at("hard.npy"));
    check_failed(desk.golden({"--output", "y", "--stats", "./y"}), {"--stats", "./y", "--output"});
    check_failed(desk.golden({"--output", "x.npy"}), {"--output", "x.npy", "--inputs"});
    check_failed(desk.golden({"--output", "link.npy"}), {"--output", "link.npy", "--inputs"});
    check_failed(desk.golden({"--stats", "hard.npy"}), {"--stats", "hard.npy", "--weights"});
    check_failed(desk.golden({"--stats", desk.at("mini.yaml")}), {"--stats", "CONFIG"});
    check_failed(
        desk.golden({"-P", "accumulator.bias=true", "--bias", "b.npy", "--output", "b.npy"}),
        {"--output", "b.npy", "--bias"});
    CHECK(slurp(desk.at("x.npy")) == x);
    std::set<std::string> kept = as_it_was;
    kept.insert("hard.npy");  // names() sees x.npy through the link
    CHECK(desk.names() == kept);
    CHECK(fs::is_symlink(desk.at("link.npy")));
}

TEST_CASE("output: quantize does not replace what it reads", "[cli]") {
    const Desk desk;
    fs::create_directory(desk.at("q"));
    fs::rename(desk.at("w.npy"), desk.at("q/weights.npy"));
    const std::string w = slurp(desk.at("q/weights.npy"));
    check_failed(desk.run({"quantize", "mini.yaml", "--weights", "q/weights.npy", "--inputs",
                           "x.npy", "-o", "./q"}),
                 {"--output", "./q", "weights.npy", "--weights"});
    CHECK(slurp(desk.at("q/weights.npy")) == w);
    CHECK(desk.names("q") == std::set<std::string>{"weights.npy"});
}

TEST_CASE("output: a file that may not be written stays", "[.privilege]") {
    const Desk desk;
    desk.put("y.npy", "older");
    fs::permissions(desk.at("y.npy"), fs::perms::owner_read);
    if (geteuid() == 0) {
        skip("run as root, who may write anything");
        return;
    }
    check_failed(desk.golden({"--output", "y.npy"}), {"y.npy"});
    CHECK(slurp(desk.at("y.npy")) == "older");
}

TEST_CASE("output: devices are written to, never replaced", "[cli]") {
    const Desk desk;
    REQUIRE(is_device("/dev/null"));
    check_passed(desk.golden({"--output", "/dev/null", "--stats", "/dev/null"}));
    CHECK(is_device("/dev/null"));
    if (is_device("/dev/full")) {
        check_failed(desk.golden({"--output", "/dev/full"}), {"/dev/full", "No space left"});
        check_failed(desk.golden({"--stats", "/dev/full"}), {"/dev/full", "No space left"});
        CHECK(is_device("/dev/full"));
    }
    fs::create_symlink("/dev/null", desk.at("link.npy"));
    check_passed(desk.golden({"--output", "link.npy"}));
    CHECK(fs::is_symlink(desk.at("link.npy")));
    CHECK(is_device("/dev/null"));
}

TEST_CASE("output: a full disk", "[.disk]") {
    const Desk desk;
    const SmallDisk disk(desk.at("disk"));
    if (!disk.mounted()) {
        skip("a small tmpfs cannot be mounted here");
        return;
    }
    desk.put_npy("many.npy", {4000, 6}, 8, 0);  // 4000 x 3 outputs of 8 bytes do not fit
    desk.put("disk/y.npy", "older");
    check_failed(desk.golden({"--output", "disk/y.npy"}, "many.npy"),
                 {"disk/y.npy", "No space left"});
    CHECK(slurp(desk.at("disk/y.npy")) == "older");
    check_failed(desk.run({"gen", "mini.yaml", "-o", "disk/tree"}), {"/disk/", "No space left"});
    check_failed(desk.run({"quantize", "mini.yaml", "--weights", "w.npy", "--inputs", "many.npy",
                           "-o", "disk/q"}),
                 {"disk/q", "No space left"});
    CHECK(desk.names("disk") == std::set<std::string>{"y.npy"});
    // What fits is written.
    check_passed(desk.golden({"--output", "disk/y.npy"}));
    CHECK(desk.names("disk") == std::set<std::string>{"y.npy"});
}

TEST_CASE("output: a link to nothing yet is written through", "[cli]") {
    const Desk desk;
    fs::create_directory(desk.at("far"));
    fs::create_symlink("far/y.npy", desk.at("link.npy"));
    fs::create_symlink("link.npy", desk.at("second.npy"));
    check_passed(desk.golden({"--output", "second.npy"}));
    CHECK(fs::is_symlink(desk.at("second.npy")));
    CHECK(fs::is_symlink(desk.at("link.npy")));
    CHECK(read_npy_int(desk.at("far/y.npy")).shape == std::vector<std::size_t>{5, 3});
    fs::remove(desk.at("far/y.npy"));
    check_failed(desk.golden({"--output", "link.npy", "--stats", "far/y.npy"}),
                 {"--stats", "far/y.npy", "--output"});
    fs::create_symlink("loop.npy", desk.at("loop.npy"));
    check_failed(desk.golden({"--output", "loop.npy"}), {"loop.npy", "symbolic links"});
    // Folders too.
    fs::create_symlink("far/tree", desk.at("tree"));
    check_passed(desk.run({"gen", "mini.yaml", "-o", "tree"}));
    fs::create_symlink("far/q", desk.at("q"));
    check_passed(
        desk.run({"quantize", "mini.yaml", "--weights", "w.npy", "--inputs", "x.npy", "-o", "q"}));
    CHECK(fs::exists(desk.at("far/tree/manifest.json")));
    CHECK(fs::exists(desk.at("far/q/scales.json")));
}
