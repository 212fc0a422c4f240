#include "src/scheme.hpp"

#include "schemes/conventional.hpp"
#include "schemes/zebra.hpp"

namespace golden::detail {
namespace {

struct Entry {
    const char* name;
    std::unique_ptr<Scheme> (*make)(const Spec&);
};

constexpr Entry kSchemes[] = {
    {"conventional", make_conventional},
    {"zebra", make_zebra},
};

}  // namespace

std::unique_ptr<Scheme> make_scheme(const Spec& spec) {
    for (const Entry& entry : kSchemes) {
        if (spec.scheme == entry.name) return entry.make(spec);
    }
    throw Error("golden: unknown scheme '" + spec.scheme + "'");
}

}  // namespace golden::detail
