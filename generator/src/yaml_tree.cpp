// SPDX-License-Identifier: Apache-2.0
#include "generator/yaml_tree.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "generator/yaml_text.hpp"

namespace generator {

namespace {

/// Builds the tree from the parser's events and refuses what exceeds the limits as it comes, so
/// that the parser never goes deep either.
class Builder final : public YAML::EventHandler {
  public:
    YamlNode take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (started_) fail(mark, "found a second document; expected one document");
        started_ = true;
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        add(make(mark, "?", YamlNode::Kind::null), anchor);
    }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const auto target = anchors_.find(anchor);
        if (target == anchors_.end()) fail(mark, "found an alias to what it stands in");
        YamlNode copy = target->second;
        alias_nodes_ += copy.size;
        if (alias_nodes_ > YamlLimits::alias_nodes) {
            fail(mark, fmt::format("found aliases that stand for {} values; expected at most {}",
                                   alias_nodes_, YamlLimits::alias_nodes));
        }
        copy.line = mark.line + 1;
        copy.column = mark.column + 1;
        check_depth(mark, open_.size() + static_cast<std::size_t>(copy.height));
        add(std::move(copy), 0);
    }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        YamlNode node = make(mark, tag, YamlNode::Kind::scalar);
        node.text = value;
        add(std::move(node), anchor);
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(make(mark, tag, YamlNode::Kind::list), anchor, mark);
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(make(mark, tag, YamlNode::Kind::map), anchor, mark);
    }
    void OnMapEnd() override { close(); }

  private:
    struct Open {
        YamlNode node;
        YAML::anchor_t anchor;
    };

    [[noreturn]] static void fail(const YAML::Mark& mark, std::string message) {
        throw YamlError{mark.line + 1, mark.column + 1, std::move(message)};
    }

    static void check_depth(const YAML::Mark& mark, std::size_t depth) {
        if (depth > YamlLimits::depth) {
            fail(mark, fmt::format("found values nested deeper than {} levels; expected sections "
                                   "of keys",
                                   YamlLimits::depth));
        }
    }

    YamlNode make(const YAML::Mark& mark, const std::string& tag, YamlNode::Kind kind) {
        if (++nodes_ > YamlLimits::nodes) {
            fail(mark, fmt::format("found more than {} values; expected a config's few keys",
                                   YamlLimits::nodes));
        }
        YamlNode node;
        node.kind = kind;
        node.plain = tag != "!";
        if (tag != "?" && tag != "!") node.tag = tag;
        node.line = mark.line + 1;
        node.column = mark.column + 1;
        return node;
    }

    void open(YamlNode node, YAML::anchor_t anchor, const YAML::Mark& mark) {
        open_.push_back({std::move(node), anchor});
        check_depth(mark, open_.size());
    }

    void close() {
        Open done = std::move(open_.back());
        open_.pop_back();
        add(std::move(done.node), done.anchor);
    }

    void add(YamlNode node, YAML::anchor_t anchor) {
        if (anchor != 0) anchors_[anchor] = node;
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        YamlNode& parent = open_.back().node;
        parent.height = std::max(parent.height, node.height + 1);
        parent.size += node.size;
        parent.children.push_back(std::move(node));
    }

    YamlNode root_;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, YamlNode> anchors_;
    std::size_t nodes_ = 0;
    std::size_t alias_nodes_ = 0;
    bool started_ = false;
};

/// Tabs in the indentation, which no YAML has and which editors hide, explain an error better than
/// what the parser made of them.
void check_tabs(std::string_view text) {
    int line = 1;
    for (std::size_t i = 0; i < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', i), text.size());
        const std::size_t first = std::min(text.find_first_not_of(' ', i), end);
        if (first < end && text[first] == '\t') {
            throw YamlError{line, static_cast<int>(first - i) + 1,
                            "found a tab in the indentation; expected spaces"};
        }
        i = end + 1;
    }
}

/// yaml-cpp 0.8 says which anchor, 0.7 does not: one text for both.
std::string_view reason(const YAML::Exception& e) {
    constexpr std::string_view anchor = "the referenced anchor is not defined";
    return e.msg.starts_with(anchor) ? anchor : std::string_view(e.msg);
}

}  // namespace

YamlNode parse_yaml(std::string_view text) {
    check_text(text);
    Builder builder;
    std::istringstream stream{std::string(text)};
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& e) {
        check_tabs(text);
        throw YamlError{std::max(e.mark.line, 0) + 1, std::max(e.mark.column, 0) + 1,
                        fmt::format("found invalid YAML ({}); expected valid YAML", reason(e))};
    }
    return builder.take();
}

}  // namespace generator
