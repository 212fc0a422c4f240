// Rationale: the generator and the golden model each work out what `auto` means, from the contract
// and without each other; a width that is wrong in one of them would else be seen only where data
// reach it. Random configs of every scheme that is built: ADC and accumulator widths, code and
// analog ranges, and whether anything can saturate must be the same numbers in both, or both
// refuse.
#include <optional>

#include "rtl_bench.hpp"

using namespace rtl_bench;

namespace {

using Random = std::mt19937_64;

int between(Random& random, int lo, int hi) {
    return lo + static_cast<int>(random() % static_cast<unsigned>(hi - lo + 1));
}

template <class T>
T one_of(Random& random, const std::vector<T>& list) {
    return list[random() % list.size()];
}

int divisor_of(Random& random, int n) {
    std::vector<int> all;
    for (int d = 1; d <= n; ++d) {
        if (n % d == 0) all.push_back(d);
    }
    return one_of(random, all);
}

/// A value for a key, or empty: the default.
std::string value_of(const generator::KeySpec& key, Random& random) {
    using generator::KeyKind;
    switch (key.kind) {
        case KeyKind::boolean:
            return random() % 2 == 0 ? "true" : "false";
        case KeyKind::choice:
        case KeyKind::choice_or_map:
            return std::string(key.choices[random() % key.choices.size()]);
        case KeyKind::rational:
            return one_of<std::string>(random, {"1", "2", "7/2", "3/5", "40"});
        case KeyKind::integer_or_auto:
            if (random() % 3 != 0) return "auto";
            [[fallthrough]];
        case KeyKind::integer: {
            const auto top = static_cast<int>(std::min<std::int64_t>(key.max, 24));
            return std::to_string(between(random, static_cast<int>(key.min), top));
        }
        case KeyKind::decimal:  // the array's, which no number of the macro depends on
        case KeyKind::name:
            break;
    }
    return "";
}

std::vector<generator::Override> random_config(const generator::Scheme& scheme, Random& random) {
    const int rows = one_of<int>(random, {1, 2, between(random, 1, 20), between(random, 1, 300)});
    std::vector<generator::Override> values = {
        {"name", "t"},
        {"scheme", std::string(scheme.name())},
        {"array.rows", std::to_string(rows)},
        {"array.active_rows", std::to_string(divisor_of(random, rows))},
        {"array.outputs", std::to_string(between(random, 1, 12))},
        {"accumulator.max_tiles", std::to_string(between(random, 1, 40))}};
    for (const generator::KeySpec* key : generator::keys_of(scheme)) {
        const std::string path(key->path);
        const bool own = path.starts_with("adc.bits") || path.starts_with("adc.step") ||
                         path.starts_with("accumulator.") || path.starts_with("input.") ||
                         path.starts_with("weight.") || path.starts_with(scheme.name());
        const bool there =
            std::ranges::any_of(values, [&](const auto& v) { return v.path == path; });
        if (own && !there) values.push_back({path, value_of(*key, random)});
    }
    return values;
}

template <class Work>
auto unless_refused(Work&& work) -> std::optional<decltype(work())> {
    try {
        return work();
    } catch (const base::Error&) {
    }
    return std::nullopt;
}

}  // namespace

TEST_CASE("resolve: the generator's numbers are golden's", "[resolve]") {
    Random random(2024);
    for (const auto& scheme : generator::schemes()) {
        int compared = 0;
        for (int i = 0; i < 1500; ++i) {
            const auto values = random_config(*scheme, random);
            const auto config =
                unless_refused([&] { return generator::load_config("{}", "t", values); });
            if (!config) continue;  // a rule between keys
            INFO(generator::to_yaml(*config));
            const auto d = unless_refused([&] { return generator::elaborate(*config); });
            const auto want = unless_refused([&] { return golden::resolve(to_spec(*config)); });
            REQUIRE(d.has_value() == want.has_value());
            if (!d) continue;
            ++compared;
            CHECK(d->planes == want->planes);
            CHECK(d->steps == want->steps);
            CHECK(d->analog.v_min == want->v_min);
            CHECK(d->analog.v_max == want->v_max);
            CHECK(d->adc.bits == want->adc_bits);
            CHECK(d->adc.code_min == want->code_min);
            CHECK(d->adc.code_max == want->code_max);
            CHECK(d->accumulator.bits == want->accumulator_bits);
            CHECK(d->accumulator.saturates == want->can_saturate);
        }
        INFO(scheme->name());
        CHECK(compared > 200);
    }
}
