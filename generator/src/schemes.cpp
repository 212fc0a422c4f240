/// The table of schemes: a new scheme adds one row here and one include.
#include <array>
#include <memory>

#include "generator/scheme.hpp"
#include "generator/schemes/bfp/scheme.hpp"
#include "generator/schemes/binsparx/scheme.hpp"
#include "generator/schemes/column_quant/scheme.hpp"
#include "generator/schemes/conventional/scheme.hpp"
#include "generator/schemes/zebra/scheme.hpp"

namespace generator {

std::span<const std::unique_ptr<const Scheme>> schemes() {
    static const std::array<std::unique_ptr<const Scheme>, 5> table = {
        std::make_unique<conventional::ConventionalScheme>(),
        std::make_unique<zebra::ZebraScheme>(),
        std::make_unique<column_quant::ColumnQuantScheme>(),
        std::make_unique<bfp::BfpScheme>(),
        std::make_unique<binsparx::BinSparXScheme>(),
    };
    return table;
}

const Scheme* find_scheme(std::string_view name) {
    for (const auto& scheme : schemes()) {
        if (scheme->name() == name) return scheme.get();
    }
    return nullptr;
}

}  // namespace generator
