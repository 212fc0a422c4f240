#include "images.hpp"

#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/error.hpp"

namespace bnn {

namespace {

struct Idx {
    std::vector<std::size_t> shape;
    std::vector<std::uint8_t> data;
};

/// A type byte, a rank byte, big-endian dimensions, bytes.
Idx read_one(const std::string& path) {
    const gzFile file = gzopen(path.c_str(), "rb");
    if (!file) throw base::Error(path + ": error: cannot be read");
    std::vector<std::uint8_t> bytes;
    std::uint8_t buffer[1 << 16];
    int got = 0;
    while ((got = gzread(file, buffer, sizeof buffer)) > 0)
        bytes.insert(bytes.end(), buffer, buffer + got);
    gzclose(file);
    Idx idx;
    std::size_t size = 1;
    const std::size_t rank = bytes.size() >= 4 ? bytes[3] : 0, head = 4 + 4 * rank;
    for (std::size_t d = 0; d < rank && bytes.size() >= head; ++d) {
        std::size_t extent = 0;
        for (std::size_t b = 0; b < 4; ++b) extent = extent << 8 | bytes[4 + 4 * d + b];
        idx.shape.push_back(extent);
        size *= extent;
    }
    if (got < 0 || idx.shape.empty() || bytes.size() != head + size) {
        throw base::Error(path + ": error: found no whole IDX file");
    }
    idx.data.assign(bytes.begin() + static_cast<std::ptrdiff_t>(head), bytes.end());
    return idx;
}

}  // namespace

Images read_idx(const std::string& images, const std::string& labels, std::size_t limit) {
    Idx x = read_one(images), y = read_one(labels);
    if (x.shape.size() != 3 || y.shape.size() != 1 || x.shape[0] != y.shape[0]) {
        throw base::Error(images + ": error: expected images (N, H, W) beside labels (N,)");
    }
    Images all{x.shape[0], x.shape[1], x.shape[2], 1, std::move(x.data), std::move(y.data)};
    if (limit > 0) all.count = std::min(all.count, limit);
    return all;
}

Images read_cifar10(const std::string& path, std::size_t limit) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw base::Error(path + ": error: cannot be read");
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    constexpr std::size_t side = 32, plane = side * side, record = 1 + 3 * plane;
    Images all{bytes.size() / record, side, side, 3, {}, {}};
    if (limit > 0) all.count = std::min(all.count, limit);
    for (std::size_t i = 0; i < all.count; ++i) {
        all.labels.push_back(static_cast<std::uint8_t>(bytes[i * record]));
        for (std::size_t p = 0; p < plane; ++p) {
            for (std::size_t c = 0; c < 3; ++c) {
                all.pixels.push_back(
                    static_cast<std::uint8_t>(bytes[i * record + 1 + c * plane + p]));
            }
        }
    }
    return all;
}

}  // namespace bnn
