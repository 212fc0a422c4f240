// SPDX-License-Identifier: Apache-2.0
/// From the file's bytes to the graph.
#include "network/model.hpp"

#include <fmt/format.h>
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "base/error.hpp"
#include "graph.hpp"
#include "onnx.hpp"
#include "operators.hpp"

namespace network {

namespace fs = std::filesystem;

namespace {

std::string domain_name(const std::string& domain) { return domain == "ai.onnx" ? "" : domain; }

class Reader {
  public:
    Reader(const onnx::ModelProto& proto, const std::string& path)
        : graph_(proto.graph()), proto_(proto), folder_(fs::path(path).parent_path()) {
        model_.path = path;
        model_.graph = printable(graph_.name());
    }

    Model read() {
        check_header();
        check_operators();
        constants();
        input();
        nodes();
        output();
        connect();
        sort_nodes(model_);
        prune_nodes(model_);
        return std::move(model_);
    }

  private:
    [[noreturn]] void fail(const std::string& message) const {
        throw base::Error(fmt::format("{}: error: {}", model_.path, message));
    }
    std::string at(const std::string& what) const {
        return fmt::format("{}: {}", model_.path, what);
    }

    void check_header() {
        if (!proto_.has_graph() || proto_.ir_version() < 3) {
            fail(fmt::format(
                "found IR version {}{}; expected an ONNX model of IR version 3 or later",
                proto_.ir_version(), proto_.has_graph() ? "" : " and no graph"));
        }
        for (const auto& set : proto_.opset_import())
            opsets_[domain_name(set.domain())] = set.version();
        const auto own = opsets_.find("");
        if (own == opsets_.end() || own->second < 9) {
            fail(fmt::format(
                "found {}; expected opset 9 or later",
                own == opsets_.end() ? "no opset" : fmt::format("opset {}", own->second)));
        }
        if (graph_.sparse_initializer_size() > 0)
            fail("found sparse constants; expected dense ones");
    }

    std::string label(int n) const {
        const auto& p = graph_.node(n);
        std::string name = printable(p.name());
        if (name.empty()) return fmt::format("{}_{}", printable(p.op_type()), n);
        return name;
    }

    std::int64_t opset(const std::string& domain) const {
        const auto found = opsets_.find(domain_name(domain));
        return found == opsets_.end() ? 0 : found->second;
    }

    /// Every node that is not in the table, in one message.
    void check_operators() const {
        std::string bad;
        for (int n = 0; n < graph_.node_size(); ++n) {
            const auto& p = graph_.node(n);
            if (find_operator(domain_name(p.domain()), p.op_type())) continue;
            const std::string domain = p.domain().empty() ? "" : printable(p.domain()) + " ";
            bad +=
                fmt::format("{}: error: node `{}`: {} ({}opset {}) is not supported\n", model_.path,
                            label(n), printable(p.op_type()), domain, opset(p.domain()));
        }
        if (!bad.empty()) throw base::Error(bad + "supported: " + supported_operators());
    }

    int add_value(const std::string& name, const std::string& what) {
        const auto [entry, fresh] =
            by_name_.try_emplace(name, static_cast<int>(model_.values.size()));
        if (!fresh)
            fail(fmt::format("{} `{}` is made twice; expected once", what, printable(name)));
        model_.values.push_back({printable(name), -1, std::nullopt});
        return entry->second;
    }

    /// Once its data has been read: the file is there.
    void note_external(const onnx::TensorProto& t) {
        if (t.data_location() != onnx::TensorProto::EXTERNAL) return;
        for (const auto& entry : t.external_data()) {
            if (entry.key() == "location") model_.external.push_back(folder_ / entry.value());
        }
    }

    void constants() {
        for (const auto& t : graph_.initializer()) {
            if (t.name().empty()) fail("found a constant without a name");
            const int value = add_value(t.name(), "constant");
            model_.values[value].constant =
                read_tensor(t, folder_, at(fmt::format("constant `{}`", printable(t.name()))));
            note_external(t);
        }
    }

    void input() {
        std::vector<const onnx::ValueInfoProto*> free;
        for (const auto& v : graph_.input()) {
            const auto found = by_name_.find(v.name());
            if (found == by_name_.end() || !model_.values[found->second].constant)
                free.push_back(&v);
        }
        if (free.size() != 1) fail(fmt::format("found {} inputs; expected one", free.size()));
        const auto& v = *free.front();
        const std::string name = printable(v.name());
        model_.input = add_value(v.name(), "input");
        if (!v.type().has_tensor_type() || !v.type().tensor_type().has_shape()) {
            fail(fmt::format(
                "input `{}` has no shape; expected one with the image as its first axis", name));
        }
        const auto& tensor = v.type().tensor_type();
        model_.input_type = type_of(tensor.elem_type(), at(fmt::format("input `{}`", name)));
        if (tensor.shape().dim_size() == 0 || tensor.shape().dim_size() > 8) {
            fail(fmt::format("input `{}` has {} axes; expected 1 to 8", name,
                             tensor.shape().dim_size()));
        }
        for (const auto& d : tensor.shape().dim()) {
            model_.input_shape.push_back(d.has_dim_value() && d.dim_value() != 0 ? d.dim_value()
                                                                                 : -1);
        }
        std::int64_t& batch = model_.input_shape.front();
        if (batch != -1 && batch != 1) {
            fail(fmt::format("input `{}`: found batch {}; expected a free one or 1", name, batch));
        }
        batch = 1;
    }

