#include "src/scheme.hpp"

#include "schemes/bfp.hpp"
#include "schemes/binsparx.hpp"
#include "schemes/column_quant.hpp"
#include "schemes/conventional.hpp"
#include "schemes/zebra.hpp"
#include "src/fast_engine.hpp"

namespace golden::detail {
namespace {

struct Entry {
    const char* name;
    std::unique_ptr<Scheme> (*make)(const Spec&);
};

constexpr Entry kSchemes[] = {
    {"bfp", make_bfp},
    {"binsparx", make_binsparx},
    {"column_quant", make_column_quant},
    {"conventional", make_conventional},
    {"zebra", make_zebra},
};

}  // namespace

std::unique_ptr<Transfer> Scheme::transfer(const Adc& adc, const Operands&) const {
    return std::make_unique<StepTransfer>(adc);
}

std::unique_ptr<Engine> Scheme::engine(const FastJob&) const { return nullptr; }

std::unique_ptr<Scheme> make_scheme(const Spec& spec) {
    for (const Entry& entry : kSchemes) {
        if (spec.scheme == entry.name) return entry.make(spec);
    }
    throw Error("golden: unknown scheme '" + spec.scheme + "'");
}

}  // namespace golden::detail
