// SPDX-License-Identifier: Apache-2.0
#include "study/publish.hpp"

#include <fmt/format.h>

#include <set>
#include <sstream>
#include <utility>

#include "base/error.hpp"
#include "base/hash.hpp"

namespace fs = std::filesystem;

namespace study {

namespace {

constexpr const char* list_name = "reports.sha256";
constexpr std::size_t digits = 64;  // of a SHA-256

struct Listed {
    std::string hash, name;
    auto operator<=>(const Listed&) const = default;
};
using List = std::set<Listed>;

/// Lines that are none of ours are passed over: nothing is removed for them.
List read_list(const fs::path& file) {
    List list;
    std::istringstream in(base::bytes_of(file));
    for (std::string line; std::getline(in, line);) {
        if (line.size() < digits + 3 || line.compare(digits, 2, "  ") != 0) continue;
        const std::string name = line.substr(digits + 2);
        if (fs::path(name).filename() == name) list.insert({line.substr(0, digits), name});
    }
    return list;
}

std::string text_of(const List& list) {
    std::string text;
    for (const Listed& one : list) text += fmt::format("{}  {}\n", one.hash, one.name);
    return text;
}

/// Of the files that were listed, those that still are what was written then.
void remove_old(const fs::path& folder, const List& listed, const std::set<std::string>& kept) {
    for (const Listed& old : listed) {
        const fs::path file = folder / old.name;
        if (kept.contains(old.name) || !fs::is_regular_file(fs::symlink_status(file)) ||
            base::sha256(base::bytes_of(file)) != old.hash)
            continue;
        std::error_code error;
        fs::remove(file, error);
        if (error)
            throw base::Error(
                fmt::format("{}: error: cannot be removed: {}; it is of an older "
                            "report",
                            file.string(), error.message()));
    }
}

}  // namespace

void publish(const fs::path& folder, const std::vector<ReportFile>& files,
             std::vector<base::FileBytes> beside) {
    const std::string list = (folder / list_name).string();
    const List before = read_list(list);
    List now;
    std::set<std::string> names;
    std::vector<base::FileBytes> written = std::move(beside);
    for (const ReportFile& file : files) {
        now.insert({base::sha256(file.bytes), file.name});
        names.insert(file.name);
        written.push_back({(folder / file.name).string(), file.bytes});
    }
    List both = before;
    both.insert(now.begin(), now.end());
    base::write_file(list, text_of(both));
    base::write_together(std::move(written));
    remove_old(folder, before, names);
    base::write_file(list, text_of(now));
}

}  // namespace study
