// SPDX-License-Identifier: Apache-2.0
/// Tensors and attributes of the file.
#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/error.hpp"
#include "onnx.hpp"

namespace network {

namespace fs = std::filesystem;
using Proto = onnx::TensorProto;

namespace {

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

void fail_at(const std::string& what, const std::string& message) {
    throw base::Error(fmt::format("{}: error: {}", what, message));
}

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
        fail_at(what, e.what());
    }
}

Tensor read_tensor(const Proto& proto, const fs::path& folder, const std::string& what) {
    const Type type = type_of(proto.data_type(), what);
    Shape shape(proto.dims().begin(), proto.dims().end());
    std::size_t count = 0;
    try {
        count = element_count(shape);
    } catch (const base::Error& e) {
        fail_at(what, e.what());
    }
    const std::size_t bytes = count * width_of(proto.data_type());
    const bool external = proto.data_location() == Proto::EXTERNAL;
    const bool raw = external || proto.has_raw_data();
    const std::size_t found = raw ? proto.raw_data().size() : typed_count(proto);
    if (!external && found != (raw ? bytes : count)) {
        fail_at(what,
                fmt::format("found {} {}; expected {} for shape {}", found,
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
            fail_at(what, fmt::format("element {}: found nan; expected a number", n));
    }
    return t;
}

Attribute read_attribute(const onnx::AttributeProto& proto, const fs::path& folder,
                         const std::string& what) {
    switch (proto.type()) {
        case onnx::AttributeProto::INT:
            return proto.i();
        case onnx::AttributeProto::FLOAT:
            return proto.f();
        case onnx::AttributeProto::STRING:
            return proto.s();
        case onnx::AttributeProto::INTS:
            return std::vector<std::int64_t>(proto.ints().begin(), proto.ints().end());
        case onnx::AttributeProto::FLOATS:
            return std::vector<float>(proto.floats().begin(), proto.floats().end());
        case onnx::AttributeProto::TENSOR:
            return read_tensor(proto.t(), folder, what);
        default:
            break;
    }
    fail_at(what,
            fmt::format(
                "found an attribute of kind {}; expected a number, a string, numbers or a tensor",
                static_cast<int>(proto.type())));
}

}  // namespace network
