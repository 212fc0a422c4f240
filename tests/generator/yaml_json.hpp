// SPDX-License-Identifier: Apache-2.0
/// For the schema test: YAML as the JSON that YAML's core schema makes of it.
#pragma once

#include <yaml-cpp/yaml.h>

#include <nlohmann/json.hpp>
#include <string>

namespace support {

inline nlohmann::json to_json(const YAML::Node& node) {
    nlohmann::json json;
    if (node.IsMap()) {
        json = nlohmann::json::object();
        for (const auto& pair : node) json[pair.first.Scalar()] = to_json(pair.second);
    } else if (node.IsSequence()) {
        json = nlohmann::json::array();
        for (const auto& item : node) json.push_back(to_json(item));
    } else if (node.IsScalar()) {
        const std::string& text = node.Scalar();
        const bool is_word = text == "true" || text == "false" ||
                             text.find_first_not_of("-.0123456789") == std::string::npos;
        const bool plain = node.Tag() == "?" && is_word && !text.empty();
        if (plain) json = nlohmann::json::parse(text, nullptr, false);
        if (!plain || json.is_discarded()) json = text;
    }
    return json;
}

}  // namespace support
