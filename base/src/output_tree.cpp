// SPDX-License-Identifier: Apache-2.0
#include "base/output_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "base/environment.hpp"
#include "base/error.hpp"
#include "base/files.hpp"
#include "base/hash.hpp"
#include "base/made_folders.hpp"
#include "output_files.hpp"

namespace base {

namespace fs = std::filesystem;

namespace {

constexpr const char* manifest_name = "manifest.json";
constexpr const char* generator_mark = "cimrtl";

void check_files(const std::vector<OutFile>& files) {
    std::set<std::string> seen;
    for (const OutFile& f : files) {
        const fs::path path(f.path);
        const bool inside = !f.path.empty() && path.is_relative() &&
                            std::ranges::find(path, fs::path("..")) == path.end();
        if (!inside || !seen.insert(f.path).second) {
            throw Error(fmt::format("internal: output file {} is twice there or outside", f.path));
        }
    }
    if (!seen.contains(manifest_name)) throw Error("internal: output files without a manifest");
}

/// Absolute, without links in the last part and without a slash at the end.
fs::path real_target(const fs::path& dir) {
    fs::path target = absolute_path(dir.empty() ? "." : dir).lexically_normal();
    if (!target.has_filename()) target = target.parent_path();
    target = through_links(target).lexically_normal();
    if (target == target.root_path()) {
        throw Error(fmt::format("{}: error: the root folder cannot be replaced", dir.string()));
    }
    return target;
}

/// Paths that a manifest of ours lists, itself included; nothing if the folder has none.
std::optional<std::set<std::string>> listed_files(const fs::path& target) {
    std::ifstream in(target / manifest_name);
    const auto json = nlohmann::json::parse(in, nullptr, false);
    if (!json.is_object() || json.value("generator", nlohmann::json()) != generator_mark) return {};
    std::set<std::string> paths = {manifest_name};
    for (const auto& file : json.value("files", nlohmann::json::array())) {
        const auto path = file.is_object() ? file.find("path") : file.end();
        if (file.is_object() && path != file.end() && path->is_string()) {
            paths.insert(path->get<std::string>());
        }
    }
    return paths;
}

/// Files of the old folder that the new one does not take over. Error if the folder is not ours.
std::set<std::string> replaced_files(const fs::path& target, const std::vector<std::string>& keep) {
    auto listed = listed_files(target);
    if (!listed) {
        for (const auto& entry : fs::directory_iterator(target)) {
            const std::string name = entry.path().filename().string();
            if (entry.is_directory() && std::ranges::find(keep, name) != keep.end()) continue;
            throw Error(
                fmt::format("{}: error: found {} and no {} of cimrtl; expected an empty "
                            "folder or one that cimrtl wrote",
                            target.string(), name, manifest_name));
        }
        return {};
    }
    return *listed;
}

void check_existing(const fs::path& target) {
    if (!fs::is_directory(target)) {
        throw Error(fmt::format("{}: error: found a file; expected a folder", target.string()));
    }
    // The shell would be left standing in a folder that is gone.
    for (fs::path p = fs::current_path(); p != p.root_path(); p = p.parent_path()) {
        if (!fs::equivalent(p, target)) continue;
        throw Error(
            fmt::format("{}: error: found the current folder in it; expected a folder to "
                        "replace: give one below the current folder",
                        target.string()));
    }
}

void write_and_swap(const fs::path& target, const std::vector<OutFile>& files,
                    const std::vector<std::string>& keep) {
    const MadeFolders parents(target.parent_path());
    const ParentLock lock(target.parent_path());
    if (lock.held()) clean_leftovers(target);
    const bool exists = fs::exists(fs::symlink_status(target));
    std::set<std::string> replaced;
    if (exists) {
        check_existing(target);
        replaced = replaced_files(target, keep);
    }
    const TemporaryFolder fresh(target);
    for (const OutFile& f : files) {
        write_file(fresh.path() / f.path, f.contents, target / f.path);
    }
    if (exists) {
        link_tree(target, fresh.path(), replaced);
        fs::permissions(fresh.path(), fs::status(target).permissions());
    }
    swap_folders(fresh.path(), target);
}

}  // namespace

OutFile make_manifest(const nlohmann::ordered_json& head, const std::vector<OutFile>& files) {
    using Handler = nlohmann::ordered_json::error_handler_t;
    nlohmann::ordered_json manifest = head;
    manifest["generator"] = generator_mark;
    manifest["files"] = nlohmann::ordered_json::array();
    for (const OutFile& f : files) {
        manifest["files"].push_back(
            {{"path", f.path}, {"bytes", f.contents.size()}, {"sha256", sha256(f.contents)}});
    }
    return {manifest_name, manifest.dump(2, ' ', false, Handler::replace) + "\n"};
}

void write_tree(const fs::path& dir, const std::vector<OutFile>& files,
                const std::vector<std::string>& keep) {
    check_files(files);
    try {
        write_and_swap(real_target(dir), files, keep);
    } catch (const fs::filesystem_error& e) {
        const fs::path& path = e.path1().empty() ? dir : e.path1();
        fail_errno(path, "cannot write the output", e.code().value());
    }
}

}  // namespace base
