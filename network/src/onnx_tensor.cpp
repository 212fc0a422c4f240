// SPDX-License-Identifier: Apache-2.0
/// Tensors and attributes of the file.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>

#include "base/error.hpp"
#include "onnx.hpp"

namespace network {

namespace fs = std::filesystem;
using Proto = onnx::TensorProto;

namespace {

[[noreturn]] void fail(const std::string& what, const std::string& message) {
    throw base::Error(fmt::format("{}: error: {}", what, message));
}

float from_half(std::uint16_t h) {
    const int exponent = h >> 10 & 31, mantissa = h & 1023;
    const float sign = h >> 15 ? -1.0F : 1.0F;
    if (exponent == 31) {
        return mantissa ? std::numeric_limits<float>::quiet_NaN()
                        : sign * std::numeric_limits<float>::infinity();
    }
    if (exponent == 0) return sign * std::ldexp(static_cast<float>(mantissa), -24);
    return sign * std::ldexp(static_cast<float>(mantissa + 1024), exponent - 25);
}

float from_bfloat(std::uint16_t b) { return std::bit_cast<float>(std::uint32_t{b} << 16); }

/// Bytes of one element in raw data.
std::size_t width_of(int type) {
    switch (type) {
        case Proto::BOOL:
        case Proto::INT8:
        case Proto::UINT8:
            return 1;
        case Proto::FLOAT16:
        case Proto::BFLOAT16:
        case Proto::INT16:
        case Proto::UINT16:
            return 2;
        case Proto::FLOAT:
        case Proto::INT32:
        case Proto::UINT32:
            return 4;
        default:
            return 8;
    }
}

template <class T>
T load(const char* from) {
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

/// Element n of little-endian raw data.
double raw_real(int type, const char* at) {
    if (type == Proto::FLOAT) return load<float>(at);
    if (type == Proto::DOUBLE) return load<double>(at);
    const auto bits = load<std::uint16_t>(at);
    return type == Proto::FLOAT16 ? from_half(bits) : from_bfloat(bits);
}

std::int64_t raw_integer(int type, const char* at) {
    switch (type) {
        case Proto::BOOL:
            return *at != 0;
        case Proto::INT8:
            return load<std::int8_t>(at);
        case Proto::UINT8:
            return load<std::uint8_t>(at);
        case Proto::INT16:
            return load<std::int16_t>(at);
        case Proto::UINT16:
            return load<std::uint16_t>(at);
        case Proto::INT32:
            return load<std::int32_t>(at);
        case Proto::UINT32:
            return load<std::uint32_t>(at);
        default:
            return load<std::int64_t>(at);
    }
}

std::uint64_t number(const std::string& text, const std::string& what, const std::string& key) {
    const bool digits =
        !text.empty() && text.size() < 19 &&
        std::ranges::all_of(text, [](unsigned char c) { return c >= '0' && c <= '9'; });
    if (!digits) {
        fail(what, fmt::format("found {} `{}` of its external data; expected a number", key,
                               printable(text)));
    }
    return std::stoull(text);
}

/// The file that holds a tensor's data: inside the model's folder, links followed.
fs::path external_path(const std::string& location, const fs::path& folder,
                       const std::string& what) {
    std::error_code failed;
    const fs::path base = fs::canonical(folder.empty() ? fs::path(".") : folder, failed);
    const fs::path path = fs::weakly_canonical(base / location, failed);
    const auto [end, inside] = std::mismatch(base.begin(), base.end(), path.begin(), path.end());
    if (failed || location.empty() || location.find('\0') != location.npos ||
        fs::path(location).is_absolute() || end != base.end()) {
        fail(what,
             fmt::format("found external data in `{}`; expected a file inside the model's folder",
                         printable(location)));
    }
    if (!fs::is_regular_file(path, failed)) {
        fail(what, fmt::format("external data `{}` is missing; expected a file beside the model",
                               printable(location)));
    }
    return path;
}

std::string read_external(const Proto& proto, std::size_t bytes, const fs::path& folder,
                          const std::string& what) {
    std::string location;
    std::uint64_t offset = 0, length = bytes;
    for (const auto& entry : proto.external_data()) {
        if (entry.key() == "location") location = entry.value();
        if (entry.key() == "offset") offset = number(entry.value(), what, "offset");
        if (entry.key() == "length") length = number(entry.value(), what, "length");
    }
    const fs::path path = external_path(location, folder, what);
    if (length != bytes) {
        fail(what, fmt::format("found {} bytes of external data; expected {}", length, bytes));
    }
    std::error_code failed;
    const std::uint64_t there = fs::file_size(path, failed);
    if (failed || offset > there || there - offset < bytes) {
        fail(what,
             fmt::format("external data `{}` is short: found {} bytes; expected {} from byte {} on",
                         printable(location), failed ? 0 : there, bytes, offset));
    }
    std::ifstream file(path, std::ios::binary);
    std::string data(bytes, '\0');
    file.seekg(static_cast<std::streamoff>(offset));
    if (!file.read(data.data(), static_cast<std::streamsize>(bytes))) {
        fail(what, fmt::format("external data `{}` cannot be read", printable(location)));
    }
    return data;
}

void from_raw(const std::string& raw, int type, Tensor& t) {
    const std::size_t width = width_of(type);
    for (std::size_t n = 0; n < t.size(); ++n) {
        const char* at = raw.data() + n * width;
        if (t.is_float()) {
            t.f[n] = static_cast<float>(raw_real(type, at));
        } else {
            t.i[n] = wrapped(t.type, raw_integer(type, at));
        }
    }
}

/// Data in the fields of its type: which one, and how many elements it holds.
std::size_t typed_count(const Proto& p) {
    switch (p.data_type()) {
        case Proto::FLOAT:
            return static_cast<std::size_t>(p.float_data_size());
        case Proto::DOUBLE:
            return static_cast<std::size_t>(p.double_data_size());
        case Proto::INT64:
            return static_cast<std::size_t>(p.int64_data_size());
        case Proto::UINT32:
        case Proto::UINT64:
            return static_cast<std::size_t>(p.uint64_data_size());
        default:
            return static_cast<std::size_t>(p.int32_data_size());
    }
}

void from_fields(const Proto& p, Tensor& t) {
    for (std::size_t n = 0; n < t.size(); ++n) {
        const int k = static_cast<int>(n);
        switch (p.data_type()) {
            case Proto::FLOAT:
                t.f[n] = p.float_data(k);
                break;
            case Proto::DOUBLE:
                t.f[n] = static_cast<float>(p.double_data(k));
                break;
            case Proto::FLOAT16:
                t.f[n] = from_half(static_cast<std::uint16_t>(p.int32_data(k)));
                break;
            case Proto::BFLOAT16:
                t.f[n] = from_bfloat(static_cast<std::uint16_t>(p.int32_data(k)));
                break;
            case Proto::INT64:
                t.i[n] = p.int64_data(k);
                break;
            case Proto::UINT32:
            case Proto::UINT64:
                t.i[n] = wrapped(t.type, static_cast<std::int64_t>(p.uint64_data(k)));
                break;
            default:
                t.i[n] = wrapped(t.type, p.int32_data(k));
        }
    }
}

}  // namespace

std::string printable(const std::string& name) {
    std::string out = name.substr(0, 120);
    for (char& c : out) {
        if (static_cast<unsigned char>(c) < 32 || static_cast<unsigned char>(c) > 126) c = '?';
    }
    return name.size() > out.size() ? out + "..." : out;
}

Type type_of(std::int64_t onnx_type) {
    switch (onnx_type) {
        case Proto::FLOAT:
        case Proto::DOUBLE:
        case Proto::FLOAT16:
        case Proto::BFLOAT16:
            return Type::f32;
        case Proto::BOOL:
            return Type::boolean;
        case Proto::INT8:
            return Type::i8;
        case Proto::UINT8:
            return Type::u8;
        case Proto::INT16:
            return Type::i16;
        case Proto::UINT16:
            return Type::u16;
        case Proto::INT32:
            return Type::i32;
        case Proto::UINT32:
            return Type::u32;
        case Proto::INT64:
            return Type::i64;
        case Proto::UINT64:
            return Type::u64;
        default:
            break;
    }
    throw base::Error(
        fmt::format("found element type {}; expected a float (16, 32 or 64 bits), an integer of 8 "
                    "to 64 bits or bool",
                    onnx_type));
}

Type type_of(std::int64_t onnx_type, const std::string& what) {
    try {
        return type_of(onnx_type);
    } catch (const base::Error& e) {
        fail(what, e.what());
    }
}

Tensor read_tensor(const Proto& proto, const fs::path& folder, const std::string& what) {
    const Type type = type_of(proto.data_type(), what);
    Shape shape(proto.dims().begin(), proto.dims().end());
    std::size_t count = 0;
    try {
        count = element_count(shape);
    } catch (const base::Error& e) {
        fail(what, e.what());
    }
    const std::size_t bytes = count * width_of(proto.data_type());
    const bool external = proto.data_location() == Proto::EXTERNAL;
    const bool raw = external || proto.has_raw_data();
    const std::size_t found = raw ? proto.raw_data().size() : typed_count(proto);
    if (!external && found != (raw ? bytes : count)) {
        fail(what, fmt::format("found {} {}; expected {} for shape {}", found,
                               raw ? "bytes" : "elements", raw ? bytes : count, shape_text(shape)));
    }
    std::string data;
    if (external) data = read_external(proto, bytes, folder, what);
    Tensor t(type, std::move(shape));
    if (raw) {
        from_raw(external ? data : proto.raw_data(), proto.data_type(), t);
    } else {
        from_fields(proto, t);
    }
    for (std::size_t n = 0; n < t.f.size(); ++n) {
        if (std::isnan(t.f[n]))
            fail(what, fmt::format("element {}: found nan; expected a number", n));
    }
    return t;
}

Attribute read_attribute(const onnx::AttributeProto& a, const fs::path& folder,
                         const std::string& what) {
    switch (a.type()) {
        case onnx::AttributeProto::INT:
            return a.i();
        case onnx::AttributeProto::FLOAT:
            return a.f();
        case onnx::AttributeProto::STRING:
            return a.s();
        case onnx::AttributeProto::INTS:
            return std::vector<std::int64_t>(a.ints().begin(), a.ints().end());
        case onnx::AttributeProto::FLOATS:
            return std::vector<float>(a.floats().begin(), a.floats().end());
        case onnx::AttributeProto::TENSOR:
            return read_tensor(a.t(), folder, what);
        default:
            break;
    }
    fail(what,
         fmt::format(
             "found an attribute of kind {}; expected a number, a string, numbers or a tensor",
             static_cast<int>(a.type())));
}

}  // namespace network
