// SPDX-License-Identifier: Apache-2.0
#include "base/output_paths.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/pending_file.hpp"

namespace base {

namespace fs = std::filesystem;

namespace {

void check_apart(const NamedPath& output, const NamedPath& other) {
    if (other.path.empty() || !same_file(output.path, other.path)) return;
    throw base::Error(fmt::format("error: {}: found {}, the file of {} too; expected another file",
                                  output.option, output.path, other.option));
}

}  // namespace

bool same_file(const std::string& a, const std::string& b) {
    std::error_code error;
    const fs::file_type type = fs::status(a, error).type();
    if (type == fs::file_type::regular) return fs::equivalent(a, b, error) && !error;
    if (type != fs::file_type::not_found) return false;
    const auto place = [&error](const std::string& path) {
        return fs::weakly_canonical(fs::absolute(through_links(path), error), error);
    };
    const fs::path first = place(a);
    return !error && first == place(b) && !error;
}

void check_outputs(const std::vector<NamedPath>& outputs, const std::vector<NamedPath>& inputs) {
    for (auto output = outputs.begin(); output != outputs.end(); ++output) {
        if (output->path.empty()) continue;
        for (const NamedPath& input : inputs) check_apart(*output, input);
        for (auto earlier = outputs.begin(); earlier != output; ++earlier) {
            check_apart(*output, *earlier);
        }
        const PendingFile trial(output->path, "");
    }
}

}  // namespace base