    void nodes() {
        std::set<std::string> names;
        for (int n = 0; n < graph_.node_size(); ++n) {
            const auto& p = graph_.node(n);
            Node node;
            node.name = label(n);
            while (!names.insert(node.name).second) node.name += "_" + std::to_string(n);
            node.type = p.op_type();
            node.domain = domain_name(p.domain());
            node.opset = opset(p.domain());
            node.op = find_operator(node.domain, node.type);
            attributes(p, node);
            for (const auto& out : p.output()) {
                node.outputs.push_back(out.empty() ? -1 : add_value(out, "value"));
                if (!out.empty()) model_.values[node.outputs.back()].producer = n;
            }
            check_counts(p, node);
            model_.nodes.push_back(std::move(node));
        }
    }

    void attributes(const onnx::NodeProto& p, Node& node) {
        const std::string known = fmt::format(" {} ", node.op->attributes);
        for (const auto& a : p.attribute()) {
            const std::string what =
                fmt::format("{}: attribute `{}`", place(model_, node), printable(a.name()));
            if (a.name().empty() || known.find(fmt::format(" {} ", a.name())) == known.npos) {
                throw base::Error(
                    fmt::format("{}: error: not known; expected one of:{}", what, known));
            }
            node.attributes[a.name()] = read_attribute(a, folder_, what);
            if (a.type() == onnx::AttributeProto::TENSOR) note_external(a.t());
        }
    }

    void check_counts(const onnx::NodeProto& p, const Node& node) const {
        const Operator& op = *node.op;
        const int in = p.input_size(), out = p.output_size();
        const auto bad = [&](std::string_view what, int found) {
            throw base::Error(
                fmt::format("{}: error: found {} {}", place(model_, node), found, what));
        };
        if (in < op.least_inputs || (op.most_inputs >= 0 && in > op.most_inputs)) bad("inputs", in);
        if (out < 1 || (op.most_outputs >= 0 && out > op.most_outputs)) bad("outputs", out);
        for (int n = 0; n < op.least_inputs; ++n) {
            if (p.input(n).empty()) {
                throw base::Error(
                    fmt::format("{}: error: input {} is left out", place(model_, node), n));
            }
        }
    }

    void connect() {
        for (int n = 0; n < graph_.node_size(); ++n) {
            Node& node = model_.nodes[static_cast<std::size_t>(n)];
            for (const auto& in : graph_.node(n).input()) {
                const auto found = in.empty() ? by_name_.end() : by_name_.find(in);
                if (!in.empty() && found == by_name_.end()) {
                    throw base::Error(fmt::format("{}: error: input `{}` is made by no node",
                                                  place(model_, node), printable(in)));
                }
                node.inputs.push_back(in.empty() ? -1 : found->second);
            }
        }
    }

    void output() {
        if (graph_.output_size() != 1) {
            fail(fmt::format("found {} outputs; expected one", graph_.output_size()));
        }
        const auto found = by_name_.find(graph_.output(0).name());
        if (found == by_name_.end() || model_.values[found->second].producer < 0) {
            fail(fmt::format("output `{}` is made by no node", printable(graph_.output(0).name())));
        }
        model_.output = found->second;
    }

    const onnx::GraphProto& graph_;
    const onnx::ModelProto& proto_;
    fs::path folder_;
    Model model_;
    std::map<std::string, std::int64_t> opsets_;
    std::map<std::string, int> by_name_;
};

}  // namespace

Model parse_model(const std::string& bytes, const std::string& path) {
    google::protobuf::SetLogHandler(nullptr);  // what is wrong is said below, once
    onnx::ModelProto proto;
    if (bytes.size() > std::size_t{2147483647} ||
        !proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
        throw base::Error(
            fmt::format("{}: error: {} bytes that are no ONNX model (damaged or truncated)", path,
                        bytes.size()));
    }
    return Reader(proto, path).read();
}

Model read_model(const std::string& path) {
    std::error_code failed;
    if (!fs::is_regular_file(path, failed)) {
        throw base::Error(fmt::format("{}: error: {}; expected an ONNX model", path,
                                      fs::exists(path, failed) ? "not a file" : "no such file"));
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file && !file.eof()) throw base::Error(fmt::format("{}: error: cannot be read", path));
    return parse_model(std::move(bytes).str(), path);
}

}  // namespace network
