// SPDX-License-Identifier: Apache-2.0
/// libFuzzer's entry: any bytes are a model whose shapes, constants and layers are found, or a
/// base::Error that begins with the file's name; never a crash, undefined behaviour, or more memory
/// and time than flow/fuzz_onnx.sh allows, which builds and runs it. In no test.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "network/network.hpp"
#include "onnx.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* bytes, std::size_t size, std::size_t most);

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

/// A message and all below it.
void collect(Message& message, std::vector<Message*>& all) {
    all.push_back(&message);
    const Reflection& r = *message.GetReflection();
    std::vector<const FieldDescriptor*> fields;
    r.ListFields(message, &fields);
    for (const auto* f : fields) {
        if (f->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
        if (!f->is_repeated()) collect(*r.MutableMessage(&message, f), all);
        for (int n = 0; f->is_repeated() && n < r.FieldSize(message, f); ++n)
            collect(*r.MutableRepeatedMessage(&message, f, n), all);
    }
}

template <class T>
T mutated(T value) {
    LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(&value), sizeof value, sizeof value);
    return value;
}

std::string mutated(std::string value) {
    const std::size_t size = value.size(), most = size + 8;
    value.resize(most);
    value.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(value.data()), size, most));
    return value;
}

/// One value of one field, or the number of a list's entries.
void mutate_field(Message& m, const FieldDescriptor* f, std::minstd_rand& random) {
    const Reflection& r = *m.GetReflection();
    const int count = f->is_repeated() ? r.FieldSize(m, f) : 0;
    const int n = count > 0 ? static_cast<int>(random() % static_cast<unsigned>(count)) : 0;
    if (count > 0 && random() % 4 == 0) {
        r.SwapElements(&m, f, n, count - 1);
        if (random() % 2 == 0) r.RemoveLast(&m, f);
        return;
    }
    const auto change = [&](auto get, auto set, auto get_at, auto set_at, auto add) {
        if (!f->is_repeated()) return (r.*set)(&m, f, mutated((r.*get)(m, f)));
        if (count == 0 || random() % 8 == 0)
            return (r.*add)(&m, f, mutated(decltype((r.*get)(m, f)){}));
        (r.*set_at)(&m, f, n, mutated((r.*get_at)(m, f, n)));
    };
#define CHANGE(T)                                                                 \
    change(&Reflection::Get##T, &Reflection::Set##T, &Reflection::GetRepeated##T, \
           &Reflection::SetRepeated##T, &Reflection::Add##T)
    switch (f->cpp_type()) {
        case FieldDescriptor::CPPTYPE_INT32:
            return CHANGE(Int32);
        case FieldDescriptor::CPPTYPE_INT64:
            return CHANGE(Int64);
        case FieldDescriptor::CPPTYPE_UINT64:
            return CHANGE(UInt64);
        case FieldDescriptor::CPPTYPE_FLOAT:
            return CHANGE(Float);
        case FieldDescriptor::CPPTYPE_DOUBLE:
            return CHANGE(Double);
        case FieldDescriptor::CPPTYPE_STRING:
            return CHANGE(String);
        case FieldDescriptor::CPPTYPE_ENUM:
            if (!f->is_repeated()) r.SetEnumValue(&m, f, static_cast<int>(random() % 24));
            return;
        case FieldDescriptor::CPPTYPE_MESSAGE:
            if (f->is_repeated() && count > 0) {
                Message* fresh = r.AddMessage(&m, f);
                fresh->CopyFrom(r.GetRepeatedMessage(m, f, n));
            }
            return;
        default:
            return;
    }
#undef CHANGE
}

/// A constant of another type and shape whose data fits them, so that it is no error of the reader:
/// its operator sees it. Bytes of its own as far as they go.
void retype_constant(onnx::GraphProto& graph, std::minstd_rand& random) {
    if (graph.initializer_size() == 0) return;
    auto& t = *graph.mutable_initializer(
        static_cast<int>(random() % static_cast<unsigned>(graph.initializer_size())));
    constexpr struct {
        int type;
        std::size_t width;
    } types[] = {{1, 4}, {2, 1},  {3, 1},  {4, 2},  {5, 2},  {6, 4}, {7, 8},
                 {9, 1}, {10, 2}, {11, 8}, {12, 4}, {13, 8}, {16, 2}};
    std::size_t width = 1;
    if (random() % 2 == 0) {
        const auto& drawn = types[random() % std::size(types)];
        t.set_data_type(drawn.type);
    }
    for (const auto& row : types) {
        if (row.type == t.data_type()) width = row.width;
    }
    switch (random() % 6) {
        case 0:
            t.clear_dims();
            break;
        case 1:
            t.clear_dims();
            t.add_dims(static_cast<std::int64_t>(random() % 5));
            break;
        case 2:
            if (t.dims_size() > 0) {
                const int n = static_cast<int>(random() % static_cast<unsigned>(t.dims_size()));
                t.set_dims(n, static_cast<std::int64_t>(random() % 8));
            }
            break;
        default:
            break;
    }
    std::size_t count = 1;
    for (const auto d : t.dims()) {
        if (d < 0 || d > 64 || count > 4096) return;
        count *= static_cast<std::size_t>(d);
    }
    std::string bytes = t.raw_data().empty() ? std::string("\1\2\3\0", 4) : t.raw_data();
    const std::string once = bytes;
    while (bytes.size() < count * width) bytes += once;
    bytes.resize(count * width);
    for (auto clear : {&onnx::TensorProto::clear_float_data, &onnx::TensorProto::clear_int32_data,
                       &onnx::TensorProto::clear_int64_data, &onnx::TensorProto::clear_double_data,
                       &onnx::TensorProto::clear_uint64_data})
        (t.*clear)();
    t.set_raw_data(bytes);
}

/// A node's input becomes another value, a constant of its own or none, or its operator that of
/// another node.
void rewire(onnx::GraphProto& graph, std::minstd_rand& random) {
    if (graph.node_size() == 0) return;
    const auto any = [&](int size) {
        return static_cast<int>(random() % static_cast<unsigned>(size));
    };
    auto& node = *graph.mutable_node(any(graph.node_size()));
    if (random() % 3 == 0) {
        const auto& other = graph.node(any(graph.node_size()));
        node.set_op_type(other.op_type());
        node.set_domain(other.domain());
        return;
    }
    constexpr const char* products[] = {"Conv",        "Gemm",          "MatMul",
                                        "ConvInteger", "MatMulInteger", "QLinearMatMul"};
    if (random() % 4 == 0) return node.set_op_type(products[random() % std::size(products)]);
    std::string name;
    if (random() % 4 != 0 && graph.initializer_size() > 0)
        name = graph.initializer(any(graph.initializer_size())).name();
    if (node.input_size() == 0 || random() % 4 == 0) {
        node.add_input(name);
    } else {
        node.set_input(any(node.input_size()), name);
    }
}

}  // namespace

