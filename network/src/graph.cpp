// SPDX-License-Identifier: Apache-2.0
#include "graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <queue>

#include "base/error.hpp"

namespace network {

void sort_nodes(Model& model) {
    const std::size_t count = model.nodes.size();
    std::vector<std::vector<std::size_t>> users(count);
    std::vector<std::size_t> waiting(count, 0);
    for (std::size_t n = 0; n < count; ++n) {
        for (const int in : model.nodes[n].inputs) {
            const int producer = in < 0 ? -1 : model.values[in].producer;
            if (producer < 0) continue;
            users[static_cast<std::size_t>(producer)].push_back(n);
            ++waiting[n];
        }
    }
    std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
    for (std::size_t n = 0; n < count; ++n) {
        if (waiting[n] == 0) ready.push(n);
    }
    std::vector<Node> sorted;
    while (!ready.empty()) {
        const std::size_t n = ready.top();
        ready.pop();
        for (const std::size_t user : users[n]) {
            if (--waiting[user] == 0) ready.push(user);
        }
        for (const int out : model.nodes[n].outputs) {
            if (out >= 0) model.values[out].producer = static_cast<int>(sorted.size());
        }
        sorted.push_back(std::move(model.nodes[n]));
    }
    if (sorted.size() != count) {
        throw base::Error(
            fmt::format("{}: error: its nodes form a cycle; expected none", model.path));
    }
    model.nodes = std::move(sorted);
}

void prune_nodes(Model& model) {
    std::vector<bool> needed(model.values.size(), false);
    needed[static_cast<std::size_t>(model.output)] = true;
    std::vector<Node> kept;
    for (auto node = model.nodes.rbegin(); node != model.nodes.rend(); ++node) {
        const bool used = std::ranges::any_of(
            node->outputs, [&](int v) { return v >= 0 && needed[static_cast<std::size_t>(v)]; });
        if (!used) continue;
        for (const int in : node->inputs) {
            if (in >= 0) needed[static_cast<std::size_t>(in)] = true;
        }
        kept.push_back(std::move(*node));
    }
    std::ranges::reverse(kept);
    for (std::size_t n = 0; n < kept.size(); ++n) {
        for (const int out : kept[n].outputs) {
            if (out >= 0)
                model.values[static_cast<std::size_t>(out)].producer = static_cast<int>(n);
        }
    }
    model.nodes = std::move(kept);
}

}  // namespace network
