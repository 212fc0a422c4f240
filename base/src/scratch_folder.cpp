// SPDX-License-Identifier: Apache-2.0
#include "base/scratch_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <system_error>

#include "base/environment.hpp"
#include "base/error.hpp"

namespace base {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder(const std::string& prefix, For use) {
    const fs::path parent = use == For::tools ? plain_temporary_folder() : temporary_folder();
    std::string name = (parent / (prefix + "-XXXXXX")).string();
    const Uninterrupted made_and_noted;
    if (mkdtemp(name.data()) == nullptr)
        throw Error(
            fmt::format("{}: error: no folder can be made: {}; expected room for temporary "
                        "files (TMPDIR names another folder)",
                        parent.string(), std::strerror(errno)));
    path_ = name;
    leftover_.emplace(path_, Leftover::Kind::whole);
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

void ScratchFolder::write(const std::string& name, const std::string& bytes) const {
    const fs::path file = path_ / name;
    std::error_code failed;
    fs::create_directories(file.parent_path(), failed);
    errno = failed ? failed.value() : 0;
    if (!failed) {
        std::ofstream out(file, std::ios::binary);
        out << bytes;
        out.close();
        if (out) return;
    }
    throw Error(fmt::format("{}: error: cannot be written: {} (TMPDIR names another folder)",
                            file.string(), std::strerror(errno != 0 ? errno : EIO)));
}

std::string ScratchFolder::complaint() const {
    const std::string name = (path_ / ".room").string();
    const std::string bytes(65536, 'x');
    int reason = 0;
    errno = 0;
    const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0 || ::write(descriptor, bytes.data(), bytes.size()) < ssize_t(bytes.size())) {
        reason = errno != 0 ? errno : ENOSPC;  // a write of a part: no room for the rest
    }
    if (descriptor >= 0) ::close(descriptor);
    ::unlink(name.c_str());
    if (reason == 0) return "";
    return fmt::format("{}: {} (TMPDIR names another folder)\n", path_.parent_path().string(),
                       std::strerror(reason));
}

}  // namespace base