/// Half of the times constants and wires, else fields of the model or its bytes: lengths stay
/// right, and what is behind the parser is reached.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* bytes, std::size_t size,
                                               std::size_t most, unsigned seed) {
    std::minstd_rand random(seed + 1);
    onnx::ModelProto model;
    if (random() % 4 == 0 || !model.ParseFromArray(bytes, static_cast<int>(size)))
        return LLVMFuzzerMutate(bytes, size, most);
    if (random() % 2 == 0) {
        for (unsigned times = 1 + static_cast<unsigned>(random() % 3); times > 0; --times)
            (random() % 3 == 0 ? rewire : retype_constant)(*model.mutable_graph(), random);
    }
    const bool fields_too = random() % 2 == 0;
    for (unsigned times = fields_too ? 1 + static_cast<unsigned>(random() % 3) : 0; times > 0;
         --times) {
        std::vector<Message*> all;
        collect(model, all);
        Message& m = *all[random() % all.size()];
        std::vector<const FieldDescriptor*> fields;
        m.GetReflection()->ListFields(m, &fields);
        if (random() % 8 == 0)
            fields = {m.GetDescriptor()->field(static_cast<int>(
                random() % static_cast<unsigned>(m.GetDescriptor()->field_count())))};
        if (!fields.empty()) mutate_field(m, fields[random() % fields.size()], random);
    }
    const std::string text = model.SerializePartialAsString();
    if (text.size() > most) return LLVMFuzzerMutate(bytes, size, most);
    std::memcpy(bytes, text.data(), text.size());
    return text.size();
}

namespace {

bool each_line_says_error_once(const std::string& text) {
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string line = text.substr(begin, end - begin);
        if (line.find("error:") != line.rfind("error:")) return false;
        begin = end + 1;
    }
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    try {
        const std::string text(reinterpret_cast<const char*>(bytes), size);
        network::prepare(network::parse_model(text, "model.onnx"), std::nullopt);
    } catch (const base::Error& error) {
        if (std::string(error.what()).rfind("model.onnx", 0) != 0) {
            std::fprintf(stderr, "a message without the file's name: %s\n", error.what());
            __builtin_trap();
        }
        // Names of the file are quoted, and may say so themselves.
        const bool named =
            std::string_view(reinterpret_cast<const char*>(bytes), size).find("error:") !=
            std::string_view::npos;
        if (!named && !each_line_says_error_once(error.what())) {
            std::fprintf(stderr, "a message with nested errors: %s\n", error.what());
            __builtin_trap();
        }
    }
    return 0;
}
